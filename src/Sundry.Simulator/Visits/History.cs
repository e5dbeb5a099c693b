namespace Sundry.Simulator;

/// <summary>What the log says so far about each customer and product. Read for a whole page before anything of that page is recorded.</summary>
internal sealed class History(Shop shop)
{
    private const int SeenKept = 32;
    private const int ClickedKept = 8;
    private const int CategoriesKept = 5;

    private readonly CustomerPast[] _customers = [.. shop.Customers.Select(_ => new CustomerPast())];
    private readonly ProductPast[] _products = new ProductPast[shop.Products.Count];

    public PastCounters Read(Customer customer, Product product, long time)
    {
        var past = _customers[customer.Index];
        ref readonly var item = ref _products[product.Index];
        return new PastCounters
        {
            UserImpressions = past.Impressions,
            UserClicks7d = past.ClicksOfWeek(Day(time)),
            UserPurchases = past.Purchases,
            HoursSinceClick = past.LastClick < 0 ? double.NaN : (time - past.LastClick) / 3600.0,
            SeenBefore = past.Seen.AsSpan().Count(product.Index + 1),
            ClickedBefore = past.Clicked.AsSpan().Contains(product.Index + 1),
            ItemImpressions = item.Impressions,
            ItemClicks = item.Clicks,
            ItemRating = item.Ratings == 0 ? double.NaN : (double)item.Stars / item.Ratings,
            RecentCategories = past.RecentCategories,
        };
    }

    /// <summary>Whether <paramref name="category"/> is among the customer's recently clicked ones.</summary>
    public bool RecentlyClicked(Customer customer, int category) => _customers[customer.Index].Categories.Contains(category);

    public void Record(Customer customer, Product product, long time, in Outcome outcome)
    {
        var past = _customers[customer.Index];
        ref var item = ref _products[product.Index];
        past.Seen[past.Impressions++ % SeenKept] = product.Index + 1;
        item.Impressions++;
        if (!outcome.Click) return;

        item.Clicks++;
        past.Clicked[past.Clicks++ % ClickedKept] = product.Index + 1;
        past.LastClick = time;
        past.CountClick(Day(time));
        past.Categories.Insert(0, product.Category);
        if (past.Categories.Count > CategoriesKept) past.Categories.RemoveAt(CategoriesKept);
        past.RecentCategories = string.Join('|', past.Categories.Select(c => shop.Categories[c]));

        if (outcome.Purchase) RecordPurchase(customer);
        if (outcome.Rating == 0) return;
        item.Ratings++;
        item.Stars += outcome.Rating;
    }

    /// <summary>A purchase that came later than the page.</summary>
    public void RecordPurchase(Customer customer) => _customers[customer.Index].Purchases++;

    private static int Day(long time) => (int)(time / VisitPlan.DaySeconds);

    private struct ProductPast
    {
        public int Impressions;
        public int Clicks;
        public int Ratings;
        public int Stars;
    }

    private sealed class CustomerPast
    {
        private const int Week = 7;
        private readonly int[] _clicksOfDay = new int[Week];
        private int _day;

        public readonly int[] Seen = new int[SeenKept];            // product + 1; 0 = empty
        public readonly int[] Clicked = new int[ClickedKept];      // the same
        public readonly List<int> Categories = [];
        public string RecentCategories = "";
        public int Impressions;
        public int Clicks;
        public int Purchases;
        public long LastClick = -1;

        public int ClicksOfWeek(int day)
        {
            TurnTo(day);
            var sum = 0;
            foreach (var clicks in _clicksOfDay) sum += clicks;
            return sum;
        }

        public void CountClick(int day)
        {
            TurnTo(day);
            _clicksOfDay[day % Week]++;
        }

        private void TurnTo(int day)
        {
            for (var steps = Math.Min(day - _day, Week); steps > 0; steps--) _clicksOfDay[(day - steps + 1) % Week] = 0;
            _day = Math.Max(_day, day);
        }
    }
}
