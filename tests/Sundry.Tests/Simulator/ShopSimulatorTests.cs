using Sundry.Simulator;

namespace Sundry.Tests.Simulator;

public sealed class ShopSimulatorTests(SmallShop shop) : IClassFixture<SmallShop>
{
    private readonly IReadOnlyList<Impression> _rows = shop.Impressions;

    [Fact]
    public void Gives_exactly_the_impressions_asked_for_in_order_of_time()
    {
        Assert.Equal(SmallShop.Options().Impressions, _rows.Count);
        for (var i = 0; i < _rows.Count; i++)
        {
            Assert.Equal(i + 1, _rows[i].Id);
            if (i > 0) Assert.True(_rows[i].Time >= _rows[i - 1].Time);
        }

        Assert.Equal(SmallShop.Options().Days, _rows.Select(r => r.Time / 86_400).Where(d => d < 10).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_log_and_another_seed_another()
    {
        var again = new ShopSimulator(SmallShop.Options()).Impressions().ToList();
        Assert.Equal(_rows.Select(Essence), again.Select(Essence));

        var other = new ShopSimulator(SmallShop.Options(seed: 8)).Impressions().Take(1000);
        Assert.NotEqual(_rows.Take(1000).Select(Essence), other.Select(Essence));

        static (string, string, Outcome, TrueValues, PastCounters) Essence(Impression r) =>
            (r.Customer.Id, r.Product.Id, r.Outcome, r.Truth, r.Past);
    }

    [Fact]
    public void Outcomes_are_a_funnel()
    {
        foreach (var row in _rows)
        {
            var outcome = row.Outcome;
            Assert.True(outcome.Click || outcome == default, "something happened without a click");
            Assert.True(outcome.Cart || !outcome.Purchase, "a purchase without a cart");
            Assert.InRange(outcome.Rating, 0, 5);
            Assert.InRange(outcome.Dwell, 0, 1800);
            var truth = row.Truth;
            Assert.True(truth.Purchase <= truth.Cart && truth.Cart <= truth.Click && truth.Click <= truth.Examination && truth.Examination <= 1);
            Assert.True(truth.Purchase > 0);
            Assert.InRange(truth.Rating, 1, 5);
        }

        // stars are given by some who clicked without buying, so that ratings are not as rare as purchases
        Assert.Contains(_rows, r => r.Outcome is { Rating: > 0, Purchase: false });
    }

    [Fact]
    public void Rates_are_near_those_asked_for()
    {
        var options = SmallShop.Options();
        Near(options.ClickRate, _rows.Average(r => r.Truth.Click));
        Near(options.CartRate, _rows.Average(r => r.Truth.Cart));
        Near(options.PurchaseRate, _rows.Average(r => r.Truth.Purchase));

        static void Near(double asked, double found) => Assert.InRange(found / asked, 0.9, 1.1);
    }

    [Theory]
    [InlineData("click")]
    [InlineData("cart")]
    [InlineData("purchase")]
    public void Observed_rates_agree_with_the_truth_in_every_fifth_of_it(string label)
    {
        foreach (var part in _rows.OrderBy(r => TruthOf(r, label)).Chunk(_rows.Count / 5))
        {
            var expected = part.Sum(r => TruthOf(r, label));
            var deviation = Math.Sqrt(part.Sum(r => TruthOf(r, label) * (1 - TruthOf(r, label))));
            Assert.InRange(part.Count(r => Happened(r, label)), expected - 4 * deviation - 1, expected + 4 * deviation + 1);
        }
    }

    [Fact]
    public void Ratings_and_dwell_times_agree_with_their_expectations()
    {
        var rated = _rows.Where(r => r.Outcome.Rating > 0).ToList();
        Assert.InRange(rated.Average(r => r.Outcome.Rating - r.Truth.Rating), -0.15, 0.15);

        var clicked = _rows.Where(r => r.Outcome.Click).ToList();
        var error = clicked.Average(r => r.Outcome.Dwell - r.Truth.Dwell);
        var spread = Math.Sqrt(clicked.Average(r => Math.Pow(r.Outcome.Dwell - r.Truth.Dwell, 2)) / clicked.Count);
        Assert.InRange(error, -4 * spread, 4 * spread);
    }

    [Fact]
    public void The_truth_ranks_well_and_purchases_follow_the_tastes_of_clicks()
    {
        Assert.InRange(Auc(_rows, r => r.Truth.Click, "click"), 0.75, 0.9);
        Assert.InRange(Auc(_rows, r => r.Truth.Purchase, "purchase"), 0.88, 0.99);

        // what the many clicks teach is worth something for the few purchases
        Assert.True(Auc(_rows, r => r.Truth.Click, "purchase") > 0.75);
    }

    [Fact]
    public void The_first_places_are_looked_at_more_even_where_the_order_is_random()
    {
        Assert.True(ClickRate(_rows.Where(r => r.Position <= 2)) > 2 * ClickRate(_rows.Where(r => r.Position >= 9)));

        // the same customers and products at another place would be looked at less: that is the bias, apart from good things coming first
        Assert.True(_rows.Where(r => r.Position == 1).All(r => r.Truth.Examination == 1));
        Assert.True(_rows.Where(r => r.Position == 10).All(r => r.Truth.Examination < 0.5));
        var match = _rows.GroupBy(r => r.Position).ToDictionary(g => g.Key, g => g.Average(r => Shop.Match(r.Customer, r.Product)));
        Assert.True(match[1] > match[10] + 0.3);
    }

    [Fact]
    public void Products_and_customers_arrive_over_time_and_some_values_are_missing()
    {
        Assert.All(_rows.GroupBy(r => r.Product), g => Assert.True(g.Key.Launched <= g.Min(r => r.Time) / 86_400));
        Assert.All(_rows.GroupBy(r => r.Customer), g => Assert.True(g.Key.Joined <= g.Min(r => r.Time) / 86_400));
        Assert.Contains(_rows, r => r.Product.Launched == 9);
        Assert.InRange(_rows.Count(r => r.Device == "") / (double)_rows.Count, 0.02, 0.06);
        Assert.Contains(_rows, r => r.Customer.AgeBand == "");
        Assert.Contains(_rows, r => r.Product.Brand == "");
    }

    [Fact]
    public void A_page_shows_different_products()
    {
        foreach (var page in _rows.GroupBy(r => (r.Visit, r.Time)))
            Assert.Equal(page.Count(), page.Select(r => r.Product).Distinct().Count());
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        var rows = new ShopSimulator(SmallShop.Options()).Impressions(source.Token).GetEnumerator();
        Assert.True(rows.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (rows.MoveNext())
            {
            }
        });
    }

    private static double TruthOf(Impression r, string label) => label switch
    {
        "click" => r.Truth.Click,
        "cart" => r.Truth.Cart,
        _ => r.Truth.Purchase,
    };

    private static bool Happened(Impression r, string label) => label switch
    {
        "click" => r.Outcome.Click,
        "cart" => r.Outcome.Cart,
        _ => r.Outcome.Purchase,
    };

    private static double ClickRate(IEnumerable<Impression> rows) => rows.Average(r => r.Outcome.Click ? 1.0 : 0.0);

    private static double Auc(IReadOnlyList<Impression> rows, Func<Impression, double> score, string label)
    {
        double positives = 0, rankSum = 0;
        var rank = 0;
        foreach (var row in rows.OrderBy(score))
        {
            rank++;
            if (!Happened(row, label)) continue;
            positives++;
            rankSum += rank;
        }

        return (rankSum - positives * (positives + 1) / 2) / (positives * (rows.Count - positives));
    }
}
