using Sundry.Data;

namespace Sundry.Tests;

public sealed class CategoryNodesTests
{
    private static readonly Dictionary<string, string> s_parents = new() { ["boots"] = "shoes", ["shoes"] = "clothes", ["hats"] = "clothes" };

    [Fact]
    public void An_event_counts_for_all_above_its_category_and_a_row_reads_the_level_it_asks_for()
    {
        var log = Shop("boots", "shoes", "hats", "clothes", "lamps", null, "hats|lamps");
        Counter[] counters = [Of(CategoryLevel.Own), Of(CategoryLevel.Parent), Of(CategoryLevel.Top), Of(CategoryLevel.Top) with { Name = "user", Of = CounterOf.UserCategory }];
        var state = new ShopState(counters, [], log);
        int[] clicks = [0, 0, 0, 1, 1, 2, 4];
        for (int i = 0; i < clicks.Length; i++) state.Add(ToyLog.Event(EventTypes.Click, ToyLog.Start + i * 1000, i % 2, clicks[i]));
        Assert.Equal([3, 5, 6, 3], Read(0));
        Assert.Equal([5, 6, 6, 3], Read(1));
        Assert.Equal([1, 6, 6, 3], Read(2));
        Assert.Equal([6, 6, 6, 3], Read(3));
        Assert.Equal([1, 1, 1, 1], Read(4));
        Assert.All(Read(5), value => Assert.True(float.IsNaN(value)));
        // of several categories the first counts
        Assert.Equal([1, 6, 6, 3], Read(6));

        float[] Read(int item)
        {
            var values = new float[counters.Length];
            state.Read(0, item, ToyLog.Start + 60_000, values);
            return values;
        }
    }

    [Fact]
    public void A_category_that_comes_later_is_read_by_those_above_it()
    {
        var log = Shop("boots");
        var state = new ShopState([Of(CategoryLevel.Own), Of(CategoryLevel.Top)], [], log);
        state.Add(ToyLog.Event(EventTypes.Click, ToyLog.Start, 0, 0));
        log.Items.FindOrAdd("i9");
        log.ItemColumns[0].Set(9, log.ItemColumns[0].Values.FindOrAdd("hats"));
        var values = new float[2];
        state.Read(0, 9, ToyLog.Start + 1000, values);
        Assert.Equal([0, 1], values);
        state.Add(ToyLog.Event(EventTypes.Click, ToyLog.Start + 2000, 0, 9));
        state.Read(0, 9, ToyLog.Start + 3000, values);
        Assert.Equal([1, 2], values);
        state.Read(0, 0, ToyLog.Start + 3000, values);
        Assert.Equal([1, 2], values);
        // and after a rest on disk, before anything new
        using var file = new MemoryStream();
        state.Save(file);
        file.Position = 0;
        var again = new ShopState([Of(CategoryLevel.Own), Of(CategoryLevel.Top)], [], log);
        again.Load(file);
        again.Read(0, 9, ToyLog.Start + 3000, values);
        Assert.Equal([1, 2], values);
    }

    [Theory]
    [InlineData("{kind: counter, by: item, events: click, tree: true}", "a tree is one of categories")]
    [InlineData("{kind: counter, by: category, events: click, level: top}", "write 'tree: true'")]
    [InlineData("{kind: categorical, tree: true}", "is several values")]
    [InlineData("{kind: counter, by: category, events: click, tree: true, of: [brand]}", "is made of other columns")]
    [InlineData("{kind: counter, by: category, events: click, tree: true, level: topmost}", "'topmost'")]
    public void What_makes_no_sense_is_refused(string options, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => ConfigReader.Read<FeatureOptions>(options, "f.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_log_without_a_tree_is_named()
    {
        var bare = Assert.Throws<InputException>(() => new ShopState([Of(CategoryLevel.Top)], [], ToyLog.Of()));
        Assert.Equal("features.c.tree asks for a tree of categories, and the log has none; name its table as data.log.categories, or remove it", bare.Message);
    }

    private static Counter Of(CategoryLevel level) => new("c", CounterOf.Category, ["click"], CounterMeasure.Count, EventField.Price, [], 0, 0, Tree: true, Level: level);

    private static EventLog Shop(params string?[] categories)
    {
        var log = new EventLog([]) { CategoryParents = s_parents, ItemColumns = [ToyLog.Column("category", categories.Length, i => categories[i])] };
        for (int i = 0; i < categories.Length; i++) log.Items.FindOrAdd($"i{i}");
        for (int u = 0; u < 3; u++) log.Users.FindOrAdd($"u{u}");
        return log;
    }
}
