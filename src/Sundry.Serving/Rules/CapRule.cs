namespace Sundry.Serving;

/// <summary>At most so many items of one category, brand or other attribute in an answer. Items without the attribute do not count.</summary>
public sealed record CapRule
{
    /// <summary>The items' attribute; of several values each counts.</summary>
    public required string By { get; init; }

    /// <summary>How many, from 1.</summary>
    public required int AtMost { get; init; }

    /// <summary>The scenarios that it is for; none: all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}
