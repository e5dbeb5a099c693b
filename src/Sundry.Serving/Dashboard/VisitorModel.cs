namespace Sundry.Serving;

/// <summary>A user's past beside what the user would be shown now.</summary>
public sealed record VisitorModel
{
    /// <summary>The user's id.</summary>
    public required string User { get; init; }

    /// <summary>Whether anything is known of the user.</summary>
    public required bool Known { get; init; }

    /// <summary>What the shop says of the user.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    /// <summary>What the model says of the user, such as churn, by task.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Predictions { get; init; } = [];

    /// <summary>The user's last events, the newest first.</summary>
    public IReadOnlyList<StoredEvent> History { get; init; } = [];

    /// <summary>The scenario that was asked for.</summary>
    public required string Scenario { get; init; }

    /// <summary>The scenarios that there are.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>What the user would be shown now, with the names of the items of the past too.</summary>
    public required ListedAnswer Shown { get; init; }
}
