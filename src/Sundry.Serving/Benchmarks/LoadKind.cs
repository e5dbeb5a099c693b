namespace Sundry.Serving;

/// <summary>What a load consists of.</summary>
public enum LoadKind
{
    /// <summary>Whole recommendations for a user at home.</summary>
    Recommend,

    /// <summary>Given items to be put in order.</summary>
    Rank,

    /// <summary>Batches of events.</summary>
    Events,
}
