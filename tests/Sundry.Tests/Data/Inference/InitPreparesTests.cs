using Sundry.Data;

namespace Sundry.Tests;

/// <summary>What <c>init</c> writes can be prepared as it stands: no row is refused, and no feature stops the training as a leak.</summary>
public class InitPreparesTests
{
    [Fact]
    public void A_table_of_every_kind_of_column()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(8);
        var lines = Enumerable.Range(0, 3000).Select(i =>
            $"{i},2024-{1 + (i / 250):00}-{1 + (i % 28):00},u{random.Next(50)},{(i % 50 == 3 ? "n/a" : random.NextDouble() * 100):0.00},{(i % 40 == 3 ? "-" : random.Next(100))},{new[] { "a|b", "b|c", "c" }[random.Next(3)]},x,{random.Next(2)},{random.Next(1, 6)},{new[] { "low", "mid", "high" }[random.Next(3)]}");
        var file = folder.Write("t.csv", "row,day,user,price,stock,tags,same,click,rating,label_level\n" + string.Join('\n', lines));
        using var data = Prepare(folder, [file]);
        Assert.Equal(["click", "rating", "label_level"], data.Layout.Tasks.Select(task => task.Name));
        Assert.NotNull(data.Test);
        Assert.Single(data.Layout.Bags);
    }

    [SkippableTheory]
    [InlineData("hillstrom_email/hillstrom.csv.gz")]
    [InlineData("womens_clothing_reviews/Womens_Clothing_E-Commerce_Reviews.csv.gz")]
    [InlineData("movielens_100k/u.data.gz", "column_3=5")]
    [InlineData("movielens_100k/ml-100k.inter.gz")]
    [InlineData("lastfm_hetrec2011/user_artists.dat.gz", "weight")]
    [InlineData("dunnhumby_complete_journey_sample/transactions_sample.csv.gz", "quantity")]
    [InlineData("dunnhumby_complete_journey_sample/demographics.csv.gz")]
    public void Public_tables(string file, params string[] labels)
    {
        using var folder = new TemporaryFolder();
        Prepare(folder, [SharedFolder.Require("data/" + file)], labels).Dispose();
    }

    [SkippableFact]
    public void The_census()
    {
        var census = SharedFolder.Require("data/census");
        using var folder = new TemporaryFolder();
        using var data = Prepare(folder, [Path.Combine(census, "train.csv.gz"), Path.Combine(census, "validation.csv.gz"), Path.Combine(census, "test.csv.gz")], "income", "marital_status=Never married");
        Assert.Equal((69_834, 9_976, 19_952), (data.Train.Count, data.Validation.Count, data.Test!.Count));
    }

    private static Dataset Prepare(TemporaryFolder folder, IReadOnlyList<string> files, params string[] labels)
    {
        var yaml = InitWriter.Write(new InitRequest(files, folder.Root) { Labels = labels }).Yaml;
        var options = ConfigReader.Read<SampleOptions>(yaml, "sundry.yaml");
        var data = Dataset.Prepare(new DataRequest(options.Data, options.Features, options.Exclude, options.Tasks, folder.Root));
        try
        {
            Assert.Empty(LeakageGuard.Find(data));
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }
}
