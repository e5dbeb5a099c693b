namespace Sundry.Simulator;

/// <summary>How often each outcome occurred.</summary>
/// <param name="Rows">Impressions.</param>
/// <param name="Clicks">Clicks among them.</param>
/// <param name="Carts">Carts among them.</param>
/// <param name="Purchases">Purchases among them.</param>
/// <param name="Ratings">Ratings among them.</param>
public readonly record struct OutcomeCounts(long Rows, long Clicks, long Carts, long Purchases, long Ratings)
{
    /// <summary>The counts with one more impression.</summary>
    public OutcomeCounts Add(Outcome outcome) => new(
        Rows + 1,
        Clicks + (outcome.Click ? 1 : 0),
        Carts + (outcome.Cart ? 1 : 0),
        Purchases + (outcome.Purchase ? 1 : 0),
        Ratings + (outcome.Rating > 0 ? 1 : 0));
}
