using System.Globalization;
using System.Text;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Tests.Models;
using Sundry.Training;

namespace Sundry.Tests.Serving;

public sealed class PredictionJobTests(SmallBundle small) : IClassFixture<SmallBundle>
{
    [Fact]
    public void Rows_come_back_as_they_are_with_one_column_a_task()
    {
        // more rows than one call scores
        var rows = Enumerable.Range(0, 5000).Select(i => $"g{i % 9},{(i % 200 - 100) / 100.0},0.1,note {i}").ToList();
        var lines = Predict("group,x,z,note\n" + string.Join('\n', rows) + "\n");
        Assert.Equal("group,x,z,note,p_buy,p_spend,p_kind", lines[0]);
        Assert.Equal(5001, lines.Length);
        for (var i = 0; i < 5000; i++)
        {
            Assert.StartsWith(rows[i] + ",", lines[i + 1], StringComparison.Ordinal);
            var fields = lines[i + 1].Split(',');
            Assert.Equal(7, fields.Length);
            Assert.InRange(float.Parse(fields[4], CultureInfo.InvariantCulture), 0, 1);
            Assert.True(float.IsFinite(float.Parse(fields[5], CultureInfo.InvariantCulture)));
            Assert.Contains(fields[6], new[] { "a", "b", "c" });
        }
    }

    [Fact]
    public void Predictions_are_those_of_the_evaluation_to_the_last_bit()
    {
        using var bundle = Bundle.Load(small.Place);
        using var reader = TableReader.Open([small.Table]);
        var judged = TableEvaluation.Predict(bundle, reader, skipBadRows: false, CancellationToken.None);
        var lines = Predict(File.ReadAllText(small.Table));
        Assert.Equal(judged[0].Values, lines[1..].Select(l => float.Parse(l.Split(',')[7], CultureInfo.InvariantCulture)));
        Assert.Equal(judged[1].Values, lines[1..].Select(l => float.Parse(l.Split(',')[8], CultureInfo.InvariantCulture)));
        for (var row = 0; row < judged[2].Labels.Length; row++)
        {
            var best = Enumerable.Range(0, 3).MaxBy(c => judged[2].Values[row * 3 + c]);
            Assert.Equal(bundle.Model.Heads[2].Task.Classes[best], lines[row + 1].Split(',')[9]);
        }
    }

    [Fact]
    public void Quotes_missing_values_and_unseen_categories_are_kept_and_scored()
    {
        var lines = Predict("z,note,group,x\n,\"a, \"\"b\"\"\",never seen,\n1,,,0.5\n");
        Assert.StartsWith(",\"a, \"\"b\"\"\",never seen,,0.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1,,,0.5,0.", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_no_inputs_so_nothing_in_their_columns_stops_a_prediction()
    {
        var lines = Predict("group,x,z,buy,spend,kind\ng1,0.5,0,unknown yet,later,z\n");
        Assert.StartsWith("g1,0.5,0,unknown yet,later,z,0.", lines[1], StringComparison.Ordinal);
        Assert.Equal(Predict("group,x,z\ng1,0.5,0\n")[1][9..], lines[1]["g1,0.5,0,unknown yet,later,z".Length..][1..]);
    }

    [Fact]
    public void What_cannot_be_scored_is_refused_or_left_out()
    {
        Assert.Contains("'x'", Refused("group,z\ng1,1\n"), StringComparison.Ordinal);
        Assert.Contains("'xx'", Refused("group,xx,z\ng1,1,1\n"), StringComparison.Ordinal);
        Assert.Contains("'p_buy'", Refused("group,x,z,p_buy\ng1,1,1,1\n"), StringComparison.Ordinal);
        Assert.Contains("line 3, column 2", Refused("group,x,z\ng1,1,1\ng1,one,1\n"), StringComparison.Ordinal);
        Assert.Equal(3, Predict("group,x,z\ng1,1,1\ng1,one,1\ng1,1\ng2,1,1\n", skip: true).Length);
    }

    [Fact]
    public void A_cancelled_job_stops()
    {
        using var cancel = new CancellationTokenSource();
        using var bundle = Bundle.Load(small.Place);
        using var job = new PredictionJob(bundle);
        using var folder = new TemporaryFolder();
        using var reader = TableReader.Open([folder.Write("t.csv", "group,x,z\n" + string.Concat(Enumerable.Repeat("g1,1,1\n", 10_000)))]);
        var told = new List<long>();
        Assert.ThrowsAny<OperationCanceledException>(() => job.Run(reader, Stream.Null, false, rows =>
        {
            told.Add(rows);
            if (told.Count == 2) cancel.Cancel();
        }, cancel.Token));
        Assert.Equal(2, told.Count);
    }

    private string Refused(string table) => Assert.Throws<InputException>(() => Predict(table)).Message;

    private string[] Predict(string table, bool skip = false)
    {
        using var folder = new TemporaryFolder();
        using var bundle = Bundle.Load(small.Place);
        using var job = new PredictionJob(bundle);
        using var reader = TableReader.Open([folder.Write("t.csv", table)], ReadOptions.Default with { SkipBadRows = skip });
        using var output = new MemoryStream();
        job.Run(reader, output, skip, null, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
    }
}
