using System.Globalization;
using System.Net;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Where a server listens.</summary>
/// <param name="Address">The address; loopback alone can be reached by this machine only.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>127.0.0.1:8080</c>, <c>localhost:8080</c>, <c>[::1]:8080</c> or <c>8080</c>.</summary>
    /// <exception cref="InputException">It is none of these.</exception>
    public static ListenAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.LastIndexOf(':');
        var (host, port) = at < 0 ? ("127.0.0.1", text) : (text[..at], text[(at + 1)..]);
        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal)) throw Wrong(text);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > ushort.MaxValue) throw Wrong(text);
        if (host is "localhost" or "") return new(IPAddress.Loopback, number);
        return IPAddress.TryParse(host, out var address) ? new(address, number) : throw Wrong(text);
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();

    private static InputException Wrong(string text) => new($"'{text}' is no address to listen on; write an IP address and a port, such as 127.0.0.1:8080, or 0.0.0.0:8080 for every address of this machine");
}
