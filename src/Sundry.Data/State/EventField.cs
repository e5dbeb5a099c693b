namespace Sundry.Data;

/// <summary>A number that an event carries.</summary>
public enum EventField
{
    /// <summary>What the event measures: a rating, seconds stayed.</summary>
    Value,

    /// <summary>How many pieces.</summary>
    Quantity,

    /// <summary>The price of one piece.</summary>
    Price,

    /// <summary>Quantity times price.</summary>
    Spend,
}
