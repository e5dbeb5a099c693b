using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sundry.Serving;

/// <summary>Keys to the interface.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes, RunningShop running, IServiceProvider services, HttpLimits limits)
    {
        routes.Route("GET", "/keys", KeyScopes.Admin, "All keys without their secrets, revoked ones included", async http =>
            await http.Json(new { Keys = (await running.Server.Store.Keys.List(http.RequestAborted)).Select(k => new { k.Id, k.Name, Scopes = Words(k.Scopes), k.Created, k.Revoked }) }));

        routes.Route("POST", "/keys", KeyScopes.Admin, "Makes a key; its text is in this answer alone", async http =>
        {
            var wish = await BodyReader.Read<NewKey>(http, limits.BodyBytes);
            var (key, text) = await running.Server.Store.Keys.Create(wish.Name, wish.Scopes.Aggregate(KeyScopes.None, (all, s) => all | s), http.RequestAborted);
            await http.Json(new { key.Id, key.Name, Scopes = Words(key.Scopes), Key = text }, 201);
        }).Accepts<NewKey>("application/json");

        routes.Route("DELETE", "/keys/{id}", KeyScopes.Admin, "Makes a key open nothing from now on", async http =>
        {
            if (!await services.GetRequiredService<KeyRing>().Revoke(http.Id(), http.RequestAborted)) throw ProblemException.NotFound("key that opens something,", http.Id());
            http.Response.StatusCode = 204;
        });
    }

    private static string[] Words(KeyScopes scopes) => [.. new[] { KeyScopes.Ingest, KeyScopes.Read, KeyScopes.Admin }.Where(s => scopes.HasFlag(s)).Select(s => s.ToString().ToLowerInvariant())];
}
