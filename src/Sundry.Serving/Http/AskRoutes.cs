using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What to show to whom.</summary>
internal static class AskRoutes
{
    private const string Given = """{"id":"a-9f2c","scenario":"home","items":[{"id":"p-3","score":0.231,"tasks":{"click":0.081,"buy":0.0075},"sources":["co_visited","vectors"],"reasons":["often visited after p-9, which you looked at"]}],"model":"shop-1a2b3c","degraded":[],"position":1042,"took_ms":2.4}""";
    private const int UsualSimilar = 20;

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        new("POST", "/v1/recommend", KeyScopes.Read, "Items for a visitor, in order, with each task's output and reasons; the next page by 'after'", Recommend)
        {
            Body = WireJson.Strict.RecommendBody, Takes = [HttpRoute.Json], Answer = Given,
            Example = """{"user":"u-7","session":"s-1","scenario":"home","count":20,"context":{"device":"phone"},"filter":"price < 100"}""",
        },
        new("POST", "/v1/recommend:batch", KeyScopes.Read, "Many such requests at once, answered in their order", Batch)
        {
            Body = WireJson.Strict.RecommendBatchBody, Takes = [HttpRoute.Json], Example = """{"requests":[{"user":"u-7","scenario":"email"},{"user":"u-8","scenario":"email"}]}""", Answer = $$"""{"answers":[{{Given}}]}""",
        },
        new("POST", "/v1/rank", KeyScopes.Read, "Given items in the order that a visitor likes best", Rank)
        {
            Body = WireJson.Strict.RankBody, Takes = [HttpRoute.Json], Example = """{"user":"u-7","items":["p-1","p-2","p-3"]}""", Answer = Given,
        },
        new("POST", "/v1/search", KeyScopes.Read, "Items that words are about, in the visitor's order", Search)
        {
            Body = WireJson.Strict.SearchBody, Takes = [HttpRoute.Json], Example = """{"query":"red running shoes","user":"u-7","count":20}""", Answer = Given,
        },
        new("GET", "/v1/items/{id}/similar", KeyScopes.Read, "Items like one, for nobody in particular", Similar)
        {
            Query = new Dictionary<string, string> { ["count"] = $"How many items, from 1 to {RequestCheck.MostCount}" }, Answer = Given,
        },
        new("GET", "/v1/explain/{answer}", KeyScopes.Read, "How an answer came about: what was asked, who proposed how many candidates, what the order was made of, and how long each stage took", Explain)
        {
            Answer = $$"""{"time":1769860805000,"request":{"user":"u-7","scenario":"home"},"candidates":{"co_visited":60,"popular":20},"scored":74,"order":"1 × click + 20 × buy","stages_ms":{"retrieve":0.6,"features":0.5,"score":0.9,"rules":0.1},"answer":{{Given}}}""",
        },
    ];

    private static async Task Recommend(HttpCall call)
    {
        var answer = await call.Shop.Recommend((await call.Read(WireJson.Strict.RecommendBody)).Request(), call.Cancel);
        await call.Json(json => AnswerJson.Answer(json, answer));
    }

    private static async Task Batch(HttpCall call)
    {
        var most = call.Surface.Options.BatchRequests;
        var bodies = (await call.Read(WireJson.Strict.RecommendBatchBody)).Requests ?? throw Checked.Missing("requests", "write {\"requests\": […]}");
        if (bodies.Count > most) throw new ProblemException(new Problem(413, "too_many", $"the batch has {bodies.Count} requests, and {most} are the most", "send them in several batches") { Field = "requests" });
        var answers = await call.Shop.Recommend([.. bodies.Select((b, i) => b is null ? throw Checked.Range($"requests[{i}]", $"'requests[{i}]' is null; leave it out") : b.Request($"requests[{i}]."))], call.Cancel);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("answers");
            foreach (var answer in answers) AnswerJson.Answer(json, answer);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task Rank(HttpCall call)
    {
        var answer = await call.Shop.Rank((await call.Read(WireJson.Strict.RankBody)).Request(), call.Cancel);
        await call.Json(json => AnswerJson.Answer(json, answer));
    }

    private static async Task Search(HttpCall call)
    {
        var answer = await call.Shop.Recommend((await call.Read(WireJson.Strict.SearchBody)).Request(), call.Cancel);
        await call.Json(json => AnswerJson.Answer(json, answer));
    }

    private static async Task Similar(HttpCall call)
    {
        var (item, count) = (call.Id(1), call.Query("count", UsualSimilar, 1, RequestCheck.MostCount));
        Answer answer;
        try
        {
            answer = await call.Shop.Similar(item, count, call.Cancel);
        }
        catch (InputException) when (!call.Cancel.IsCancellationRequested)
        {
            if (await call.Shop.Store.Items.Get(item, call.Cancel) is null) throw new ProblemException(Problem.NotFound("item"));
            throw;
        }

        await call.Json(json => AnswerJson.Answer(json, answer));
    }

    private static async Task Explain(HttpCall call)
    {
        var explanation = await call.Shop.Explain(call.Id(), call.Cancel) ?? throw new ProblemException(new Problem(404, "not_found", "no answer of that id is kept", "check the id; answers are kept for a day, as the server is configured"));
        await call.Json(json => AnswerJson.Explanation(json, explanation));
    }
}
