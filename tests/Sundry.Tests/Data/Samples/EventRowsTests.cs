using Sundry.Data;

namespace Sundry.Tests;

public sealed class EventRowsTests
{
    [Theory]
    [InlineData(NegativeRule.Uniform)]
    [InlineData(NegativeRule.Popularity)]
    public void Negatives_are_items_known_by_then_and_not_the_rows_own(NegativeRule by)
    {
        var log = ToyLog.Draw(8000);
        var facts = new LogFacts(log);
        var rows = EventRows.Of(log, EventTypes.Click, facts.Counts[EventTypes.Click], new NegativeOptions { Count = 3, By = by }, 7, out double keepRate);
        Assert.Equal(rows, EventRows.Of(log, EventTypes.Click, facts.Counts[EventTypes.Click], new NegativeOptions { Count = 3, By = by }, 7, out _));
        var events = ShopStateTests.All(log);
        var known = new HashSet<int>();
        var counts = new double[40];
        double possible = 0;
        int next = 0;
        foreach (var row in rows)
        {
            for (; next < row.Event; next++) known.Add(events[next].Item);
            var e = events[row.Event];
            Assert.Equal((e.Time, e.User), (row.Time, row.User));
            if (!row.Sampled)
            {
                Assert.Equal(e.Item, row.Item);
                possible += known.Count - (known.Contains(e.Item) ? 1 : 0);
                continue;
            }

            Assert.NotEqual(e.Item, row.Item);
            Assert.Contains(row.Item, known);
            counts[row.Item]++;
        }

        long drawn = rows.Count(row => row.Sampled);
        Assert.InRange(drawn, facts.Counts[EventTypes.Click] * 2.9, facts.Counts[EventTypes.Click] * 3);
        Assert.Equal(drawn / possible, keepRate, 12);
        // items are shown and clicked the more the smaller their number
        double ratio = counts[..10].Sum() / counts[30..].Sum();
        if (by == NegativeRule.Uniform) Assert.InRange(ratio, 0.7, 1.5);
        else Assert.InRange(ratio, 3, 100);
    }

    [Fact]
    public void A_drawn_row_is_a_negative_of_its_own_event_and_nothing_else()
    {
        var log = ToyLog.Draw(3000);
        var tasks = new KeyValuePair<string, TaskOptions>[] { new("click", new TaskOptions()), new("buy", new TaskOptions { Event = "purchase", Within = "3d" }) };
        var set = new SampleSet(log, new LogFacts(log), new RowsOptions { Kind = "click", Negatives = new NegativeOptions { Count = 2 } }, "data.rows", tasks, 1);
        for (int row = 0; row < set.Rows.Length; row++)
        {
            Assert.Equal(set.Rows[row].Sampled ? 0 : 1, set.Labels[0]![row]);
            if (set.Rows[row].Sampled) Assert.True(float.IsNaN(set.Labels[1]![row]));
        }

        Assert.Contains(1f, set.Labels[1]!);
        Assert.True(set.IsDrawnFor(0));
        Assert.False(set.IsDrawnFor(1));
        // no column tells drawn rows from others
        Assert.DoesNotContain("position", set.Columns.Names);
        Assert.DoesNotContain("price", set.Columns.Names.Where(name => set.Columns.Find(name)!.From == SampleColumn.Place.Price));
    }
}
