namespace Sundry.Serving;

/// <summary>How the server is.</summary>
internal static class StateRoutes
{
    private const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        new("GET", "/health/live", KeyScopes.None, "Whether the process lives", Live) { Always = true, Answer = """{"status":"live"}""" },
        new("GET", "/health/ready", KeyScopes.None, "Whether answers know everything that was acknowledged: 200, or 503 with Retry-After", Ready) { Always = true, Answer = """{"status":"ready","position":1042,"model":"shop-1a2b3c"}""" },
        new("GET", "/metrics", KeyScopes.Read, "What is measured, as Prometheus reads it", Metrics) { AnswerType = "text/plain", Answer = "sundry_http_requests_total{method=\"POST\",route=\"/v1/recommend\",status=\"200\"} 17" },
        new("GET", "/openapi.json", KeyScopes.None, "This interface, as OpenAPI 3.1 describes it", OpenApi) { Always = true },
    ];

    private static Task Live(HttpCall call) => call.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "live");
        json.WriteEndObject();
    });

    private static Task Ready(HttpCall call)
    {
        var shop = call.Surface.Shop;
        var why = shop is null ? "starting" : call.Surface.Draining ? "stopping" : shop.Ready ? null : "following";
        if (why is not null)
            throw new ProblemException(new Problem(503, why, why switch { "starting" => "the shop is being read", "stopping" => "the server stops", _ => "the store cannot be followed just now" }, "ask again after the time in Retry-After") { RetryAfter = TimeSpan.FromSeconds(1) });
        return call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "ready");
            json.WriteNumber("position", shop!.Position);
            if (shop.Model is { } model) json.WriteString("model", model.Id);
            json.WriteEndObject();
        });
    }

    private static async Task Metrics(HttpCall call)
    {
        long? stored = null;
        try
        {
            stored = await call.Shop.Store.Position(call.Cancel);
        }
        catch (StoreUnavailableException)
        {
            // what is measured is told all the more when the store is gone
        }

        call.Http.Response.ContentType = Prometheus;
        await JsonBody.Send(call.Http.Response, call.Surface.Metrics.Write(call.Shop, stored));
    }

    private static Task OpenApi(HttpCall call) => JsonBody.Send(call.Http.Response, call.Surface.OpenApi ??= OpenApiDocument.Bytes(call.Surface));
}
