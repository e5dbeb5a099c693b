using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The shop and the model that <see cref="AnswerBenchmark"/> asks.</summary>
public sealed record AnswerBenchmarkOptions
{
    /// <summary>Items.</summary>
    /// <value>Default: 100,000.</value>
    public int Items { get; init; } = 100_000;

    /// <summary>Users.</summary>
    /// <value>Default: 10,000.</value>
    public int Users { get; init; } = 10_000;

    /// <summary>Events of the past.</summary>
    /// <value>Default: 100,000.</value>
    public int Events { get; init; } = 100_000;

    /// <summary>Features of the model, from 8: half of the item, half of user and request; one of them a history.</summary>
    /// <value>Default: 30.</value>
    public int Features { get; init; } = 30;

    /// <summary>Floats of an embedding.</summary>
    /// <value>Default: 16.</value>
    public int Embedding { get; init; } = 16;

    /// <summary>Levels of the progressive layered extraction, each of experts of 128 and 64 units: two of every task and two for all.</summary>
    /// <value>Default: 2.</value>
    public int Levels { get; init; } = 2;

    /// <summary>Candidates that are scored.</summary>
    /// <value>Default: 200.</value>
    public int Candidates { get; init; } = 200;

    /// <summary>Items of an answer.</summary>
    /// <value>Default: 20.</value>
    public int Count { get; init; } = 20;

    /// <summary>Answers that count.</summary>
    /// <value>Default: 2,000.</value>
    public int Requests { get; init; } = 2_000;

    /// <summary>Seed of shop, weights and requests.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public void Check()
    {
        if (Items < 100 || Users < 10 || Events < 0 || Features is < 8 or > 200 || Embedding < 1 || Levels is < 1 or > 8 || Requests < 100) throw new InputException("the benchmark takes at least 100 items, 10 users, 8 to 200 features and 100 requests; change --items, --users, --features or --requests");
        if (Candidates is < 1 or > RankRequest.MostItems || Count is < 1 or > 500) throw new InputException($"the benchmark takes 1 to {RankRequest.MostItems} candidates and 1 to 500 items an answer; change --candidates or --count");
    }
}
