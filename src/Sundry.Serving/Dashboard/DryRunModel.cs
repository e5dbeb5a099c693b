namespace Sundry.Serving;

/// <summary>What a change of rules would do: an answer as things are, and as it would be.</summary>
public sealed record DryRunModel
{
    /// <summary>The answer as things are.</summary>
    public required ListedAnswer Before { get; init; }

    /// <summary>The answer with what is tried.</summary>
    public required ListedAnswer After { get; init; }
}
