using System.Text;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Every architecture along the way that users go: a configuration, a table, training, a bundle, and the bundle's predictions.</summary>
public sealed class ArchitectureTrainingTests
{
    private const string Tasks = "{buy: {type: binary}, again: {label: buy, type: binary, after: buy, at_most: buy}, helper: {type: regression, label: spend, main: false}}";

    public static TheoryData<string> Names => [.. Architectures.Names];

    [Theory, MemberData(nameof(Names))]
    public void It_learns_and_its_bundle_predicts_bit_for_bit_what_it_did(string name)
    {
        using var table = new LabelledTable(800);
        var model = $"model: {{architecture: {name}, embedding: 4, bottom: [16], experts: {{count: 4, own: 1, shared: 1, levels: 2, layers: [8]}}, tower: [4], dropout: 0.1, scenario: group}}\n";
        var options = LabelledTable.Options("{epochs: 3, batch: 32, learning_rate: 0.01, early_stopping: {patience: 0}}", Tasks, model: model);
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        Assert.All(trained.History, epoch => Assert.All(epoch.TrainLoss.Values, loss => Assert.True(double.IsFinite(loss))));
        foreach (var task in trained.Model.Heads.Select(h => h.Task.Name))
            Assert.True(trained.History[^1].TrainLoss[task] < trained.History[0].TrainLoss[task], $"{task}: {string.Join(" ", trained.History.Select(h => h.TrainLoss[task]))}");

        var info = new BundleInfo(Bundle.FormatVersion, "tests", "small", [.. trained.Model.Heads.Select(h => h.Task.Name)], "equal", 1, options.Model, ConfigWriter.ToYaml(options));
        var place = table.Folder.Path("bundle");
        Bundle.Save(place, info, data.Encoder, trained.Store, new Dictionary<string, byte[]>(), overwrite: false);
        using var bundle = Bundle.Load(place);
        var expected = Evaluation.Predict(trained.Model, trained.Store, data.Validation, threads: 1);
        var found = Evaluation.Predict(bundle.Model, bundle.Store, data.Validation, threads: 1);
        for (var t = 0; t < expected.Count; t++) Check.Exact(expected[t].Task.Name, expected[t].Values, found[t].Values);
        // one that only helps is not predicted
        Assert.Equal(["buy", "again"], bundle.Model.MainHeads.Select(h => h.Task.Name));
        Assert.Equal(["buy"], bundle.Model.Heads[1].Task.After);
        Assert.False(bundle.Model.Heads[2].Task.Main);
        Assert.Equal("p_buy,p_again", Predicted(bundle, table, allTasks: false)[0][^13..]);
        var everything = Predicted(bundle, table, allTasks: true);
        Assert.EndsWith(",p_buy,p_again,p_helper", everything[0], StringComparison.Ordinal);
        Assert.Equal(Predicted(bundle, table, allTasks: false), everything.Select(line => line[..line.LastIndexOf(',')]));
    }

    private static string[] Predicted(Bundle bundle, LabelledTable table, bool allTasks)
    {
        using var job = new PredictionJob(bundle, allTasks: allTasks);
        using var reader = TableReader.Open([table.Folder.Path("train.csv")]);
        using var output = new MemoryStream();
        job.Run(reader, output, skipBadRows: false, null, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray()).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }

    [Fact]
    public void A_task_passes_on_what_part_of_its_gradient_it_is_told_to()
    {
        using var table = new LabelledTable(300);
        float[] Trained(string gradient, string part)
        {
            var options = LabelledTable.Options("{epochs: 1, batch: 64}", $"{{buy: {{type: binary{gradient}}}, spend: {{type: regression{gradient}}}}}");
            var data = table.Prepare(options);
            using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
            using var start = new ParameterStore(trained.Model.Graph, 1, trained.Store.Moments);
            List<float> changes = [];
            foreach (var parameter in trained.Model.Graph.Parameters.Where(p => p.Trainable && p.Name.StartsWith(part, StringComparison.Ordinal)))
                changes.AddRange(trained.Store.Values(parameter).ToArray().Zip(start.Values(parameter).ToArray(), (a, b) => a - b));
            foreach (var rows in trained.Model.Graph.Tables.Where(t => t.Name.StartsWith(part, StringComparison.Ordinal)))
                for (var row = 0; row < rows.Rows; row++)
                    changes.AddRange(trained.Store.Values(rows, row).ToArray().Zip(start.Values(rows, row).ToArray(), (a, b) => a - b));
            return [.. changes];
        }

        foreach (var (part, gradient) in new[] { ("embedding/", ", gradient: {embedding: 0}"), ("expert/", ", gradient: {shared: 0}"), ("gate/", ", gradient: 0") })
        {
            Assert.Contains(Trained("", part), change => change != 0);
            Assert.DoesNotContain(Trained(gradient, part), change => change != 0);
        }

        // what is not named learns on
        Assert.Contains(Trained(", gradient: {embedding: 0}", "expert/"), change => change != 0);
        Assert.Contains(Trained(", gradient: {shared: 0}", "gate/"), change => change != 0);
        Assert.Contains(Trained(", gradient: 0", "tower/"), change => change != 0);
    }

    [Theory]
    [InlineData("pcgrad")]
    [InlineData("{method: mgda, of: representation}")]
    [InlineData("gradnorm")]
    [InlineData("famo")]
    [InlineData("dwa")]
    public void Balancing_a_single_task_changes_nothing(string balancing)
    {
        using var table = new LabelledTable(300);
        float[] Run(string method)
        {
            var options = LabelledTable.Options($"{{epochs: 2, batch: 64, balancing: {method}}}", "{buy: binary}");
            var data = table.Prepare(options);
            using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
            return Evaluation.Predict(trained.Model, trained.Store, data.Validation, 1)[0].Values;
        }

        Check.Exact("predictions", Run("equal"), Run(balancing));
    }

    [Fact]
    public void A_where_that_leaves_no_row_is_refused_in_a_sentence()
    {
        using var table = new LabelledTable(100);
        var refused = Assert.Throws<InputException>(() => table.Prepare(LabelledTable.Options("{epochs: 1}", "{buy: {type: binary, where: \"x > 9\"}, spend: regression}")));
        Assert.Contains("'buy' has no", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'where'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_l1_leaves_weights_exactly_zero_and_biases_alone()
    {
        using var table = new LabelledTable(600);
        double Zero(double l1, string end)
        {
            var options = LabelledTable.Options($"{{epochs: 8, batch: 64, learning_rate: 0.01, l1: {l1}}}");
            var data = table.Prepare(options);
            using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
            Assert.True(trained.History[^1].TrainLoss["buy"] < trained.History[0].TrainLoss["buy"]);
            return trained.Model.Graph.Parameters.Where(p => p.Name.EndsWith(end, StringComparison.Ordinal)).SelectMany(p => trained.Store.Values(p).ToArray()).Average(w => w == 0 ? 1.0 : 0);
        }

        Assert.Equal(0, Zero(0, "/weight"));
        Assert.InRange(Zero(0.01, "/weight"), 0.1, 0.9);
        Assert.Equal(0, Zero(0.01, "/bias"));
    }

    [Theory]
    [InlineData("mixup: 0.3")]
    [InlineData("noise: 0.1, embedding_noise: 0.01")]
    public void Noise_and_mixtures_train_and_go_on_bit_for_bit(string extra)
    {
        using var table = new LabelledTable(600);
        var model = $"model: {{architecture: mmoe, embedding: 4, experts: {{count: 2, layers: [8]}}, tower: [4], dropout: 0.1, {extra}}}\n";
        (float[] Predictions, double Last) Run(string extraModel, bool interrupted)
        {
            var options = LabelledTable.Options("{epochs: 4, batch: 64, learning_rate: 0.01, early_stopping: {patience: 0}}", "{buy: binary, spend: regression, kind: multiclass}", model: extraModel);
            var data = table.Prepare(options);
            var work = table.Folder.Path("work" + interrupted);
            if (interrupted)
            {
                using var cancel = new CancellationTokenSource();
                Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(data, options, work).Train(progress: new Stop(cancel), cancel: cancel.Token));
            }

            using var trained = new Trainer(data, options, work).Train(resume: interrupted);
            return ([.. Evaluation.Predict(trained.Model, trained.Store, data.Validation, 1).SelectMany(p => p.Values)], trained.History[^1].TrainLoss["buy"]);
        }

        var (whole, loss) = Run(model, interrupted: false);
        Check.Exact("resumed", whole, Run(model, interrupted: true).Predictions);
        Assert.InRange(loss, 0.05, 0.68);
        Assert.NotEqual(whole, Run(model.Replace(", " + extra, "", StringComparison.Ordinal), interrupted: false).Predictions);
    }

    [Theory]
    [InlineData("star")]
    [InlineData("pepnet")]
    [InlineData("escm2")]
    public void What_goes_by_single_rows_refuses_to_mix_them(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Binary);
        Assert.Contains("model.mixup", Assert.Throws<InputException>(() => new MultiTaskModel(world.Layout, ToyWorld.Options(name) with { Mixup = 0.2 })).Message, StringComparison.Ordinal);
    }

    // after the first epoch is saved
    private sealed class Stop(CancellationTokenSource cancel) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value)
        {
            if (value.Epoch == 2) cancel.Cancel();
        }
    }

    [Fact]
    public void Smoothing_and_focus_are_trained_and_kept()
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options("{epochs: 2, batch: 64}", "{buy: {type: binary, focal: 2, label_smoothing: 0.1}, kind: {type: multiclass, label_smoothing: 0.1}}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        Assert.Equal(["FocalLoss", "SmoothedCrossEntropy"], trained.Model.Heads.Select(h => h.Loss.GetType().Name));
        using var kept = new MemoryStream();
        data.Encoder.Save(kept);
        kept.Position = 0;
        var task = Data.Encoder.Load(kept).Layout.Tasks[0];
        Assert.Equal((2, 0.1), (task.Focal, task.LabelSmoothing));
    }

    [Fact]
    public void What_tasks_say_of_each_other_does_not_make_the_data_anew()
    {
        using var table = new LabelledTable(200);
        table.Prepare(LabelledTable.Options("{epochs: 1}"));
        var data = table.Prepare(LabelledTable.Options("{epochs: 1}", "{buy: {type: binary, focal: 1}, spend: {type: regression, after: buy, main: false, gradient: 0}}"));
        Assert.True(data.Summary.FromCache);
        Assert.Equal(["buy"], data.Layout.Tasks[1].After);
        Assert.Equal((false, new GradientOptions { Representation = 0 }, 1), (data.Layout.Tasks[1].Main, data.Layout.Tasks[1].Gradient, data.Layout.Tasks[0].Focal));
    }
}
