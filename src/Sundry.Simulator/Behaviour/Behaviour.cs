namespace Sundry.Simulator;

/// <summary>
/// Why customers do what they do. Every step of the funnel shares the match of tastes and the favourites, so that the many clicks can
/// teach a model about the few purchases; bait and price pull the steps apart, so that the tasks also compete.
/// </summary>
internal static class Behaviour
{
    public static Inclination Of(Customer customer, Product product, in Circumstances at, in PastCounters past)
    {
        var match = Shop.Match(customer, product);
        var favourite = customer.Favourites.AsSpan().Contains(product.Category) ? 1.0 : 0.0;
        var dear = customer.PriceSensitivity * (product.RelativePrice + Math.Log(1 - at.Discount));
        var phone = at.Device == "phone";
        var weekend = at.Day % 7 >= 5;
        var clickedBefore = past.ClickedBefore ? 1.0 : 0.0;

        // the page of a position-based model: phones show less at once
        var examination = Math.Pow(at.Position, phone ? -0.5 : -0.35);

        var click = 0.9 * match + 0.7 * favourite + 0.25 * product.Quality + 0.45 * product.Bait - 0.5 * dear + 1.5 * at.Discount
            + 0.5 * (at.RecentCategory ? 1 : 0) - 0.2 * Math.Min(past.SeenBefore, 5) + 0.4 * clickedBefore
            + at.Scenario switch { "search" => 0.6, "category" => 0.2, "product" or "item" => 0.3, _ => 0 }
            + (at.Hour >= 18 ? 0.15 : 0) + 0.4 * at.Season + (at.Heard ? 1.0 : 0);
        var cart = 0.6 * match + 0.5 * favourite + 0.6 * product.Quality - 0.5 * product.Bait - 0.7 * dear + 1.5 * at.Discount
            + customer.BuyerTrait + 0.5 * clickedBefore + (phone ? -0.3 : 0) + (weekend ? 0.15 : 0)
            + (at.Scenario == "search" ? 0.4 : 0) + 0.2 * at.Season + (at.Heard ? 0.4 : 0);
        var purchase = 0.5 * match + 0.3 * favourite + 0.5 * product.Quality - 0.9 * dear + 1.0 * at.Discount
            + customer.BuyerTrait + 0.2 * Math.Min(past.UserPurchases, 5) + (phone ? -0.5 : 0) + 0.3 * at.Season + (at.Heard ? 0.4 : 0);

        var stars = 3.6 + 0.35 * match + 0.6 * product.Quality - 0.35 * product.Bait - 0.3 * dear;
        var logDwell = 3.2 + 0.35 * match + 0.2 * favourite - 0.35 * product.Bait + 0.25 * product.RelativePrice
            + (phone ? -0.35 : 0) + (at.Hour >= 18 ? 0.15 : 0);
        return new Inclination(examination, click, cart, purchase, stars, logDwell);
    }
}
