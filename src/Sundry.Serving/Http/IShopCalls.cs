namespace Sundry.Serving;

/// <summary>What the interface asks of a shop.</summary>
internal interface IShopCalls
{
    /// <summary>The store.</summary>
    ShopStore Store { get; }

    /// <summary>Whether answers know everything that was acknowledged.</summary>
    bool Ready { get; }

    /// <summary>Everything up to this position is in the next answer.</summary>
    long Position { get; }

    /// <summary>The model that answers; null where none does.</summary>
    ServedModel? Model { get; }

    /// <summary>What the server did lately; null where nobody counts.</summary>
    ShopPulse? Pulse { get; }

    /// <summary>All scenarios by name, built-in ones included.</summary>
    IReadOnlyDictionary<string, ScenarioOptions> Scenarios { get; }

    /// <summary>Opens the model's folder anew.</summary>
    Task Reload(CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Tell"/>
    Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel);

    /// <summary>Describes items or users, each as a whole.</summary>
    /// <returns>How many were new or changed.</returns>
    Task<int> Put(EntityKind kind, IReadOnlyList<(string Id, string Json)> entities, CancellationToken cancel);

    /// <summary>Changes attributes of items or users by JSON merge patches.</summary>
    /// <returns>The ids that are not there.</returns>
    Task<IReadOnlyList<string>> Patch(EntityKind kind, IReadOnlyList<(string Id, string Json)> entities, CancellationToken cancel);

    /// <summary>Deletes an item, or everything of a user.</summary>
    /// <returns>Whether anything was there.</returns>
    Task<bool> Delete(EntityKind kind, string id, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Befriend"/>
    Task<int> Befriend(IReadOnlyList<(string User, string Friend)> pairs, bool removed, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.PutDocument"/>
    Task<StoredDocument?> PutDocument(string kind, string name, string json, int? expected, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.DeleteDocument"/>
    Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Recommend(RecommendRequest, CancellationToken)"/>
    Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Recommend(IReadOnlyList{RecommendRequest}, CancellationToken)"/>
    Task<IReadOnlyList<Answer>> Recommend(IReadOnlyList<RecommendRequest> requests, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Rank"/>
    Task<Answer> Rank(RankRequest request, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Similar"/>
    Task<Answer> Similar(string item, int count, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.Explain"/>
    Task<AnswerExplanation?> Explain(string answer, CancellationToken cancel);

    /// <inheritdoc cref="ShopServer.View"/>
    UserView? View(string user);

    /// <inheritdoc cref="ShopServer.DryRun"/>
    Task<Answer> DryRun(RecommendRequest request, string? scenario, string? rule, CancellationToken cancel);
}
