using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>Adds the pages that people look at to a server (<see cref="ShopHost"/>): the dashboard of those who run a shop, and the storefront of a simulated one.</summary>
public static class ShopPages
{
    private static readonly string[] s_aside = ["/dashboard", "/assets", "/shop/picture", "/metrics", "/health"];

    /// <summary>Adds the dashboard at <c>/dashboard</c>, for those who have a key that may read, and its files below <c>/assets</c>.</summary>
    /// <param name="app">The application.</param>
    /// <param name="shop">Gives the shop's server; null while it is being opened.</param>
    /// <param name="clock">The clock.</param>
    public static void MapDashboard(this IEndpointRouteBuilder app, Func<ShopServer?> shop, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(app);
        DashboardEndpoints.Map(app, new ServerDesk(shop), clock);
    }

    /// <summary>Adds a small shop at <c>/</c>, for everybody, who may play any customer: not for a real shop. It needs the dashboard's files.</summary>
    /// <param name="app">The application.</param>
    /// <param name="shop">Gives the shop's server; null while it is being opened.</param>
    /// <param name="clock">The clock.</param>
    public static void MapStorefront(this IEndpointRouteBuilder app, Func<ShopServer?> shop, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(app);
        StorefrontEndpoints.Map(app, new ServerDesk(shop), clock);
    }

    /// <summary>Whether a path is not the shop's traffic: those who look at the dashboard do not want to see themselves.</summary>
    internal static bool IsAside(string route) => s_aside.Any(a => route.StartsWith(a, StringComparison.Ordinal));
}
