using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What a <see cref="ShopHost"/> serves, and where.</summary>
public sealed record HostOptions
{
    /// <summary>The shop.</summary>
    public required EmbeddedShop Shop { get; init; }

    /// <summary>Where it listens; port 0: any that is free.</summary>
    /// <value>Default: 127.0.0.1:8080.</value>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>How long requests that are under way may go on after it was asked to stop.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where warnings and errors go; null: nowhere.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Further services, such as a dashboard's.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Further pages, such as a dashboard's.</summary>
    public Action<WebApplication>? Pages { get; init; }

    /// <summary>Reads an address as people write it: <c>127.0.0.1:8080</c>, <c>localhost:8080</c>, <c>[::]:80</c>, or a port alone.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static IPEndPoint Address(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text["localhost".Length..] : text;
        if (int.TryParse(bare, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue) return new IPEndPoint(IPAddress.Loopback, port);
        return bare.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(bare, out var address) && !IPAddress.TryParse(bare, out _) ? address
            : throw new InputException($"'{text}' is no address to listen on; write one such as 127.0.0.1:8080 or 0.0.0.0:80");
    }

    /// <summary>Refuses what would be unsafe.</summary>
    /// <exception cref="InputException">Everybody in the network could change the shop.</exception>
    public void Check()
    {
        if (Shop.Limits.Open && !IPAddress.IsLoopback(Listen.Address))
            throw new InputException($"--open asks nobody for a key, and {Listen.Address} can be reached from other machines; leave --open out, or listen on 127.0.0.1");
    }
}
