using Sundry.Data;

namespace Sundry.Tests;

public sealed class CategoryPathsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_category_brings_those_above_it()
    {
        var log = Shop(new() { ["boots"] = "shoes", ["shoes"] = "clothes", ["sofas"] = "home" }, "boots", "shoes", "sofas", "lamps", null, "boots|sofas|shoes");
        var column = new SampleColumns(log, new RowKind(EventTypes.Click, true, true), false).Find("category")!;
        var paths = CategoryPaths.Of(column, log, "above", "|");
        string[] expected = ["boots|shoes|clothes", "shoes|clothes", "sofas|home", "lamps", "", "boots|shoes|clothes|sofas|home"];
        for (int item = 0; item < expected.Length; item++)
            Assert.Equal(expected[item], System.Text.Encoding.UTF8.GetString(paths.Bytes(new SampleRow { Item = item, User = 0, Event = -1 }, default, default, new byte[64])));
    }

    [Fact]
    public void A_rare_category_shares_the_rows_of_its_parents()
    {
        // twenty categories that are rare, below one
        var parents = Enumerable.Range(0, 20).ToDictionary(i => $"k{i}", _ => "root");
        var log = Shop(parents, [.. Enumerable.Range(0, 20).Select(i => $"k{i}"), .. Enumerable.Range(0, 20).Select(_ => "other")]);
        var features = new Dictionary<string, FeatureOptions>
        {
            ["category"] = new() { Kind = FeatureKind.Categorical, MinCount = 4 },
            ["above"] = new() { Kind = FeatureKind.MultiCategorical, Tree = true, Of = ["category"], Table = "category" },
        };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() { Within = "1h" } }, features);
        Assert.Equal(["category"], data.Encoder.InputColumns);
        // the unknown, 'root' and 'other': no rare one
        var batch = new Batch(data.Layout, data.Train.Count);
        data.Train.Fill(batch, 0, data.Train.Count);
        var events = ShopStateTests.All(log).Where(e => e.Type == EventTypes.Impression).ToArray();
        int root = -1;
        for (int row = 0; row < data.Train.Count; row++)
        {
            var ids = batch.BagIds[0][batch.BagOffsets[0][row]..batch.BagOffsets[0][row + 1]];
            if (events[row].Item >= 20) Assert.Equal([batch.Ids[row]], ids);
            else Assert.Equal([batch.Ids[row], root = root < 0 ? ids[1] : root], ids);
        }

        Assert.True(root > 0 && data.Train.Count > 20);
    }

    [Fact]
    public void Without_a_tree_it_is_refused()
    {
        var features = new Dictionary<string, FeatureOptions> { ["category"] = new() { Kind = FeatureKind.MultiCategorical, Tree = true } };
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new() { Within = "1h" } };
        var none = Assert.Throws<InputException>(() => SampleSetTests.Prepare(_folder, Shop([], "a", "b"), new RowsOptions { Kind = "impressions" }, tasks, features));
        Assert.Equal("features.category.tree asks for a tree of categories, and the log has none; name its table as data.log.categories, or remove it", none.Message);
        features = new() { ["item"] = new() { Kind = FeatureKind.MultiCategorical, Tree = true } };
        var other = Assert.Throws<InputException>(() => SampleSetTests.Prepare(_folder, Shop(new() { ["a"] = "b" }, "a", "b"), new RowsOptions { Kind = "impressions" }, tasks, features));
        Assert.Equal("features.item.tree is about 'item', which is no column of the catalogue or the customers; name the column of categories as features.item.of", other.Message);
    }

    private static EventLog Shop(Dictionary<string, string> parents, params string?[] categories)
    {
        var events = new List<ShopEvent>();
        for (int i = 0; i < 80; i++)
        {
            events.Add(ToyLog.Event(EventTypes.Impression, ToyLog.Start + i * ToyLog.Hour, i % 4, i % categories.Length));
            if (i % 3 == 0) events.Add(ToyLog.Event(EventTypes.Click, ToyLog.Start + i * ToyLog.Hour + 1000, i % 4, i % categories.Length));
        }

        var log = new EventLog([.. events]) { CategoryParents = parents, ItemColumns = [ToyLog.Column("category", categories.Length, i => categories[i])] };
        for (int i = 0; i < Math.Max(4, categories.Length); i++)
        {
            log.Users.FindOrAdd($"u{i}");
            log.Items.FindOrAdd($"i{i}");
        }

        return log;
    }
}
