namespace Sundry.Serving;

/// <summary>An item at a place of its own, candidate or not.</summary>
public sealed record PinRule
{
    /// <summary>The item's number.</summary>
    public required int Item { get; init; }

    /// <summary>Its place, from 1; in a shorter answer the last.</summary>
    public required int Place { get; init; }

    /// <summary>When: a condition (<see cref="RuleExpression"/>) on the item, the user and the request; null: always.</summary>
    public string? Where { get; init; }

    /// <summary>The scenarios that it is for; none: all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}
