using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Searches over tasks of several sources: each task has rows of its own, and as many predictions.</summary>
public sealed class SourceTuningTests : IDisposable
{
    private readonly SourceTables _tables = new(visits: 400, users: 80, reviews: 160);

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void A_search_is_taken_up_again_and_its_configuration_finds_the_files_of_every_source()
    {
        const string Sources = "users: {train: users.csv, validation: users.csv, test: users.csv}, 'the reviews': {train: [reviews.csv], split: {test: 30%}}";
        var options = SourceTables.Options("{epochs: 2, batch: 64}", Sources, SourceTables.Tasks.Replace("source: reviews", "source: the reviews", StringComparison.Ordinal));
        options = options with { Tune = new() { Try = new Dictionary<string, IReadOnlyList<string>> { ["model.architecture"] = ["mmoe", "shared_bottom"] }, Trials = 2, Seeds = 2, Finalists = 1 } };
        var data = _tables.Prepare(options);
        Assert.Equal(3, data.Validation.Sources.Select(s => s.Count).Distinct().Count());

        var first = Run(out var epochs);
        Assert.True(epochs > 0);
        Assert.Equal(["click", "churn", "stars"], first.Test[1].Tasks.Select(t => t.Task));
        Assert.All(first.Results, r => Assert.Null(r.Failed));
        Assert.All(first.Comparison.Concat(first.Test).SelectMany(c => c.Tasks), t => Assert.True(double.IsFinite(t.Value.Mean)));
        // what is kept was written for the rows of each task's source, and is read so
        var again = Run(out epochs);
        Assert.Equal(0, epochs);
        Assert.Equal(first.Finalists.SelectMany(f => f.Tasks), again.Finalists.SelectMany(f => f.Tasks));
        Assert.Equal(first.Test[1].Tasks.Select(t => t.Single), again.Test[1].Tasks.Select(t => t.Single));

        var folder = _tables.Folder.Path("deep/results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tuned.yaml"), TunedConfiguration.Write(first, _tables.Folder.Root, folder));
        var tuned = ConfigReader.ReadFile<SundryOptions>(Path.Combine(folder, "tuned.yaml"));
        var (users, reviews) = (tuned.Data.Sources["users"], tuned.Data.Sources["the reviews"]);
        Assert.All((IEnumerable<string>)[.. users.Train, .. users.Validation.Files, .. users.Test], file => Assert.Equal("../../users.csv", file));
        Assert.Equal(["../../reviews.csv"], reviews.Train);
        Assert.Equal(options.Data.Sources["the reviews"].Split.Test, reviews.Split.Test);
        using var found = Dataset.Prepare(tuned.Request(folder));
        Assert.Equal(data.Validation.Sources, found.Validation.Sources);
        Assert.Equal(data.Validation.Fingerprint, found.Validation.Fingerprint);

        TuneResult Run(out int epochs)
        {
            var observer = new Observer();
            var result = new Tuner(data, options, _tables.Folder.Root, _tables.Folder.Path("tune"), observer, TimeProvider.System) { Resume = true }.Run(CancellationToken.None);
            epochs = observer.Epochs;
            return result;
        }
    }

    [Fact]
    public void Weights_of_tasks_of_several_sources_are_found_once()
    {
        var options = SourceTables.Options("{epochs: 3, batch: 64, sources: in_turn, balancing: {method: searched, trials: 3}}", model: "{architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], normalization: layer}");
        var data = _tables.Prepare(options);
        var (first, again) = (new Observer(), new Observer());
        var found = WeightSearch.Resolve(data, options, _tables.Folder.Path("search"), first, CancellationToken.None).Training.Balancing.Weights!;
        Assert.Equal(["click", "churn", "stars"], found.Keys);
        Assert.True(first.Epochs >= 5);
        Assert.Equal(found, WeightSearch.Resolve(data, options, _tables.Folder.Path("search"), again, CancellationToken.None).Training.Balancing.Weights);
        Assert.Equal(0, again.Epochs);
    }

    [Fact]
    public void Trials_that_read_other_rows_of_a_source_are_not_compared_although_there_are_as_many_in_all()
    {
        // as a number the age of one user cannot be read, and as a number the hour of one visit
        _tables.Folder.Write("some-visits.csv", "user,hour,price,click\nu1,1,3,1\nu2,x,4,0\nu3,2,5,1\nu4,3,5,0\n");
        _tables.Folder.Write("some-users.csv", "user,age,price,churn\nu1,x,3,1\nu2,30,4,0\nu3,40,5,1\nu4,50,5,0\n");
        var options = SourceTables.Options(
            "{epochs: 1, batch: 64}", "users: {train: some-users.csv, validation: some-users.csv, split: {test: 0%}}", "{click: binary, churn: {type: binary, source: users}}",
            features: "features: {user: categorical, hour: categorical, price: numeric, age: numeric}\n", main: "validation: some-visits.csv, split: {test: 0%}, on_bad_row: skip, missing: ['']");
        options = options with
        {
            Tune = new() { Try = new Dictionary<string, IReadOnlyList<string>> { ["features.age"] = ["categorical"], ["features.hour"] = ["numeric"] }, Trials = 2, Seeds = 1, Objective = "mean" },
        };
        _tables.Folder.Write("visits.csv", "user,hour,price,click\nu1,1,3,1\nu2,2,4,0\nu3,2,5,1\nu4,3,5,0\n");
        var data = _tables.Prepare(options);
        Assert.Equal([4, 3], data.Validation.Sources.Select(s => s.Count));
        var result = new Tuner(data, options, _tables.Folder.Root, _tables.Folder.Path("tune"), new Observer(), TimeProvider.System).Run(CancellationToken.None);
        var failed = Assert.Single(result.Results, r => r.Failed is not null);
        Assert.Contains("not be judged on the same rows", failed.Failed, StringComparison.Ordinal);
        Assert.Equal(1, result.Winner.Number);
    }

    [Fact]
    public void The_usual_space_leaves_out_what_the_sources_or_the_tasks_refuse()
    {
        var apart = SourceTables.Options("{sources: in_turn}", tasks: "{click: {type: binary, gradient: {shared: 0}}, churn: {type: binary, source: users}, stars: {type: regression, source: reviews}}", model: "{normalization: layer}");
        var space = new SearchSpace(apart, 1).Dimensions.ToDictionary(d => d.Path, d => d.Values);
        Assert.Contains("uncertainty", space["training.balancing"]);
        Assert.DoesNotContain("cagrad", space["training.balancing"]);
        Assert.Contains("ple", space["model.architecture"]);
        Assert.DoesNotContain("cross_stitch", space["model.architecture"]);
        var mixed = new SearchSpace(SourceTables.Options("{sources: mixed}"), 1).Dimensions.ToDictionary(d => d.Path, d => d.Values);
        Assert.Contains("cagrad", mixed["training.balancing"]);
        Assert.Contains("cross_stitch", mixed["model.architecture"]);
        var refused = Assert.Throws<InputException>(() => new SearchSpace(apart with { Tune = new() { Try = new Dictionary<string, IReadOnlyList<string>> { ["ranking.goal.at"] = ["3", "5"] } } }, 1));
        Assert.Contains("says nothing about the model", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_that_teach_one_source_alone_cannot_be_searched_over()
    {
        const string Layered = "{normalization: layer}";
        var options = SourceTables.Options("{sources: alternate}", model: Layered);
        Assert.Contains("each of them teaches one source alone", Assert.Throws<InputException>(() => new SearchSpace(options, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("'training.sources: in_turn' or mixed", Assert.Throws<InputException>(() => SourceTables.Options("{sources: alternate, balancing: searched}", model: Layered)).Message, StringComparison.Ordinal);
        SourceTables.Options("{sources: alternate, balancing: {method: searched, weights: {click: 1, churn: 1, stars: 2}}}", model: Layered);
        var turns = SourceTables.Options("{sources: in_turn}", model: Layered) with { Tune = new() { Try = new Dictionary<string, IReadOnlyList<string>> { ["training.sources"] = ["in_turn", "alternate"] } } };
        Assert.Contains("leave it out", Assert.Throws<InputException>(() => new SearchSpace(turns, 1)).Message, StringComparison.Ordinal);
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
