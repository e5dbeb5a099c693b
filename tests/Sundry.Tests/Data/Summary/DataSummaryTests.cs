using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class DataSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_summary_survives_as_JSON()
    {
        _folder.Write("t.csv", ShopTable.Csv(900));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["t.csv"] }));
        var json = DataSummaryJson.Write(data.Summary);
        var text = Encoding.UTF8.GetString(json);
        Assert.Contains("\"rows_read\":900", text, StringComparison.Ordinal);
        Assert.Equal(text, Encoding.UTF8.GetString(DataSummaryJson.Write(DataSummaryJson.Read(json))));
        Assert.Throws<InvalidDataException>(() => DataSummaryJson.Read("{"u8));
    }

    [Fact]
    public void It_says_what_was_found()
    {
        _folder.Write("t.csv", ShopTable.Csv(2000));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["t.csv"] }));
        var summary = data.Summary;
        Assert.Equal(["train", "validation", "test"], summary.Splits.Select(split => split.Name));
        Assert.Equal(2000, summary.Splits.Sum(split => split.Rows));
        Assert.Equal(["t.csv"], summary.Splits[2].Files);
        Assert.Equal("10% of the training rows for validation and 20% of the rows for the test, at random (seed 1)", summary.SplitBy);
        Assert.Equal(["hashed to 50 rows", "vocabulary of 32 rows", "vocabulary of 13 rows", "standardised after log, 32 buckets, missing marked", "standardised", "hour, weekday, month, age"], summary.Features.Select(feature => feature.Encoding));
        Assert.Equal(["binary", "regression", "count", "multiclass"], summary.Tasks.Select(task => task.Type));
        foreach (var task in summary.Tasks)
            foreach (var split in task.Splits) Assert.Equal(summary.Splits.Single(part => part.Name == split.Split).Rows, split.Labelled + split.Masked);
        var price = summary.Features[3];
        Assert.InRange(price.Missing / (double)summary.Splits[0].Rows, 0.08, 0.12);
        Assert.InRange(price.Minimum!.Value, 1, 1.1);
        Assert.True(summary.Seconds > 0);
    }
}
