namespace Sundry.Simulator;

/// <summary>Where and when a product is shown.</summary>
/// <param name="Day">From 0, a Monday.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Position">From 1.</param>
/// <param name="Scenario">The kind of page.</param>
/// <param name="Device">The true device, known to the shop or not.</param>
/// <param name="Discount">Share of the list price.</param>
/// <param name="RecentCategory">Whether the product's category is among the customer's recently clicked ones.</param>
internal readonly record struct Circumstances(
    int Day, int Hour, int Position, string Scenario, string Device, double Discount, bool RecentCategory)
{
    /// <summary>Logit of the season's demand for the category; 0 where there are no seasons.</summary>
    public double Season { get; init; }

    /// <summary>Whether a friend bought the product lately.</summary>
    public bool Heard { get; init; }
}
