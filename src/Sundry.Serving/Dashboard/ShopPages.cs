using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sundry.Serving;

/// <summary>Adds the pages that people look at to a server (<see cref="SundryServices.AddSundry"/>): the dashboard of those who run a shop, and the storefront of a simulated one.</summary>
public static class ShopPages
{
    private static readonly string[] s_aside = ["/dashboard", "/assets", "/shop/picture", "/metrics", "/health"];

    /// <summary>Adds the dashboard at <c>/dashboard</c>, for those who have a key that may read, and its files below <c>/assets</c>.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        DashboardEndpoints.Map(app, new ServerDesk(app.ServiceProvider.GetRequiredService<RunningShop>()), app.ServiceProvider.GetRequiredService<TimeProvider>());
    }

    /// <summary>Adds a small shop at <c>/</c>, for everybody, who may play any customer: not for a real shop. It needs the dashboard's files.</summary>
    public static void MapStorefront(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        StorefrontEndpoints.Map(app, new ServerDesk(app.ServiceProvider.GetRequiredService<RunningShop>()), app.ServiceProvider.GetRequiredService<TimeProvider>());
    }

    /// <summary>Whether a path is not the shop's traffic.</summary>
    internal static bool IsAside(string route) => s_aside.Any(a => route.StartsWith(a, StringComparison.Ordinal));
}
