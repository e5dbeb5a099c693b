namespace Sundry.Serving;

/// <summary>The served shop as the dashboard and the storefront see it.</summary>
internal sealed class ServerDesk(Func<ShopServer?> shop) : IShopDesk
{
    private ShopServer Server => shop() ?? throw new StoreUnavailableException("the shop is being opened", TimeSpan.FromSeconds(1));

    public ShopStore Store => Server.Store;

    public bool Ready => shop()?.Live.Ready == true;

    public long Position => Server.Live.Position;

    public (string Folder, string Version)? Model => Server.Model is { } model ? (model.Folder, model.Id) : null;

    public IReadOnlyList<string> Scenarios => [.. Server.Scenarios.Keys.Order(StringComparer.Ordinal)];

    public ShopPulse Pulse => Server.Pulse;

    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel) => Server.Recommend(request, cancel);

    public Task<Answer> Similar(string item, int count, CancellationToken cancel) => Server.Similar(item, count, cancel);

    public Task<Answer> DryRun(RecommendRequest request, string kind, string name, string content, CancellationToken cancel) =>
        kind == "scenario" ? Server.DryRun(request with { Scenario = name.Length > 0 ? name : request.Scenario }, content, null, cancel) : Server.DryRun(request, null, content, cancel);

    public Task<StoredDocument?> PutDocument(string kind, string name, string content, int? expected, CancellationToken cancel) => Server.PutDocument(kind, name, content, expected, cancel);

    public Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel) => Server.DeleteDocument(kind, name, expected, cancel);

    public Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel) => Server.Tell(events, cancel);

    public Task PatchItem(string item, string patch, CancellationToken cancel) => Server.PatchItems([(item, patch)], cancel);

    public IReadOnlyList<KeyValuePair<string, double>> Predictions(string user) => Server.View(user) is { } view ? [.. view.Tasks] : [];
}
