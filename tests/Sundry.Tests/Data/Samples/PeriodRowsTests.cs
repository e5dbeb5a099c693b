using Sundry.Data;

namespace Sundry.Tests;

public sealed class PeriodRowsTests
{
    private const long Midnight = ToyLog.Start / ToyLog.Day * ToyLog.Day;

    [Fact]
    public void Users_are_rows_while_they_are_active_and_labels_are_of_the_time_behind()
    {
        var set = Set(
            new RowsOptions { Kind = "users", Every = "7d" },
            [
                new("churn", new TaskOptions { Event = "purchase", Absent = true }),
                new("worth", new TaskOptions { Type = TaskType.Regression, Event = "purchase", Label = "spend" }),
            ],
            View(0, 0), View(2, 1), Buy(8, 0, 2, 10), Buy(13.9, 0, 1, 3), View(14.5, 1), Buy(15, 2, 1, 1), View(29, 3));
        // users active in the week before each of the days 7, 14, 21 and 28
        Assert.Equal([(7, 0), (7, 1), (14, 0), (21, 1), (21, 2)], set.Rows.Select(row => ((int)((row.Time - Midnight) / ToyLog.Day), row.User)));
        Assert.Equal([0, 1, 1, 1, 1], set.Labels[0]!);
        Assert.Equal([23, 0, 0, 0, 0], set.Labels[1]!);
    }

    [Fact]
    public void A_window_that_is_longer_than_the_period_sees_events_of_several()
    {
        var set = Set(
            new RowsOptions { Kind = "users", Every = "1d", Active = "30d" },
            [new("buys", new TaskOptions { Type = TaskType.Count, Event = "purchase", Within = "3d", Delayed = DelayRule.Negative })],
            View(0.1, 0), Buy(3, 0, 1, 1), View(6, 0));
        Assert.Equal([1, 1, 1, 0, 0, 0], set.Labels[0]!);
    }

    [Fact]
    public void Days_of_items_count_what_is_sold()
    {
        var set = Set(
            new RowsOptions { Kind = "item_days" },
            [new("demand", new TaskOptions { Type = TaskType.Count, Event = "purchase", Label = "quantity" })],
            Buy(0.5, 0, 1, 1), Buy(1.2, 0, 2, 1), Buy(1.8, 1, 3, 1), Buy(3, 2, 1, 1), View(4.5, 0));
        Assert.Equal([5, 0, 1, float.NaN], set.Labels[0]!);
        Assert.All(set.Rows, row => Assert.Equal((-1, 0), (row.User, row.Item)));
    }

    [Fact]
    public void A_log_that_is_shorter_than_a_period_makes_no_row()
    {
        var message = Assert.Throws<InputException>(() => Set(new RowsOptions { Kind = "users" }, [new("churn", new TaskOptions { Event = "purchase" })], View(0, 0), View(20, 0))).Message;
        Assert.Equal("data.rows makes no row: the log ends before its first period of 28d is over; set a shorter data.rows.every", message);
    }

    private static ShopEvent View(double day, int user) => ToyLog.Event(EventTypes.View, Midnight + (long)(day * ToyLog.Day), user, 0);

    private static ShopEvent Buy(double day, int user, float quantity, float price) => ToyLog.Event(EventTypes.Purchase, Midnight + (long)(day * ToyLog.Day), user, 0, quantity: quantity, price: price);

    private static SampleSet Set(RowsOptions options, KeyValuePair<string, TaskOptions>[] tasks, params ShopEvent[] events)
    {
        var log = ToyLog.Of(events);
        return new SampleSet(log, new LogFacts(log), options, "data.rows", tasks, 1);
    }
}
