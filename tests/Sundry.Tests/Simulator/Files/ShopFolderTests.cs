using Sundry.Data;
using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Files;

public sealed class ShopFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sundry-shop-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Two_runs_write_the_same_bytes()
    {
        var first = Write("first");
        var second = Write("second");
        foreach (var name in new[] { ShopFolder.Train, ShopFolder.Test, ShopFolder.TrainTruth, ShopFolder.TestTruth, ShopFolder.Configuration })
            Assert.Equal(File.ReadAllBytes(Path.Combine(first, name)), File.ReadAllBytes(Path.Combine(second, name)));
    }

    [Fact]
    public void Splits_by_time_and_counts_what_it_wrote()
    {
        var folder = Path.Combine(_folder.FullName, "shop");
        var summary = ShopFolder.Write(SmallShop.Options(), folder);
        var (train, test) = (Rows(folder, ShopFolder.Train), Rows(folder, ShopFolder.Test));
        Assert.Equal((train.Count, test.Count), (summary.Train.Rows, summary.Test.Rows));
        Assert.Equal(SmallShop.Options().Impressions, train.Count + test.Count);
        Assert.InRange(test.Count / (double)train.Count, 0.15, 0.45);
        Assert.Equal(summary.Train.Clicks, train.Count(r => r["click"] == "1"));
        Assert.Equal(summary.Train.Purchases, train.Count(r => r["purchase"] == "1"));
        Assert.Equal(summary.Test.Ratings, test.Count(r => r["rating"] != ""));
        Assert.True(string.CompareOrdinal(train.Max(r => r["time"]), test.Min(r => r["time"])) < 0);
        Assert.All(test, r => Assert.StartsWith("2025-03-1", r["time"]));
    }

    [Fact]
    public void Labels_that_do_not_exist_are_empty()
    {
        var rows = Rows(Write("shop"), ShopFolder.Train);
        Assert.All(rows, r => Assert.Equal(r["click"] == "1", r["dwell"] != ""));
        Assert.All(rows, r => Assert.True(r["rating"] == "" || r["click"] == "1"));
    }

    /// <summary>The best that one column can do, judged on later rows: far from what the truth can.</summary>
    [Fact]
    public void No_feature_gives_a_label_away()
    {
        var folder = Write("shop");
        var (train, test) = (Rows(folder, ShopFolder.Train), Rows(folder, ShopFolder.Test));
        var labels = new[] { "click", "cart", "purchase", "rating", "dwell" };
        foreach (var feature in train[0].Keys.Except(labels))
        {
            var rates = train.GroupBy(r => r[feature]).ToDictionary(g => g.Key, g => (Sum: g.Sum(r => r["click"] == "1" ? 1.0 : 0), Count: g.Count()));
            var ranked = test.OrderBy(r => rates.TryGetValue(r[feature], out var rate) ? (rate.Sum + 0.6) / (rate.Count + 10) : 0.06).ToList();
            double positives = 0, rankSum = 0;
            for (var i = 0; i < ranked.Count; i++)
            {
                if (ranked[i]["click"] != "1") continue;
                positives++;
                rankSum += i + 1;
            }

            var auc = (rankSum - positives * (positives + 1) / 2) / (positives * (ranked.Count - positives));
            Assert.True(auc < 0.75, $"{feature} alone ranks clicks with an AUC of {auc:F3}");
        }
    }

    [Fact]
    public void The_configuration_names_columns_that_exist()
    {
        var folder = Write("shop");
        var header = File.ReadLines(Path.Combine(folder, ShopFolder.Train)).First().Split(',');
        var lines = File.ReadAllLines(Path.Combine(folder, ShopFolder.Configuration));
        var features = lines.SkipWhile(l => l != "features:").Skip(1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim().Split(':')[0]).ToList();
        Assert.NotEmpty(features);
        Assert.Empty(features.Except(header));
        Assert.Empty(features.Intersect(["click", "cart", "purchase", "rating", "dwell", "impression_id", "time", "visit"]));
    }

    [Fact]
    public void An_existing_folder_is_refused_by_name()
    {
        var error = Assert.Throws<InputException>(() => ShopFolder.Write(SmallShop.Options(), _folder.FullName));
        Assert.Equal(_folder.FullName, error.File);
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing_behind()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<ShopProgress>();
        var progress = new Reporter(p =>
        {
            seen.Add(p);
            source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => ShopFolder.Write(SmallShop.Options(), Path.Combine(_folder.FullName, "shop"), progress, source.Token));
        Assert.Equal(SmallShop.Options().Impressions, Assert.Single(seen).Total);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    private string Write(string name)
    {
        var folder = Path.Combine(_folder.FullName, name);
        ShopFolder.Write(SmallShop.Options(), folder);
        return folder;
    }

    private static List<Dictionary<string, string>> Rows(string folder, string file)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => header.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }

    private sealed class Reporter(Action<ShopProgress> report) : IProgress<ShopProgress>
    {
        public void Report(ShopProgress value) => report(value);
    }
}
