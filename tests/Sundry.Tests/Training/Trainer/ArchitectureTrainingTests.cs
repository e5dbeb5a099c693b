using Sundry.Data;
using Sundry.Models;
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
        var task = Encoder.Load(kept).Layout.Tasks[0];
        Assert.Equal((2, 0.1), (task.Focal, task.LabelSmoothing));
    }

    [Fact]
    public void What_tasks_say_of_each_other_does_not_make_the_data_anew()
    {
        using var table = new LabelledTable(200);
        table.Prepare(LabelledTable.Options("{epochs: 1}"));
        var data = table.Prepare(LabelledTable.Options("{epochs: 1}", "{buy: {type: binary, focal: 1}, spend: {type: regression, after: buy, main: false, stop_gradient: tower}}"));
        Assert.True(data.Summary.FromCache);
        Assert.Equal(["buy"], data.Layout.Tasks[1].After);
        Assert.Equal((false, GradientStop.Tower, 1), (data.Layout.Tasks[1].Main, data.Layout.Tasks[1].StopGradient, data.Layout.Tasks[0].Focal));
    }
}
