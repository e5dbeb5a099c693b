namespace Sundry.Serving;

/// <summary>The served shop as the dashboard and the storefront see it.</summary>
internal sealed class ServerDesk(RunningShop shop) : IShopDesk
{
    public ShopStore Store => shop.Server.Store;

    public bool Ready => shop.Ready;

    public long Position => shop.Server.Live.Position;

    public (string Folder, string Version)? Model => shop.Server.Model is { } model ? (model.Folder, model.Id) : null;

    public IReadOnlyList<string> Scenarios => [.. shop.Server.Scenarios.Keys.Order(StringComparer.Ordinal)];

    public ShopPulse Pulse => shop.Server.Pulse;

    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel) => shop.Server.Recommend(request, cancel);

    public Task<Answer> Similar(string item, int count, CancellationToken cancel) => shop.Server.Similar(item, count, cancel);

    public Task<Answer> DryRun(RecommendRequest request, string kind, string name, string content, CancellationToken cancel) =>
        kind == "scenario" ? shop.Server.DryRun(request with { Scenario = name.Length > 0 ? name : request.Scenario }, content, null, cancel) : shop.Server.DryRun(request, null, content, cancel);

    public Task<StoredDocument?> PutDocument(string kind, string name, string content, int? expected, CancellationToken cancel) => shop.Server.PutDocument(kind, name, content, expected, cancel);

    public Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel) => shop.Server.DeleteDocument(kind, name, expected, cancel);

    public Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel) => shop.Server.Tell(events, cancel);

    public Task PatchItem(string item, string patch, CancellationToken cancel) => shop.Server.PatchItems([(item, patch)], cancel);

    public IReadOnlyList<KeyValuePair<string, double>> Predictions(string user) => shop.Server.View(user) is { } view ? [.. view.Tasks] : [];
}
