namespace Sundry.Serving;

/// <summary>The served shop as the dashboard and the storefront see it.</summary>
internal sealed class ServerDesk(ShopServer server, ShopPulse pulse) : IShopDesk
{
    public ShopStore Store => server.Store;

    public bool Ready => server.Live.Ready;

    public long Position => server.Live.Position;

    public (string Folder, string Version)? Model => server.Model is { } model ? (model.Folder, model.Id) : null;

    public IReadOnlyList<string> Scenarios => [.. server.Scenarios.Keys.Order(StringComparer.Ordinal)];

    public ShopPulse Pulse => pulse;

    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel) => server.Recommend(request, cancel);

    public Task<Answer> Similar(string item, int count, CancellationToken cancel) => server.Similar(item, count, cancel);

    public Task<Answer> DryRun(RecommendRequest request, string kind, string name, string content, CancellationToken cancel) =>
        kind == "scenario" ? server.DryRun(request with { Scenario = name.Length > 0 ? name : request.Scenario }, content, null, cancel) : server.DryRun(request, null, content, cancel);

    public Task<StoredDocument?> PutDocument(string kind, string name, string content, int? expected, CancellationToken cancel) => server.PutDocument(kind, name, content, expected, cancel);

    public Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel) => server.DeleteDocument(kind, name, expected, cancel);

    public Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel) => server.Tell(events, cancel);

    public Task PatchItem(string item, string patch, CancellationToken cancel) => server.PatchItems([(item, patch)], cancel);

    public IReadOnlyList<KeyValuePair<string, double>> Predictions(string user) => server.View(user) is { } view ? [.. view.Tasks] : [];
}
