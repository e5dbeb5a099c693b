namespace Sundry.Serving;

/// <summary>A <see cref="ShopServer"/> as the interface asks it.</summary>
internal sealed class ServerCalls(ShopServer server) : IShopCalls
{
    public ShopStore Store => server.Store;

    public bool Ready => server.Live.Ready;

    public long Position => server.Live.Position;

    public ServedModel? Model => server.Model is not { } model ? null
        : new ServedModel(model.Id, model.Info.Name, model.Info.Model.Architecture, model.Opened.ToUnixTimeMilliseconds(),
            [.. model.Heads.Select(h => new ServedTask(h.Task.Name, h.Task.Type.ToString().ToLowerInvariant()))]);

    public ShopPulse? Pulse => server.Pulse;

    public IReadOnlyDictionary<string, ScenarioOptions> Scenarios => server.Scenarios;

    public Task Reload(CancellationToken cancel) => server.Model is { } model ? server.Swap(model.Folder, cancel)
        : throw new Data.InputException("there is no model to open anew; start the server with one: sundry serve MODEL");

    public Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel) => server.Tell(events, cancel);

    public Task<int> Put(EntityKind kind, IReadOnlyList<(string Id, string Json)> entities, CancellationToken cancel) =>
        kind == EntityKind.Item ? server.PutItems(entities, cancel) : server.PutUsers(entities, cancel);

    public Task<IReadOnlyList<string>> Patch(EntityKind kind, IReadOnlyList<(string Id, string Json)> entities, CancellationToken cancel) =>
        kind == EntityKind.Item ? server.PatchItems(entities, cancel) : server.PatchUsers(entities, cancel);

    public Task<bool> Delete(EntityKind kind, string id, CancellationToken cancel) => kind == EntityKind.Item ? server.DeleteItem(id, cancel) : server.Forget(id, cancel);

    public Task<int> Befriend(IReadOnlyList<(string User, string Friend)> pairs, bool removed, CancellationToken cancel) => server.Befriend(pairs, removed, cancel);

    public Task<StoredDocument?> PutDocument(string kind, string name, string json, int? expected, CancellationToken cancel) => server.PutDocument(kind, name, json, expected, cancel);

    public Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel) => server.DeleteDocument(kind, name, expected, cancel);

    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel) => server.Recommend(request, cancel);

    public Task<IReadOnlyList<Answer>> Recommend(IReadOnlyList<RecommendRequest> requests, CancellationToken cancel) => server.Recommend(requests, cancel);

    public Task<Answer> Rank(RankRequest request, CancellationToken cancel) => server.Rank(request, cancel);

    public Task<Answer> Similar(string item, int count, CancellationToken cancel) => server.Similar(item, count, cancel);

    public Task<AnswerExplanation?> Explain(string answer, CancellationToken cancel) => server.Explain(answer, cancel);

    public UserView? View(string user) => server.View(user);

    public Task<Answer> DryRun(RecommendRequest request, string? scenario, string? rule, CancellationToken cancel) => server.DryRun(request, scenario, rule, cancel);
}
