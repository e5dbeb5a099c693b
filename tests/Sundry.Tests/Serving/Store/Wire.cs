using System.Net;
using System.Net.Sockets;

namespace Sundry.Tests;

/// <summary>A wire to a port of this machine, with a port of its own, which can be cut and mended.</summary>
internal sealed class Wire : IDisposable
{
    private readonly int _target;
    private readonly List<Socket> _ends = [];
    private TcpListener? _listener;

    public Wire(int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Accept(_listener);
    }

    public int Port { get; }

    /// <summary>Ends all connections, and takes no more.</summary>
    public void Cut()
    {
        _listener?.Dispose();
        _listener = null;
        lock (_ends)
        {
            foreach (var end in _ends) end.Dispose();
            _ends.Clear();
        }
    }

    /// <summary>Takes connections again.</summary>
    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = Accept(_listener);
    }

    public void Dispose() => Cut();

    private async Task Accept(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync();
                var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                lock (_ends) _ends.AddRange([near, far]);
                await far.ConnectAsync(IPAddress.Loopback, _target);
                _ = Carry(near, far);
                _ = Carry(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // cut
        }
    }

    private static async Task Carry(Socket from, Socket to)
    {
        var buffer = new byte[8192];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
