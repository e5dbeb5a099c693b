using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Sundry within somebody's own ASP.NET application.</summary>
public static class SundryServices
{
    /// <summary>Adds a shop's server, which opens when the application starts: ask for <see cref="ShopServer"/> where answers are wanted, and map the interface by <see cref="MapSundry"/>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="set">Says which store and model.</param>
    /// <exception cref="InputException">No store is named.</exception>
    public static IServiceCollection AddSundry(this IServiceCollection services, Action<EmbeddedShop> set)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(set);
        var shop = new EmbeddedShop();
        set(shop);
        if (shop.Store.Length == 0) throw new InputException("AddSundry was given no store; set options.Store to a file or postgres://…");
        services.AddSingleton(shop);
        services.AddSingleton(shop.Limits);
        services.TryAddSingleton(shop.Serve.Clock);
        services.AddSingleton(_ => new RunningShop(shop));
        services.AddHostedService(s => s.GetRequiredService<RunningShop>());
        services.AddSingleton(s => s.GetRequiredService<RunningShop>().Server);
        services.AddSingleton(s => new KeyRing(s.GetRequiredService<ShopServer>().Store.Keys, s.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Maps the interface under a prefix, with its keys, limits and problems; the application's own paths are as before.</summary>
    /// <param name="app">The application, after it was built.</param>
    /// <param name="prefix">The prefix.</param>
    public static IEndpointRouteBuilder MapSundry(this WebApplication app, string prefix = "/v1")
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWhen(http => http.Request.Path.StartsWithSegments(prefix), own => own.UseSundry());
        return app.MapRoutes(prefix);
    }

    internal static IApplicationBuilder UseSundry(this IApplicationBuilder app) =>
        app.UseMiddleware<RequestMeter>().UseMiddleware<ProblemWriter>().UseRouting().UseMiddleware<KeyGate>().UseEndpoints(_ => { });

    internal static IEndpointRouteBuilder MapRoutes(this IEndpointRouteBuilder app, string prefix)
    {
        var services = app.ServiceProvider;
        var routes = app.MapGroup(prefix);
        var (shop, limits) = (services.GetRequiredService<RunningShop>(), services.GetRequiredService<HttpLimits>());
        routes.MapEvents(shop, limits, services.GetRequiredService<TimeProvider>());
        routes.MapAnswers(shop, limits);
        routes.MapEntities(shop, limits);
        routes.MapDocuments(shop, limits);
        routes.MapKeys(shop, services, limits);
        return routes;
    }
}
