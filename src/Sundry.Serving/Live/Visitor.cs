namespace Sundry.Serving;

/// <summary>Who asks, and what the shop knows of what they did: of the last <see cref="LiveOptions.VisitorEvents"/> events that are more than impressions.</summary>
public sealed record Visitor
{
    /// <summary>Nobody of whom anything is known.</summary>
    public static Visitor Nobody { get; } = new();

    /// <summary>The user's number among <see cref="ShopMemory.Known"/>'s users; -1 where there is no user, or none that the store names.</summary>
    public int User { get; init; } = -1;

    /// <summary>Items that were viewed, clicked, put into the cart, bought, rated or reviewed, the newest first, each once.</summary>
    public IReadOnlyList<int> Items { get; init; } = [];

    /// <summary>Those items as a set.</summary>
    public IReadOnlySet<int> Seen { get; init; } = new HashSet<int>();

    /// <summary>When an item was last bought: Unix time in milliseconds. What came back is not there.</summary>
    public IReadOnlyDictionary<int, long> Bought { get; init; } = new Dictionary<int, long>();

    /// <summary>The user's attributes.</summary>
    public Facts Facts { get; init; } = Facts.None;
}
