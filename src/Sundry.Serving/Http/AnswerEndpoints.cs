using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>What visitors are shown: recommend, rank, search, similar, and how an answer came about.</summary>
internal static class AnswerEndpoints
{
    public static void MapAnswers(this IEndpointRouteBuilder routes, RunningShop running, HttpLimits limits)
    {
        routes.Route("POST", "/recommend", KeyScopes.Read, "Items to show to a visitor, the best first", async http =>
            await http.Json(await running.Server.Recommend(await BodyReader.Read<RecommendRequest>(http, limits.BodyBytes), http.RequestAborted)))
            .Accepts<RecommendRequest>("application/json").Produces<Answer>();

        routes.Route("POST", "/recommend:batch", KeyScopes.Read, "Answers to several requests, each as if it were alone, such as for an e-mail", async http =>
        {
            var requests = await BodyReader.Read<RecommendRequest[]>(http, limits.BodyBytes);
            if (requests.Length > limits.Batch) throw ProblemException.Field("body", $"the batch holds {requests.Length} requests, more than {limits.Batch}", "send them in several batches");
            if (Array.IndexOf(requests, null) is >= 0 and var at) throw ProblemException.Field($"[{at}]", $"request {at} of the batch is null", "send an object");
            await http.Json(await running.Server.Recommend(requests, http.RequestAborted));
        }).Accepts<RecommendRequest[]>("application/json").Produces<Answer[]>();

        routes.Route("POST", "/rank", KeyScopes.Read, "Given items in the order that a visitor likes best", async http =>
            await http.Json(await running.Server.Rank(await BodyReader.Read<RankRequest>(http, limits.BodyBytes), http.RequestAborted)))
            .Accepts<RankRequest>("application/json").Produces<Answer>();

        routes.Route("POST", "/search", KeyScopes.Read, "Items that match what is searched for, in the order that a visitor likes best", async http =>
        {
            var request = await BodyReader.Read<RecommendRequest>(http, limits.BodyBytes);
            if (string.IsNullOrWhiteSpace(request.Query)) throw ProblemException.Field("query", "the request has no 'query'", "fill in what is searched for");
            // the scenario of searches, unless another one is named
            await http.Json(await running.Server.Recommend(request.Scenario == "home" ? request with { Scenario = "search" } : request, http.RequestAborted));
        }).Accepts<RecommendRequest>("application/json").Produces<Answer>();

        routes.Route("GET", "/items/{id}/similar", KeyScopes.Read, "Items like one, for nobody in particular", async http =>
            await http.Json(await running.Server.Similar(http.Id(), http.Number("count", 20, 1, RankRequest.MostItems), http.RequestAborted))).Produces<Answer>();

        routes.Route("GET", "/explain/{id}", KeyScopes.Read, "How an answer came about", async http =>
            await http.Json(await running.Server.Explain(http.Id(), http.RequestAborted) ?? throw ProblemException.NotFound("answer", http.Id(), "answers are kept for a day"))).Produces<AnswerExplanation>();

        routes.Route("GET", "/models", KeyScopes.Read, "The model that answers", async http => await http.Json(new { Models = running.Server.Model is { } model ? new[] { ServedModel.Of(model) } : [] }));

        routes.Route("POST", "/models", KeyScopes.Admin, "Opens another model and lets it answer from then on; no request is lost", async http =>
        {
            var change = await BodyReader.Read<ModelChange>(http, limits.BodyBytes);
            await running.Server.Swap(change.Folder, http.RequestAborted);
            await http.Json(ServedModel.Of(running.Server.Model!));
        }).Accepts<ModelChange>("application/json").Produces<ServedModel>();
    }
}
