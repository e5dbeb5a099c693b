using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>Adds the pages that people look at to a server: the dashboard of those who run a shop, and the storefront of a simulated one.</summary>
public static class ShopPages
{
    /// <summary>Adds the dashboard at <c>/dashboard</c>, for those who have a key that may read, and its files below <c>/assets</c>.</summary>
    /// <param name="app">Where paths are added.</param>
    /// <param name="server">The shop that is served.</param>
    /// <param name="pulse">What the server did lately.</param>
    /// <param name="clock">The clock: of sessions, and of what "ago" means.</param>
    public static void MapDashboard(this IEndpointRouteBuilder app, ShopServer server, ShopPulse pulse, TimeProvider clock) => DashboardEndpoints.Map(app, new ServerDesk(server, pulse), clock);

    /// <summary>Adds a small shop at <c>/</c>, for everybody, who may play any customer: not for a real shop. It needs the dashboard's files.</summary>
    /// <param name="app">Where paths are added.</param>
    /// <param name="server">The shop that is served.</param>
    /// <param name="pulse">What the server did lately.</param>
    /// <param name="clock">The clock by which events happen.</param>
    public static void MapStorefront(this IEndpointRouteBuilder app, ShopServer server, ShopPulse pulse, TimeProvider clock) => StorefrontEndpoints.Map(app, new ServerDesk(server, pulse), clock);
}
