namespace Sundry.Serving;

/// <summary>What candidates are wanted for.</summary>
public sealed record CandidateQuery
{
    /// <summary>The items that may be proposed.</summary>
    public required ItemBits Allowed { get; init; }

    /// <summary>The user's last items, the newest first; the item whose page is open, or those in the cart, stand before them.</summary>
    /// <value>Default: none.</value>
    public ReadOnlyMemory<int> Items { get; init; }

    /// <summary>The user as a vector of the same model as the items'; empty where there is none.</summary>
    /// <value>Default: none.</value>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>The category that the answer is for, or -1.</summary>
    /// <value>Default: -1.</value>
    public int Category { get; init; } = -1;

    /// <summary>What is searched for; null where nothing is.</summary>
    public string? Text { get; init; }
}
