namespace Sundry.Serving;

/// <summary>Items whose score counts more, or less. A score below 0 is divided by the factor, so that a factor above 1 raises every score.</summary>
public sealed record BoostRule
{
    /// <summary>The factor, above 0.</summary>
    public required double Factor { get; init; }

    /// <summary>Which: a condition (<see cref="RuleExpression"/>).</summary>
    public required string Where { get; init; }

    /// <summary>The scenarios that it is for; none: all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}
