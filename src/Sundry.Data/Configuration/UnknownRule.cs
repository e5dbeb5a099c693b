namespace Sundry.Data;

/// <summary>What happens to an event that names an item, a user or a type that is not known.</summary>
public enum UnknownRule
{
    /// <summary>It becomes known.</summary>
    Create,

    /// <summary>The event is left out and counted.</summary>
    Count,

    /// <summary>The event is a bad row, for which <see cref="DataOptions.OnBadRow"/> says what happens.</summary>
    Refuse,
}
