namespace Sundry.Serving;

/// <summary>A shop's rules: what of the candidates an answer shows, and where.</summary>
public sealed record RuleOptions
{
    /// <summary>Items that are left out.</summary>
    public IReadOnlyList<FilterRule> Filters { get; init; } = [];

    /// <summary>At most so many of a kind.</summary>
    public IReadOnlyList<CapRule> Caps { get; init; } = [];

    /// <summary>Items with a place of their own.</summary>
    public IReadOnlyList<PinRule> Pins { get; init; } = [];

    /// <summary>Items that count more, or less.</summary>
    public IReadOnlyList<BoostRule> Boosts { get; init; } = [];

    /// <summary>Whether items that the user has seen are left out while there are others.</summary>
    /// <value>Default: false.</value>
    public bool HideSeen { get; init; }

    /// <summary>For so long after a purchase the item is not shown to the buyer.</summary>
    /// <value>Default: 30 days.</value>
    public TimeSpan HideBought { get; init; } = TimeSpan.FromDays(30);

    /// <summary>λ of maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): 1 orders by score alone, 0 by difference from the items above alone.</summary>
    /// <value>Default: 1.</value>
    public double Relevance { get; init; } = 1;

    /// <summary>The best candidates among which differences count.</summary>
    /// <value>Default: 200.</value>
    public int DiversityPool { get; init; } = 200;

    /// <summary>Soft rules give way while an answer has fewer items.</summary>
    /// <value>Default: 1.</value>
    public int AtLeast { get; init; } = 1;
}
