namespace Sundry.Serving;

/// <summary>What the dashboard and the storefront ask of the shop that is served.</summary>
internal interface IShopDesk
{
    /// <summary>Where everything is kept.</summary>
    ShopStore Store { get; }

    /// <summary>Whether questions are answered.</summary>
    bool Ready { get; }

    /// <summary>The position up to which answers know the events.</summary>
    long Position { get; }

    /// <summary>The model's folder and the version by which answers name it; null where there is none.</summary>
    (string Folder, string Version)? Model { get; }

    /// <summary>The scenarios that answer.</summary>
    IReadOnlyList<string> Scenarios { get; }

    /// <summary>What was counted.</summary>
    ShopPulse Pulse { get; }

    Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel);

    Task<Answer> Similar(string item, int count, CancellationToken cancel);

    /// <summary>An answer as it would be with a document that is not saved.</summary>
    Task<Answer> DryRun(RecommendRequest request, string kind, string name, string content, CancellationToken cancel);

    /// <summary>Saves a document that answers follow; null where another version than the expected one is there.</summary>
    Task<StoredDocument?> PutDocument(string kind, string name, string content, int? expected, CancellationToken cancel);

    Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel);

    Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel);

    Task PatchItem(string item, string patch, CancellationToken cancel);

    /// <summary>What the model says of a user, by task.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Predictions(string user);
}
