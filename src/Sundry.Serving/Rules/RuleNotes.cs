namespace Sundry.Serving;

/// <summary>What rules did with an item of an answer.</summary>
[Flags]
public enum RuleNotes
{
    /// <summary>Nothing: it was ranked.</summary>
    None = 0,

    /// <summary>It has its place by a pin.</summary>
    Pinned = 1,

    /// <summary>A boost changed its score.</summary>
    Boosted = 2,

    /// <summary>It was no candidate, and fills up.</summary>
    Filled = 4,

    /// <summary>It was seen, and nothing else was left.</summary>
    Seen = 8,

    /// <summary>A soft filter gave way for it.</summary>
    Relaxed = 16,
}
