using System.Globalization;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class PreparedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PreparedFolderTests() => _folder.Write("train.csv", ShopTable.Csv(600));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_time_nothing_is_read()
    {
        using var first = Prepare();
        using var second = Prepare();
        Assert.False(first.Summary.FromCache);
        Assert.True(second.Summary.FromCache);
        Assert.Equal(first.Summary.Seconds, second.Summary.Seconds);
        Assert.Equal(first.Layout.Ids, second.Layout.Ids);
        Assert.Equal(first.Train.Count, second.Train.Count);
    }

    [Fact]
    public void A_changed_file_or_option_is_read_again()
    {
        Prepare().Dispose();
        using (var seeded = Prepare(new DataOptions { Train = ["train.csv"], Seed = 2 })) Assert.False(seeded.Summary.FromCache);
        _folder.Write("train.csv", ShopTable.Csv(600, 9));
        using (var changed = Prepare()) Assert.False(changed.Summary.FromCache);
        var features = ShopTable.Features();
        features["price"] = new FeatureOptions { Kind = FeatureKind.Numeric, Buckets = 8 };
        using (var bucketed = Prepare(features: features)) Assert.False(bucketed.Summary.FromCache);
        using var same = Prepare();
        Assert.True(same.Summary.FromCache);
    }

    [Fact]
    public void What_changes_the_model_alone_is_taken_from_the_configuration()
    {
        Prepare().Dispose();
        var tasks = ShopTable.Tasks();
        tasks["dwell"] = new TaskOptions { Type = TaskType.Regression, Where = "click = 1", Weight = 3, Loss = TaskLoss.Huber, Delta = 2, Metric = "mae" };
        using var data = Prepare(tasks: tasks);
        Assert.True(data.Summary.FromCache);
        Assert.Equal((3, "huber", 2, "mae"), (data.Layout.Tasks[1].Weight, data.Layout.Tasks[1].Loss, data.Layout.Tasks[1].Delta, data.Layout.Tasks[1].Metric));
    }

    [Theory]
    [InlineData("train.rows")]
    [InlineData("validation.rows")]
    [InlineData("encoder.json")]
    [InlineData("summary.json")]
    public void Damage_is_noticed_and_mended(string file)
    {
        Prepare().Dispose();
        var path = Path.Combine(Folders().Single(), file);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        using (var data = Prepare())
        {
            Assert.False(data.Summary.FromCache);
            Assert.Contains(data.Summary.Notes, note => note.StartsWith("The data prepared before was damaged (", StringComparison.Ordinal));
        }

        using var again = Prepare();
        Assert.True(again.Summary.FromCache);
    }

    [Fact]
    public void A_missing_table_is_made_anew()
    {
        Prepare().Dispose();
        File.Delete(Path.Combine(Folders().Single(), "train.rows"));
        using var data = Prepare();
        Assert.False(data.Summary.FromCache);
    }

    [Fact]
    public void What_a_killed_process_left_is_ignored_and_cleared_away()
    {
        // no process has this number: it is above the largest that Linux gives out
        var left = _folder.Path(".sundry/0123456789abcdef0123456789abcdef.2000000000-1.partial");
        var own = _folder.Path(string.Create(CultureInfo.InvariantCulture, $".sundry/0123456789abcdef0123456789abcdef.{Environment.ProcessId}-999.partial"));
        Directory.CreateDirectory(left);
        Directory.CreateDirectory(own);
        File.WriteAllText(Path.Combine(left, "train.rows"), "half");
        Prepare().Dispose();
        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(own));
    }

    [Fact]
    public void A_failed_preparation_leaves_nothing()
    {
        _folder.Write("train.csv", ShopTable.Csv(50) + "broken\n");
        Assert.Throws<InputException>(() => Prepare());
        Assert.Empty(Directory.EnumerateDirectories(_folder.Path(".sundry")));
    }

    [Fact]
    public void Old_folders_go_when_many_have_come()
    {
        for (int seed = 1; seed <= 7; seed++) Prepare(new DataOptions { Train = ["train.csv"], Seed = seed }).Dispose();
        Assert.Equal(4, Folders().Length);
        using var last = Prepare(new DataOptions { Train = ["train.csv"], Seed = 7 });
        Assert.True(last.Summary.FromCache);
        Assert.Equal("*\n", File.ReadAllText(_folder.Path(".sundry/.gitignore")));
    }

    [SkippableFact]
    public void A_full_disk_is_said_in_one_sentence()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /dev/full");
        var error = Assert.ThrowsAny<IOException>(() =>
        {
            using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);
            file.Write(new byte[100]);
            file.Flush();
        });
        var said = PreparedFolder.Refused(error, "/data/.sundry");
        Assert.Equal("/data/.sundry: the disk is full; make room, or name another folder as data.cache", said.Message);
    }

    [Fact]
    public void A_cache_that_cannot_be_made_is_said_in_one_sentence()
    {
        _folder.Write("file", "");
        var error = Assert.Throws<InputException>(() => Prepare(new DataOptions { Train = ["train.csv"], Cache = "file/cache" }));
        Assert.Contains("the folder of prepared data cannot be written", error.Message, StringComparison.Ordinal);
    }

    private string[] Folders() => [.. Directory.EnumerateDirectories(_folder.Path(".sundry"))];

    private Dataset Prepare(DataOptions? data = null, Dictionary<string, FeatureOptions>? features = null, Dictionary<string, TaskOptions>? tasks = null) =>
        Dataset.Prepare(ShopTable.Request(_folder, data ?? new DataOptions { Train = ["train.csv"] }, features, tasks));
}
