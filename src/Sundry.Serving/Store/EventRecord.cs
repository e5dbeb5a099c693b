namespace Sundry.Serving;

/// <summary>One event as a shop tells it. What is not said is null.</summary>
public sealed record EventRecord
{
    /// <summary>The event's own name, by which a retry is known; derived from the content where the shop gives none.</summary>
    public string? Id { get; init; }

    /// <summary>What happened: one of <see cref="Data.EventTypes"/> or a type of the shop's own.</summary>
    public required string Type { get; init; }

    /// <summary>Who; at least one of user and session is said.</summary>
    public string? User { get; init; }

    /// <summary>The visit.</summary>
    public string? Session { get; init; }

    /// <summary>About what.</summary>
    public string? Item { get; init; }

    /// <summary>When it happened: Unix time in milliseconds, UTC.</summary>
    public required long Time { get; init; }

    /// <summary>How many.</summary>
    public double? Quantity { get; init; }

    /// <summary>Price of one.</summary>
    public double? Price { get; init; }

    /// <summary>What the event measures: stars, seconds.</summary>
    public double? Value { get; init; }

    /// <summary>Place on the page, from 1.</summary>
    public int? Position { get; init; }

    /// <summary>The place in the shop.</summary>
    public string? Scenario { get; init; }

    /// <summary>The answer that the item was shown in.</summary>
    public string? Recommendation { get; init; }

    /// <summary>What was written or searched.</summary>
    public string? Text { get; init; }

    /// <summary>Whatever else the shop says, as the text of a JSON object.</summary>
    public string? Context { get; init; }
}
