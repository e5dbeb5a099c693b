namespace Sundry.Serving;

/// <summary>How an answer came about: what was asked and answered, and what was looked at on the way.</summary>
public sealed record AnswerExplanation
{
    /// <summary>The answer as it was given.</summary>
    public required Answer Answer { get; init; }

    /// <summary>What was asked.</summary>
    public required RecommendRequest Request { get; init; }

    /// <summary>When: Unix time in milliseconds.</summary>
    public long Time { get; init; }

    /// <summary>Candidates that each source proposed; one that several proposed counts for each.</summary>
    public IReadOnlyDictionary<string, int> Candidates { get; init; } = new Dictionary<string, int>();

    /// <summary>Candidates that were scored.</summary>
    public int Scored { get; init; }

    /// <summary>What the order was made of: each term with its weight, or how it came without a model.</summary>
    public string Order { get; init; } = "";

    /// <summary>Milliseconds by stage: retrieve, features, score, rules.</summary>
    public IReadOnlyDictionary<string, double> Stages { get; init; } = new Dictionary<string, double>();
}
