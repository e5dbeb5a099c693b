namespace Sundry.Serving;

/// <summary>Items that an answer leaves out.</summary>
public sealed record FilterRule
{
    /// <summary>Which: a condition (<see cref="RuleExpression"/>).</summary>
    public required string Where { get; init; }

    /// <summary>Whether it may give way rather than leave an answer without items.</summary>
    /// <value>Default: false.</value>
    public bool Soft { get; init; }

    /// <summary>The scenarios that it is for; none: all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}
