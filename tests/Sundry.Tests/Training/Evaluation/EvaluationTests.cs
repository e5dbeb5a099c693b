using Sundry.Data;
using Sundry.Models;
using Sundry.Tests.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class EvaluationTests(SmallBundle small) : IClassFixture<SmallBundle>
{
    [Fact]
    public void A_table_of_text_and_encoded_rows_give_the_same_predictions_to_the_last_bit()
    {
        using var bundle = Bundle.Load(small.Place);
        using var table = new LabelledTable(1);
        File.Copy(small.Table, table.Folder.Path("train.csv"), overwrite: true);
        var options = LabelledTable.Options("{epochs: 1, batch: 64}", tasks: "{buy: binary, spend: regression, kind: multiclass}");
        var data = table.Prepare(options);
        var encoded = Evaluation.Predict(bundle.Model, bundle.Store, data.Train, threads: 2).Concat(Evaluation.Predict(bundle.Model, bundle.Store, data.Validation, threads: 1)).ToList();
        using var reader = TableReader.Open([small.Table]);
        var text = TableEvaluation.Predict(bundle, reader, skipBadRows: false, CancellationToken.None);
        for (var t = 0; t < 3; t++)
        {
            Assert.Equal(encoded[t].Values.Concat(encoded[t + 3].Values).Order(), text[t].Values.Order());
            Assert.Equal(encoded[t].Labels.Concat(encoded[t + 3].Labels).Order(), text[t].Labels.Order());
        }

        var classes = text[2];
        Assert.Equal(300 * 3, classes.Values.Length);
        for (var row = 0; row < 300; row++) Assert.Equal(1, classes.Values.AsSpan(row * 3, 3).ToArray().Sum(), 5);
    }

    [Fact]
    public void Rows_that_cannot_be_read_stop_or_are_left_out_and_counted()
    {
        using var folder = new TemporaryFolder();
        using var bundle = Bundle.Load(small.Place);
        var table = folder.Write("t.csv", "group,x,z,buy,spend,kind\ng1,0.5,0,1,3,a\ng1,half,0,1,3,a\ng1,0.5,0,perhaps,3,a\ng1,0.5,0,0,3,\n");
        using (var strict = TableReader.Open([table]))
            Assert.Equal(3, Assert.Throws<InputException>(() => TableEvaluation.Predict(bundle, strict, skipBadRows: false, CancellationToken.None)).Line);
        using var lenient = TableReader.Open([table], ReadOptions.Default with { SkipBadRows = true });
        var judged = TableEvaluation.Predict(bundle, lenient, skipBadRows: true, CancellationToken.None);
        Assert.Equal(2, judged[0].Labels.Length);
        Assert.True(float.IsNaN(judged[2].Labels[1]));
        Assert.Equal([3L, 4L], lenient.Refused.First.Select(r => r.Line));
    }

    [Fact]
    public void A_table_without_labels_is_refused_with_the_verb_that_needs_none()
    {
        using var folder = new TemporaryFolder();
        using var bundle = Bundle.Load(small.Place);
        using var reader = TableReader.Open([folder.Write("t.csv", "group,x,z,buy\ng1,0.5,0,1\n")]);
        var refused = Assert.Throws<InputException>(() => TableEvaluation.Predict(bundle, reader, skipBadRows: false, CancellationToken.None));
        Assert.Contains("'spend'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("sundry predict", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_divide_all_of_their_trust()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        var gates = Evaluation.Gates(trained.Model, trained.Store, data.Validation, 2);
        Assert.Equal(["buy", "spend"], gates.Select(g => g.Gate));
        Assert.All(gates, g => Assert.Equal(1, g.Weights.Sum(), 5));
        Assert.All(gates, g => Assert.InRange(g.Entropy, 0, Math.Log(2) + 1e-6));
        var alone = options with { Model = options.Model with { Architecture = "shared_bottom" } };
        using var bottom = new Trainer(data, alone, table.Folder.Path("work")).Train();
        Assert.Empty(Evaluation.Gates(bottom.Model, bottom.Store, data.Validation, 1));
    }
}
