using Sundry.Data;

namespace Sundry.Tests;

public sealed class EventLabelsTests
{
    private const long T = ToyLog.Start;
    private const long M = 60_000;

    [Fact]
    public void An_event_belongs_to_the_last_row_before_it_of_its_user_and_item()
    {
        var labels = Labels(
            "click",
            new TaskOptions { Within = "1h" },
            Shown(0, 0, 0), Shown(1, 0, 0), Shown(2, 1, 0), Shown(3, 0, 1), ToyLog.Event(EventTypes.Click, T + 10 * M, 0, 0), Shown(20, 0, 0), End());
        Assert.Equal([0, 1, 0, 0, 0], labels);
    }

    [Fact]
    public void An_event_outside_the_window_is_nobodys()
    {
        var click = ToyLog.Event(EventTypes.Click, T + 61 * M, 0, 0);
        Assert.Equal([0], Labels("click", new TaskOptions { Within = "1h" }, Shown(0, 0, 0), click, End()));
        Assert.Equal([1], Labels("click", new TaskOptions { Within = "61m" }, Shown(0, 0, 0), click, End()));
        Assert.Equal([0], Labels("churn", new TaskOptions { Event = "click", Within = "61m", Absent = true }, Shown(0, 0, 0), click, End()));
    }

    [Fact]
    public void A_purchase_belongs_to_the_row_that_was_clicked_where_it_comes_after_the_click()
    {
        ShopEvent[] events = [Shown(0, 0, 0), ToyLog.Event(EventTypes.Click, T + 1 * M, 0, 0), Shown(5, 0, 0), ToyLog.Event(EventTypes.Purchase, T + 9 * M, 0, 0), End()];
        var click = new KeyValuePair<string, TaskOptions>("click", new TaskOptions());
        Assert.Equal([1, 0], Set(events, click, new("buy", new TaskOptions { Event = "purchase", Within = "3d", After = ["click"] })).Labels[1]!);
        Assert.Equal([0, 1], Set(events, click, new("buy", new TaskOptions { Event = "purchase", Within = "3d" })).Labels[1]!);
    }

    [Fact]
    public void What_is_measured_is_the_label_and_what_is_counted_is_summed()
    {
        ShopEvent[] events =
        [
            Shown(0, 0, 0), Shown(0, 0, 1), ToyLog.Event(EventTypes.Dwell, T + 2 * M, 0, 0, value: 12), ToyLog.Event(EventTypes.Dwell, T + 3 * M, 0, 0, value: 30),
            ToyLog.Event(EventTypes.Purchase, T + 4 * M, 0, 0, quantity: 2, price: 5), ToyLog.Event(EventTypes.Purchase, T + 5 * M, 0, 0, quantity: 1, price: 7), End(),
        ];
        Assert.Equal([30, float.NaN], Labels("stay", new TaskOptions { Type = TaskType.Regression, Event = "dwell", Label = "value", Within = "30m" }, events));
        Assert.Equal([17, 0], Labels("spend", new TaskOptions { Type = TaskType.Regression, Event = "purchase", Label = "spend" }, events));
        Assert.Equal([3, 0], Labels("pieces", new TaskOptions { Type = TaskType.Count, Event = "purchase", Label = "quantity" }, events));
        Assert.Equal([2, 0], Labels("times", new TaskOptions { Type = TaskType.Count, Event = "purchase" }, events));
    }

    [Fact]
    public void A_window_that_the_log_cuts_short_has_no_label_unless_that_is_asked_for()
    {
        ShopEvent[] events = [Shown(0, 0, 0), ToyLog.Event(EventTypes.Click, T + 1 * M, 0, 0), Shown(50, 0, 0), ToyLog.Event(EventTypes.Click, T + 51 * M, 0, 0), Shown(90, 1, 1)];
        Assert.Equal([1, float.NaN, float.NaN], Labels("click", new TaskOptions { Within = "1h" }, events));
        Assert.Equal([1, 1, 0], Labels("click", new TaskOptions { Within = "1h", Delayed = DelayRule.Negative }, events));
    }

    [Fact]
    public void Without_a_user_the_visit_counts()
    {
        ShopEvent[] events =
        [
            Shown(0, -1, 0) with { Session = 2 }, Shown(0, -1, 0) with { Session = 3 }, ToyLog.Event(EventTypes.Click, T + M, -1, 0) with { Session = 2 },
            // who has logged in meanwhile is still in the visit
            ToyLog.Event(EventTypes.Purchase, T + 2 * M, 1, 0) with { Session = 3 }, End(),
        ];
        Assert.Equal([1, 0], Labels("click", new TaskOptions(), events));
        Assert.Equal([0, 1], Labels("purchase", new TaskOptions(), events));
    }

    [Fact]
    public void A_task_must_have_an_event_or_a_column()
    {
        Assert.Equal(
            "tasks.buy.event is 'purchas', which the log does not have; did you mean 'purchase'?; it has impression",
            Assert.Throws<InputException>(() => Labels("buy", new TaskOptions { Event = "purchas" }, Shown(0, 0, 0))).Message);
        Assert.StartsWith("the task 'buy' has neither an event nor a column of its rows as its label;", Assert.Throws<InputException>(() => Labels("buy", new TaskOptions(), Shown(0, 0, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("tasks.stay.label is 'seconds'", Assert.Throws<InputException>(() => Labels("stay", new TaskOptions { Type = TaskType.Regression, Event = "dwell", Label = "seconds" }, Shown(0, 0, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_must_be_events_that_there_are()
    {
        var task = new KeyValuePair<string, TaskOptions>("click", new TaskOptions());
        var log = ToyLog.Of(Shown(0, 0, 0));
        SampleSet Make(string kind) => new(log, new LogFacts(log), new RowsOptions { Kind = kind }, "data.rows", [task], 1);
        Assert.StartsWith("data.rows is 'impresions', which is neither a kind of rows nor a type of event in the log; did you mean 'impressions'?", Assert.Throws<InputException>(() => Make("impresions")).Message, StringComparison.Ordinal);
        Assert.Equal("data.rows is 'views', and the log has no event of the type 'view'; it has impression", Assert.Throws<InputException>(() => Make("views")).Message);
    }

    private static ShopEvent Shown(int minute, int user, int item) => ToyLog.Event(EventTypes.Impression, T + minute * M, user, item);

    private static ShopEvent End() => ToyLog.Event(EventTypes.View, T + 10 * ToyLog.Day, 3, 3);

    private static float[] Labels(string name, TaskOptions options, params ShopEvent[] events) => Set(events, new KeyValuePair<string, TaskOptions>(name, options)).Labels[0]!;

    private static SampleSet Set(ShopEvent[] events, params KeyValuePair<string, TaskOptions>[] tasks)
    {
        var log = ToyLog.Of(events);
        return new SampleSet(log, new LogFacts(log), new RowsOptions { Kind = "impressions" }, "data.rows", tasks, 1);
    }
}
