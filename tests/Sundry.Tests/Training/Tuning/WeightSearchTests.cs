using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class WeightSearchTests
{
    [Fact]
    public void Weights_are_found_once_and_taken_over_afterwards()
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options("{epochs: 3, batch: 64, balancing: {method: searched, trials: 5}}");
        var data = table.Prepare(options);
        var observer = new Observer();
        var found = WeightSearch.Resolve(data, options, table.Folder.Path("search"), observer, CancellationToken.None);
        var weights = found.Training.Balancing.Weights!;
        Assert.Equal(["buy", "spend"], weights.Keys);
        Assert.Equal(2, weights.Values.Sum(), 0.02);
        // five for one epoch each, one of them, or two where a later one was better, for two more
        Assert.Contains(observer.Epochs, new[] { 5 + 2, 5 + 4 });

        var again = new Observer();
        Assert.Equal(weights, WeightSearch.Resolve(data, options, table.Folder.Path("search"), again, CancellationToken.None).Training.Balancing.Weights);
        Assert.Equal(0, again.Epochs);
        Assert.Equal(weights, WeightSearch.Resolve(data, options, table.Folder.Path("elsewhere"), new Observer(), CancellationToken.None).Training.Balancing.Weights);
        Assert.Same(found, WeightSearch.Resolve(data, found, table.Folder.Path("none"), again, CancellationToken.None));
        Assert.False(Directory.Exists(table.Folder.Path("none")));
        // another seed is another search
        var other = options with { Training = options.Training with { Seed = 2 } };
        WeightSearch.Resolve(data, other, table.Folder.Path("search"), again, CancellationToken.None);
        Assert.InRange(again.Epochs, 7, 9);
    }

    [Fact]
    public void A_training_searches_and_its_bundle_says_what_was_found()
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options("{epochs: 2, batch: 64, balancing: {method: searched, trials: 2}}");
        new TrainingRun(new RunRequest(options, table.Root, table.Folder.Path("model"), "", ""), new Observer(), TimeProvider.System).Execute(CancellationToken.None);
        using var bundle = Sundry.Models.Bundle.Load(table.Folder.Path("model"));
        var kept = ConfigReader.Read<SundryOptions>(bundle.Info.Configuration, "the bundle");
        Assert.Equal("searched", kept.Training.Balancing.Method);
        Assert.Equal(["buy", "spend"], kept.Training.Balancing.Weights!.Keys);
        Assert.False(Directory.Exists(TrainingRun.WorkFolder(table.Folder.Path("model"))));
    }

    [Fact]
    public void Without_a_search_there_are_no_weights()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1, balancing: searched}");
        Assert.Contains("no weights yet", Assert.Throws<InputException>(() => new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train()).Message, StringComparison.Ordinal);
        // alone there is nothing to weigh
        using var alone = new Trainer(table.Prepare(options), options, table.Folder.Path("work"), ["buy"]).Train();
        Assert.Single(alone.History);
    }

    private sealed class Observer : IRunObserver
    {
        public int Epochs { get; private set; }

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

        public void Doing(string what)
        {
        }
    }
}
