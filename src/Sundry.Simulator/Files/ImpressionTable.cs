using System.Globalization;

namespace Sundry.Simulator;

/// <summary>The columns of train.csv and test.csv: what a shop's log would hold, then the labels.</summary>
internal static class ImpressionTable
{
    public static readonly string[] Features =
    [
        "impression_id", "time", "visit", "user_id", "age_band", "country", "segment", "device", "scenario", "hour", "weekday",
        "item_id", "category", "brand", "price", "discount", "position",
        "user_impressions", "user_clicks_7d", "user_purchases", "hours_since_click", "recent_categories",
        "seen_before", "clicked_before", "item_impressions", "item_clicks", "item_rating",
    ];

    public static readonly string[] Labels = ["click", "cart", "purchase", "rating", "dwell"];

    public static void WriteHeader(RowWriter rows)
    {
        foreach (var name in Features) rows.Text(name);
        foreach (var name in Labels) rows.Text(name);
        rows.EndRow();
    }

    public static void Write(RowWriter rows, in Impression row, Shop shop, ref (long Time, string Text) clock)
    {
        // the rows of a page share their time, so its text is made once
        if (clock.Time != row.Time || clock.Text is null)
            clock = (row.Time, Shop.Opening.AddSeconds(row.Time).ToString("s", CultureInfo.InvariantCulture));
        var past = row.Past;
        rows.Number(row.Id);
        rows.Text(clock.Text);
        rows.Number(row.Visit);
        rows.Text(row.Customer.Id);
        rows.Text(row.Customer.AgeBand);
        rows.Text(row.Customer.Country);
        rows.Text(row.Customer.Segment);
        rows.Text(row.Device);
        rows.Text(row.Scenario);
        rows.Number(row.Time % VisitPlan.DaySeconds / 3600);
        rows.Number(1 + row.Time / VisitPlan.DaySeconds % 7);
        rows.Text(row.Product.Id);
        rows.Text(shop.Categories[row.Product.Category]);
        rows.Text(row.Product.Brand);
        rows.Number(row.Price, "F2");
        rows.Number(row.Discount, "0.##");
        rows.Number(row.Position);
        rows.Number(past.UserImpressions);
        rows.Number(past.UserClicks7d);
        rows.Number(past.UserPurchases);
        rows.Number(past.HoursSinceClick, "F2");
        rows.Text(past.RecentCategories);
        rows.Number(past.SeenBefore);
        rows.Flag(past.ClickedBefore);
        rows.Number(past.ItemImpressions);
        rows.Number(past.ItemClicks);
        rows.Number(past.ItemRating, "F3");
        WriteLabels(rows, row.Outcome);
        rows.EndRow();
    }

    // stars and seconds exist only for some rows; an empty label takes the row out of that task
    private static void WriteLabels(RowWriter rows, in Outcome outcome)
    {
        rows.Flag(outcome.Click);
        rows.Flag(outcome.Cart);
        rows.Flag(outcome.Purchase);
        if (outcome.Rating > 0) rows.Number(outcome.Rating);
        else rows.Empty();
        if (outcome.Click) rows.Number(outcome.Dwell);
        else rows.Empty();
    }
}
