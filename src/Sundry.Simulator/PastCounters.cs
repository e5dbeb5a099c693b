namespace Sundry.Simulator;

/// <summary>Features counted from pages shown earlier than this one, never from this page itself.</summary>
public readonly record struct PastCounters
{
    /// <summary>Products shown to the customer so far.</summary>
    public required int UserImpressions { get; init; }

    /// <summary>The customer's clicks today and in the six days before.</summary>
    public required int UserClicks7d { get; init; }

    /// <summary>The customer's purchases so far.</summary>
    public required int UserPurchases { get; init; }

    /// <summary>Hours since the customer's last click, or NaN where there is none.</summary>
    public required double HoursSinceClick { get; init; }

    /// <summary>How often the product is among the last 32 that the customer was shown.</summary>
    public required int SeenBefore { get; init; }

    /// <summary>Whether the product is among the last 8 that the customer clicked.</summary>
    public required bool ClickedBefore { get; init; }

    /// <summary>Times the product was shown so far.</summary>
    public required int ItemImpressions { get; init; }

    /// <summary>Clicks on the product so far.</summary>
    public required int ItemClicks { get; init; }

    /// <summary>Mean of the product's ratings so far, or NaN where there is none.</summary>
    public required double ItemRating { get; init; }

    /// <summary>Categories of the customer's last five clicks, latest first, joined by <c>|</c>; empty where there is none.</summary>
    public required string RecentCategories { get; init; }
}
