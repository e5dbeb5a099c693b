using Sundry.Data;
using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Files;

public sealed class TruthTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sundry-truth-");
    private readonly string _folder;

    public TruthTests()
    {
        _folder = Path.Combine(_parent.FullName, "shop");
        var options = SmallShop.Options();
        options.Impressions = 5_000;
        ShopFolder.Write(options, _folder);
    }

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void Belongs_to_the_table_row_by_row()
    {
        var table = Path.Combine(_folder, ShopFolder.Test);
        var truth = Truth.Beside(table);
        Assert.Equal(File.ReadLines(table).Skip(1).Select(l => long.Parse(l.Split(',')[0])), truth.ImpressionIds);
        Assert.Equal(truth.Count, truth.Of("click")!.Length);
        Assert.All(truth.Of("purchase")!, p => Assert.InRange(p, 0, 1));
        Assert.Null(truth.Of("impression_id"));
        Assert.Null(truth.Of("price"));
    }

    [Fact]
    public void Holds_what_the_simulator_drew_from()
    {
        var options = SmallShop.Options();
        options.Impressions = 5_000;
        var truth = Truth.Read(Path.Combine(_folder, ShopFolder.TrainTruth));
        foreach (var (row, i) in new ShopSimulator(options).Impressions().Take(truth.Count).Select((r, i) => (r, i)))
        {
            Assert.Equal(row.Id, truth.ImpressionIds[i]);
            Assert.Equal(row.Truth.Purchase, truth.Of("purchase")![i], row.Truth.Purchase * 1e-5);
            Assert.Equal(row.Truth.Dwell, truth.Of("dwell")![i], row.Truth.Dwell * 1e-4);
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder, "none.truth.csv");
        Assert.Equal(path, Assert.Throws<InputException>(() => Truth.Read(path)).File);
    }

    [Fact]
    public void A_table_of_other_rows_is_refused_with_its_line()
    {
        var table = Path.Combine(_folder, ShopFolder.Test);
        var lines = File.ReadAllLines(table).ToList();
        lines.RemoveAt(3);
        File.WriteAllLines(table, lines);
        Assert.Equal(4, Assert.Throws<InputException>(() => Truth.Beside(table)).Line);

        File.WriteAllLines(table, lines.Take(3));
        Assert.Contains("ends after 2 rows", Assert.Throws<InputException>(() => Truth.Beside(table)).Message);
    }

    [Theory]
    [InlineData("a,b\n", 1)]
    [InlineData("impression_id,click,cart,purchase,rating,dwell,examination\n1,0.1,0.1,0.1,3,20,1\n2,0.1,x,0.1,3,20,1\n", 3)]
    [InlineData("impression_id,click,cart,purchase,rating,dwell,examination\n1,0.1\n", 2)]
    public void What_is_no_truth_file_is_refused_with_its_line(string text, long line)
    {
        var path = Path.Combine(_folder, "broken.truth.csv");
        File.WriteAllText(path, text);
        Assert.Equal(line, Assert.Throws<InputException>(() => Truth.Read(path)).Line);
    }
}
