using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sundry.Serving;

/// <summary>Puts the interface into an ASP.NET application.</summary>
public static class SundryEndpoints
{
    private static readonly string[] s_methods = ["GET", "PUT", "POST", "PATCH", "DELETE"];

    /// <summary>
    /// Maps the interface below a prefix: <c>app.MapSundry("/v1")</c>. Without keys of its own where <see cref="HttpOptions.Open"/> is set: then the application decides who may ask, as by
    /// <c>RequireAuthorization()</c> on what this gives.
    /// </summary>
    /// <param name="app">The application, whose services have <see cref="SundryServices.AddSundry"/>.</param>
    /// <param name="prefix">What takes the place of <c>/v1</c>, such as <c>/shop/v1</c>.</param>
    /// <exception cref="InvalidOperationException">The services were not added.</exception>
    public static IEndpointConventionBuilder MapSundry(this IEndpointRouteBuilder app, string prefix = "/v1")
    {
        var service = app.ServiceProvider.GetService<SundryService>() ?? throw new InvalidOperationException("the services of Sundry are missing; call services.AddSundry(…) first");
        var surface = new HttpSurface(() => service.Shop, service.Options.Http, service.Options.Clock, app.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(HttpLog.Category)) { GuardsHost = false };
        return Map(app, surface, prefix, withServer: false);
    }

    /// <summary>Maps routes, and what is answered where none fits.</summary>
    internal static IEndpointConventionBuilder Map(IEndpointRouteBuilder app, HttpSurface surface, string prefix, bool withServer)
    {
        surface.Prefix = prefix.TrimEnd('/');
        var group = app.MapGroup("");
        foreach (var path in surface.Routes.Where(r => withServer || r.Pattern.StartsWith("/v1/", StringComparison.Ordinal)).GroupBy(r => r.Pattern, StringComparer.Ordinal))
        {
            var pattern = OpenApiDocument.Path(path.Key, surface.Prefix);
            foreach (var route in path) group.MapMethods(pattern, [route.Method], (RequestDelegate)(http => surface.Run(http, route))).ExcludeFromDescription();
            var allowed = string.Join(", ", path.Select(r => r.Method));
            var none = new HttpRoute("*", path.Key, KeyScopes.None, "", call => throw new ProblemException(new Problem(405, "wrong_method", "the path does not take this method", $"use {allowed}"))) { Always = true };
            group.Map(pattern, (RequestDelegate)(http =>
            {
                http.Response.Headers.Allow = allowed;
                return surface.Run(http, none with { Method = s_methods.FirstOrDefault(m => m == http.Request.Method, "OTHER"), Query = new AnyNames() });
            })).ExcludeFromDescription();
        }

        var lost = new HttpRoute("*", "(none)", KeyScopes.None, "", _ => throw new ProblemException(new Problem(404, "no_such_path", "there is no such path", "see /openapi.json for all of them"))) { Always = true, Query = new AnyNames() };
        group.Map(withServer ? "/{**rest}" : $"{surface.Prefix}/{{**rest}}", (RequestDelegate)(http => surface.Run(http, lost with { Method = s_methods.FirstOrDefault(m => m == http.Request.Method, "OTHER") }))).ExcludeFromDescription();
        return group;
    }
}
