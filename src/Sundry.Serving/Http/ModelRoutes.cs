namespace Sundry.Serving;

/// <summary>What answers.</summary>
internal static class ModelRoutes
{
    private const string Model = """{"model":{"id":"shop-1a2b3c","name":"shop","architecture":"ple","opened":1769860805000,"tasks":[{"name":"click","type":"binary"}]}}""";

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        new("GET", "/v1/models", KeyScopes.Read, "The model that answers; null where none does", Get) { Answer = Model },
        new("POST", "/v1/models:reload", KeyScopes.Admin, "Opens the model's folder anew, so that what training wrote there answers from then on; no request is lost, and no answer is made of two models", Reload) { Answer = Model },
    ];

    private static async Task Reload(HttpCall call)
    {
        await call.Shop.Reload(call.Cancel);
        await Get(call);
    }

    private static Task Get(HttpCall call)
    {
        var model = call.Shop.Model;
        return call.Json(json =>
        {
            json.WriteStartObject();
            if (model is null)
            {
                json.WriteNull("model");
            }
            else
            {
                json.WriteStartObject("model");
                json.WriteString("id", model.Id);
                json.WriteString("name", model.Name);
                json.WriteString("architecture", model.Architecture);
                json.WriteNumber("opened", model.Opened);
                json.WriteStartArray("tasks");
                foreach (var task in model.Tasks)
                {
                    json.WriteStartObject();
                    json.WriteString("name", task.Name);
                    json.WriteString("type", task.Type);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }
}
