using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A web server with the interface alone: what <c>sundry serve</c> runs.</summary>
public sealed class ShopHost : IAsyncDisposable
{
    private const int LongestHeaders = 16 * 1024;
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;

    private ShopHost(WebApplication app, HttpSurface surface) => (_app, Surface) = (app, surface);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal HttpSurface Surface { get; }

    /// <summary>Starts to listen. Until the shop is open, <c>/health/live</c> answers and everything else says that it is starting.</summary>
    /// <param name="shop">Gives the shop's server; null while it is being opened.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="options">What is taken.</param>
    /// <param name="log">Where a JSON document a request is written; null: nowhere, and warnings neither.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="map">Maps more than the interface; null: nothing more.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">The address cannot be listened on, or would be open to others without keys.</exception>
    public static Task<ShopHost> Start(Func<ShopServer?> shop, ListenAddress address, HttpOptions options, TextWriter? log, TimeProvider clock, Action<WebApplication>? map = null, CancellationToken cancel = default)
    {
        ServerCalls? served = null;
        return StartCalls(() => served ??= shop() is { } server ? new ServerCalls(server) : null, address, options, log, clock, map, cancel);
    }

    internal static async Task<ShopHost> StartCalls(Func<IShopCalls?> shop, ListenAddress address, HttpOptions options, TextWriter? log, TimeProvider clock, Action<WebApplication>? map, CancellationToken cancel)
    {
        if (options.Open && !address.IsLoopback) throw new InputException($"without keys the server would be open to everybody who reaches {address}; leave out --open, or listen on 127.0.0.1");
        // an empty builder: no settings of files and of the environment that nobody expects
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "sundry" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = Math.Max(1_000, 4L * options.Concurrent);
            kestrel.Listen(address.Address, address.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_drain);
        if (log is not null) builder.Logging.AddProvider(new StderrLog(log, LogLevel.Information, clock));
        var app = builder.Build();
        var surface = new HttpSurface(shop, options, clock, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(HttpLog.Category));
        _ = surface.Metrics;
        app.Use(async (http, next) =>
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await next(http);
            }
            finally
            {
                if ((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route && !ShopPages.IsAside(route))
                    shop()?.Pulse?.Requested($"{http.Request.Method} {route}", http.Response.StatusCode, Stopwatch.GetElapsedTime(started));
            }
        });
        map?.Invoke(app);
        SundryEndpoints.Map(app, surface, "/v1", withServer: true);
        var host = new ShopHost(app, surface);
        try
        {
            await app.StartAsync(cancel);
            return host;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await host.DisposeAsync();
            throw new InputException(Why(e) switch
            {
                SocketError.AddressAlreadyInUse => $"{address} is in use; stop what listens there, or choose another port with --listen",
                SocketError.AccessDenied => $"this user may not listen on {address}; choose a port from 1024 on with --listen",
                SocketError.AddressNotAvailable => $"this machine has no address {address.Address}; choose one of its own with --listen, such as 127.0.0.1:{address.Port}",
                _ => $"{address} cannot be listened on ({e.Message}); choose another with --listen",
            }, inner: e);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more requests, and waits for those that are being answered, at most 20 seconds.</summary>
    public async Task Stop()
    {
        Surface.Draining = true;
        await _app.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Surface.Draining = true;
        await _app.DisposeAsync();
        Surface.Metrics.Dispose();
    }

    private static SocketError? Why(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        AddressInUseException => SocketError.AddressAlreadyInUse,
        _ => Why(e.InnerException),
    };

    // who started the server listens for signals and stops it
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
