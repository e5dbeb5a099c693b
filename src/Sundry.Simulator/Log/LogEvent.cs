using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>One event of a simulated log: what the shop would have written down, and for impressions the truth behind it.</summary>
public readonly record struct LogEvent
{
    /// <summary>Counted from 1 in order of time.</summary>
    public long Id { get; init; }

    /// <summary>What happened: a number of <see cref="EventTypes"/>.</summary>
    public byte Type { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long Time { get; init; }

    /// <summary>Who.</summary>
    public Customer Customer { get; init; }

    /// <summary>Number of the visit, from 1; 0 where it happened outside of one, as what comes days later does.</summary>
    public int Session { get; init; }

    /// <summary>About what; null for a search.</summary>
    public Product? Product { get; init; }

    /// <summary>Units; 0 where they do not apply.</summary>
    public int Quantity { get; init; }

    /// <summary>Price of one, any promotion taken off; 0 where it does not apply.</summary>
    public double Price { get; init; }

    /// <summary>Stars of a rating or review, seconds of a dwell; 0 for other types.</summary>
    public int Value { get; init; }

    /// <summary>Place on the page, from 1; 0 where there was no page.</summary>
    public int Position { get; init; }

    /// <summary>The kind of page: <c>home</c>, <c>category</c>, <c>item</c>, <c>cart</c>, <c>search</c>, <c>email</c>; empty where there was none.</summary>
    public string Scenario { get; init; }

    /// <summary>Number of the page that the product was shown on, from 1; 0 where there was none.</summary>
    public long Recommendation { get; init; }

    /// <summary>The words of a review or search, else empty.</summary>
    public string Text { get; init; }

    /// <summary><c>phone</c>, <c>desktop</c>, <c>tablet</c>, or empty where the shop does not know it.</summary>
    public string Device { get; init; }

    /// <summary>For an impression what its outcomes were drawn from; never in the log.</summary>
    public TrueValues Truth { get; init; }
}
