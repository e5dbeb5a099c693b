using System.Text.Json;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TrainingRunTests
{
    [Fact]
    public void A_run_leaves_a_bundle_with_metrics_and_report_and_tells_how_it_went()
    {
        using var table = new LabelledTable(400);
        var options = LabelledTable.Options("{epochs: 3, batch: 64}", data: "{train: train.csv, validation: 20%, split: {test: 20%}}");
        var observer = new Observer();
        var result = Run(table, options, observer, table.Folder.Path("model")).Execute(CancellationToken.None);
        Assert.Equal(400, result.Rows.Values.Sum());
        Assert.Equal(["buy", "spend"], result.Tasks.Keys);
        Assert.Equal(["validation", "test"], result.Tasks["buy"].Keys);
        Assert.Equal(result.Tasks["buy"]["test"].Keys, result.Intervals["buy"]["test"].Keys);
        var auc = result.Intervals["buy"]["test"]["auc"];
        Assert.InRange(result.Tasks["buy"]["test"]["auc"]!.Value, auc[0], auc[1]);
        Assert.Equal(result.Epochs, observer.Epochs);
        using var bundle = Bundle.Load(result.Model);
        Assert.Equal("equal", bundle.Info.Balancing);
        Assert.Equal(ConfigWriter.ToYaml(options), bundle.Info.Configuration);
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(result.Model, "metrics.json")));
        Assert.Equal(result.BestEpoch, metrics.RootElement.GetProperty("best_epoch").GetInt32());
        Assert.Contains("the command", File.ReadAllText(Path.Combine(result.Model, "report.html")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(TrainingRun.WorkFolder(result.Model)));
        var events = EventReader.Read(File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(result.Model, "tensorboard"), "events.out.tfevents.*"))));
        Assert.Equal(result.Epochs + 1, events.Count);
        Assert.Contains(events[1].Scalars, s => s.Tag == "validation_auc/buy");
    }

    [Fact]
    public void Without_test_rows_validation_judges()
    {
        using var table = new LabelledTable(200);
        var result = Run(table, LabelledTable.Options("{epochs: 1}"), new Observer(), table.Folder.Path("model")).Execute(CancellationToken.None);
        Assert.Equal(["validation"], result.Tasks["buy"].Keys);
        Assert.Equal(0, result.Rows["test"]);
    }

    [Fact]
    public void A_run_that_stops_while_it_judges_keeps_its_checkpoint_and_goes_on_from_there()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 2}");
        using var cancel = new CancellationTokenSource();
        var stopped = new Observer { AtDoing = cancel.Cancel };
        var place = table.Folder.Path("model");
        Assert.ThrowsAny<OperationCanceledException>(() => Run(table, options, stopped, place).Execute(cancel.Token));
        Assert.False(Directory.Exists(place));
        Assert.True(Directory.Exists(TrainingRun.WorkFolder(place)));
        var resumed = new Observer();
        Run(table, options, resumed, place, resume: true).Execute(CancellationToken.None);
        Assert.Equal(0, resumed.Epochs);
        Assert.False(Directory.Exists(TrainingRun.WorkFolder(place)));
        var whole = Run(table, options, new Observer(), table.Folder.Path("whole")).Execute(CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Model, "weights.bin")), File.ReadAllBytes(Path.Combine(place, "weights.bin")));
    }

    [Fact]
    public void A_place_that_is_taken_is_refused_before_the_data_is_read()
    {
        using var table = new LabelledTable(200);
        Directory.CreateDirectory(table.Folder.Path("model"));
        File.WriteAllText(table.Folder.Path("model/mine.txt"), "mine");
        Assert.Throws<InputException>(() => Run(table, LabelledTable.Options("{epochs: 1}"), new Observer(), table.Folder.Path("model")).Execute(CancellationToken.None));
        Assert.False(Directory.Exists(table.Folder.Path(".sundry")));
    }

    private static TrainingRun Run(LabelledTable table, SundryOptions options, Observer observer, string place, bool resume = false) =>
        new(new RunRequest(options, table.Root, place, "the command", "tests", resume), observer, TimeProvider.System);

    private sealed class Observer : IRunObserver
    {
        public int Epochs { get; private set; }

        public Action AtDoing { get; init; } = () => { };

        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary)
        {
        }

        public void Training(TrainProgress progress)
        {
            if (progress.Finished is not null) Epochs++;
        }

        public void Doing(string what) => AtDoing();
    }
}
