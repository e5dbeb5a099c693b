namespace Sundry.Serving;

/// <summary>What became of an event that was handed in.</summary>
public enum EventOutcome
{
    /// <summary>It is in the store, and stays there whatever happens to this process or machine.</summary>
    Accepted,

    /// <summary>An event with its id was in the store already; nothing was changed.</summary>
    Duplicate,

    /// <summary>It cannot be used; the reason says why.</summary>
    Refused,
}
