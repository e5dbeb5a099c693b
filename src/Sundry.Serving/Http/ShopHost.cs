using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The serving process: the interface, its health, its measurements and its description, on one address.</summary>
public sealed class ShopHost : IAsyncDisposable
{
    private const string Prefix = "/v1";

    private readonly WebApplication _app;
    private readonly PrometheusText _metrics;

    private ShopHost(WebApplication app, PrometheusText metrics, IReadOnlyList<Uri> addresses, string? firstKey) => (_app, _metrics, Addresses, FirstKey) = (app, metrics, addresses, firstKey);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>The key that was made because there was none, to be shown once; null where there was one, or none is asked for.</summary>
    public string? FirstKey { get; }

    /// <summary>The shop.</summary>
    public ShopServer Shop => _app.Services.GetRequiredService<RunningShop>().Server;

    /// <summary>Opens the shop and listens.</summary>
    /// <param name="options">What, and where.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">Store, model or address cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached just now.</exception>
    public static async Task<ShopHost> Start(HostOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "sundry", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Shop.Limits.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxRequestLineSize = 8 << 10;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Listen(options.Listen);
        });
        builder.Logging.ClearProviders();
        if (options.Log is { } log) builder.Logging.AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = options.Drain);
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Set(json.SerializerOptions));
        builder.Services.AddOpenApi("openapi");
        builder.Services.AddSundry(shop => options.Shop.CopyTo(shop));
        options.Services?.Invoke(builder.Services);
        var app = builder.Build();
        var metrics = new PrometheusText();
        try
        {
            Map(app, metrics, options);
            await app.StartAsync(cancel);
            var running = app.Services.GetRequiredService<RunningShop>().Server;
            var first = options.Shop.Limits.Open || (await running.Store.Keys.List(cancel)).Any(k => k.Revoked is null) ? null
                : (await running.Store.Keys.Create("first", KeyScopes.Ingest | KeyScopes.Read | KeyScopes.Admin, cancel)).Text;
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            return new ShopHost(app, metrics, [.. addresses.Select(a => new Uri(a))], first);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            metrics.Dispose();
            if (e is IOException && e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
                throw new InputException($"somebody else listens on {options.Listen} already; stop them, or listen elsewhere with --listen", null, inner: e);
            if (e is System.Net.Sockets.SocketException or IOException { InnerException: System.Net.Sockets.SocketException })
                throw new InputException($"nobody can listen on {options.Listen} here ({e.GetBaseException().Message}); give another address with --listen", null, inner: e);
            throw;
        }
    }

    /// <summary>Waits until somebody asks it to stop, then lets the last requests end, saves what it knows, and stops.</summary>
    public async Task Run(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using (stop.Register(stopped.SetResult)) await stopped.Task;
        await _app.StopAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _metrics.Dispose();
    }

    private static void Map(WebApplication app, PrometheusText metrics, HostOptions options)
    {
        app.UseMiddleware<RequestMeter>().UseMiddleware<ProblemWriter>();
        app.UseRouting();
        app.UseMiddleware<KeyGate>();
        var running = app.Services.GetRequiredService<RunningShop>();
        app.MapGet("/health/live", http => http.Json(new { Status = "live" })).ExcludeFromDescription();
        app.MapGet("/health/ready", http => running.Ready ? http.Json(new { Status = "ready", running.Server.Live.Position }) : http.Json(new { Status = "opening" }, 503)).ExcludeFromDescription();
        Gauges(running);
        app.Route("GET", "/metrics", KeyScopes.Read, "What the process measured, as Prometheus text", async http =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await http.Response.WriteAsync(metrics.Write(), http.RequestAborted);
        }).ExcludeFromDescription();
        app.MapOpenApi("/{documentName}.json");
        app.MapRoutes(Prefix);
        app.MapDashboard();
        options.Pages?.Invoke(app);
    }

    private static void Gauges(RunningShop running)
    {
        _ = Instruments.Meter.CreateObservableGauge("sundry.position", () => running.Ready ? running.Server.Live.Position : 0, description: "The position of the store up to which answers know everything");
        _ = Instruments.Meter.CreateObservableGauge("sundry.memory.bytes", () => Environment.WorkingSet, description: "Resident memory of the process");
        _ = Instruments.Meter.CreateObservableGauge("sundry.gc.pause", () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time that garbage collection stopped the process, since it started");
    }
}
