using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What <see cref="AnswerSoak"/> does.</summary>
public sealed record AnswerSoakOptions
{
    /// <summary>Requests.</summary>
    /// <value>Default: 1,000,000.</value>
    public int Requests { get; init; } = 1_000_000;

    /// <summary>Items of the shop.</summary>
    /// <value>Default: 2,000.</value>
    public int Items { get; init; } = 2_000;

    /// <summary>Users of the shop.</summary>
    /// <value>Default: 200.</value>
    public int Users { get; init; } = 200;

    /// <summary>Callers that ask side by side.</summary>
    /// <value>Default: 4.</value>
    public int Callers { get; init; } = 4;

    /// <summary>At most so many answers for each change.</summary>
    /// <value>Default: 20.</value>
    public int AnswersPerChange { get; init; } = 20;

    /// <summary>Seed of requests and changes.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public void Check()
    {
        if (Requests < 1 || AnswersPerChange < 1 || Items < 50 || Users < 1 || Callers is < 1 or > 256) throw new InputException("a soak of answers takes at least 1 request, 50 items and 1 user, and 1 to 256 callers; change --soak, --items, --users or --callers");
    }
}
