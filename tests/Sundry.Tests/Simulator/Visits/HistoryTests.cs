using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Visits;

public sealed class HistoryTests(SmallShop shop) : IClassFixture<SmallShop>
{
    /// <summary>Every counter is counted again from the rows of earlier pages alone; a glance at the future, or at the same page, would differ.</summary>
    [Fact]
    public void Counters_know_only_what_was_before_the_page()
    {
        var pages = shop.Impressions.Take(15_000).GroupBy(r => (r.Visit, r.Time)).ToList();
        var ofCustomer = new Dictionary<Customer, List<Impression>>();
        var ofProduct = new Dictionary<Product, List<Impression>>();
        foreach (var page in pages)
        {
            foreach (var row in page)
                Check(row, ofCustomer.GetValueOrDefault(row.Customer, []), ofProduct.GetValueOrDefault(row.Product, []));

            foreach (var row in page)
            {
                Of(ofCustomer, row.Customer).Add(row);
                Of(ofProduct, row.Product).Add(row);
            }
        }

        Assert.Contains(shop.Impressions, r => r.Past.ClickedBefore);
        Assert.Contains(shop.Impressions, r => r.Past.UserPurchases > 0);
    }

    private void Check(Impression row, List<Impression> customer, List<Impression> product)
    {
        var clicks = customer.Where(r => r.Outcome.Click).ToList();
        var ratings = product.Where(r => r.Outcome.Rating > 0).ToList();
        var today = row.Time / 86_400;
        var past = row.Past;
        Assert.Equal(customer.Count, past.UserImpressions);
        Assert.Equal(clicks.Count(r => today - r.Time / 86_400 < 7), past.UserClicks7d);
        Assert.Equal(customer.Count(r => r.Outcome.Purchase), past.UserPurchases);
        Assert.Equal(clicks.Count == 0 ? double.NaN : (row.Time - clicks[^1].Time) / 3600.0, past.HoursSinceClick);
        Assert.Equal(customer.TakeLast(32).Count(r => r.Product == row.Product), past.SeenBefore);
        Assert.Equal(clicks.TakeLast(8).Any(r => r.Product == row.Product), past.ClickedBefore);
        Assert.Equal(product.Count, past.ItemImpressions);
        Assert.Equal(product.Count(r => r.Outcome.Click), past.ItemClicks);
        Assert.Equal(ratings.Count == 0 ? double.NaN : ratings.Average(r => r.Outcome.Rating), past.ItemRating, 12);
        Assert.Equal(
            string.Join('|', Enumerable.Reverse(clicks).Take(5).Select(r => shop.Simulator.Shop.Categories[r.Product.Category])),
            past.RecentCategories);
    }

    private static List<Impression> Of<T>(Dictionary<T, List<Impression>> lists, T key) where T : notnull =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
