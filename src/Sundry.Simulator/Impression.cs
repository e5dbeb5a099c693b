namespace Sundry.Simulator;

/// <summary>One product shown once: what the shop knew when it was shown, what came of it, and the truth behind it.</summary>
public readonly record struct Impression
{
    /// <summary>Counted from 1 in order of time.</summary>
    public required long Id { get; init; }

    /// <summary>Seconds since the first day's midnight; the products of one page share it.</summary>
    public required long Time { get; init; }

    /// <summary>Number of the visit, from 0.</summary>
    public required int Visit { get; init; }

    /// <summary>Who looked.</summary>
    public required Customer Customer { get; init; }

    /// <summary>What was shown.</summary>
    public required Product Product { get; init; }

    /// <summary>Price on the page, any promotion taken off.</summary>
    public required double Price { get; init; }

    /// <summary>The promotion's share of the list price, 0 where there is none.</summary>
    public required double Discount { get; init; }

    /// <summary>Place on the page, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The kind of page: <c>home</c>, <c>category</c>, <c>search</c>, <c>product</c>.</summary>
    public required string Scenario { get; init; }

    /// <summary><c>phone</c>, <c>desktop</c>, <c>tablet</c>, or empty where the shop does not know it.</summary>
    public required string Device { get; init; }

    /// <summary>What the log said before the page was shown.</summary>
    public required PastCounters Past { get; init; }

    /// <summary>What the customer did.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The probabilities and expectations that the outcome was drawn from.</summary>
    public required TrueValues Truth { get; init; }
}
