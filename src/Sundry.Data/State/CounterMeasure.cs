namespace Sundry.Data;

/// <summary>What a counter says of the events that it counts.</summary>
public enum CounterMeasure
{
    /// <summary>How many there were.</summary>
    Count,

    /// <summary>The sum of a field of theirs.</summary>
    Sum,

    /// <summary>The mean of a field of theirs; missing where there was none.</summary>
    Mean,

    /// <summary>A field of the last of them; missing where there was none.</summary>
    Last,

    /// <summary>The hours since the last of them; missing where there was none.</summary>
    Since,
}
