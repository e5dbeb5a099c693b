using System.Text.Json;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TunerTests
{
    private const string Space = "model.architecture: [mmoe, shared_bottom], training.learning_rate: 1e-3..3e-2:log";

    [Fact]
    public void A_search_that_is_stopped_again_and_again_ends_as_one_that_is_not()
    {
        using var table = Table();
        var options = Options();
        var whole = Run(table, options, "whole", new Observer());
        Assert.Equal(5, whole.Trials.Count);
        Assert.Equal([1, 3], whole.Epochs);
        Assert.Equal(2, whole.Finalists.Count);
        Assert.Equal(2, whole.Comparison[1].Seeds);
        Assert.Empty(Directory.GetDirectories(table.Folder.Path("whole")));

        // stopped in the references, in the trials and in the confirmation, mostly in the middle of a rung
        var epochs = 0;
        foreach (var stop in new[] { 5, 8, 9, 9, 4, 7 })
        {
            using var cancel = new CancellationTokenSource();
            var seen = 0;
            var observer = new Observer { AtEpoch = () => { epochs++; if (++seen == stop) cancel.Cancel(); } };
            Assert.ThrowsAny<OperationCanceledException>(() => Run(table, options, "cut", observer, resume: true, cancel: cancel.Token));
            Assert.Empty(Directory.GetFiles(table.Folder.Path("cut"), "*.draft", SearchOption.AllDirectories));
        }

        var resumed = Run(table, options, "cut", new Observer { AtEpoch = () => epochs++ }, resume: true);
        Assert.Equal(Text(whole), Text(resumed));
        // no epoch was trained twice but for those that a cancellation cut short
        var straight = 0;
        Run(table, options, "count", new Observer { AtEpoch = () => straight++ });
        Assert.InRange(epochs, straight, straight + 6);

        var again = 0;
        Assert.Equal(Text(whole), Text(Run(table, options, "cut", new Observer { AtEpoch = () => again++ }, resume: true)));
        Assert.Equal(0, again);
    }

    [Fact]
    public void Test_rows_have_no_part_in_what_is_chosen()
    {
        TuneResult Judge(double noise, int seed)
        {
            using var table = Table();
            table.Write("test.csv", 200, noise, seed);
            return Run(table, Options(), "tune", new Observer());
        }

        var (one, other) = (Judge(0, 7), Judge(1, 8));
        Assert.NotEqual(one.Test[1].Tasks[0].Value.Mean, other.Test[1].Tasks[0].Value.Mean);
        Assert.Equal(Text(one with { Test = [] }), Text(other with { Test = [] }));
        Assert.Equal(2, one.Test.Count);
    }

    [Fact]
    public void A_search_can_be_given_more_trials_and_trains_only_those()
    {
        using var table = Table();
        var few = Run(table, Options(trials: 3), "tune", new Observer());
        var epochs = 0;
        var more = Run(table, Options(trials: 5), "tune", new Observer { AtEpoch = () => epochs++ }, resume: true);
        var anew = 0;
        var straight = Run(table, Options(trials: 5), "anew", new Observer { AtEpoch = () => anew++ });
        Assert.Equal(3, few.Trials.Count);
        Assert.Equal(Text(straight), Text(more));
        Assert.True(epochs < anew / 2, $"{epochs} of {anew} epochs");
    }

    [Fact]
    public void A_folder_with_another_search_is_refused()
    {
        using var table = Table();
        Run(table, Options(trials: 1), "tune", new Observer());
        Assert.Contains("--resume", Assert.Throws<InputException>(() => Run(table, Options(trials: 1), "tune", new Observer())).Message, StringComparison.Ordinal);
        var other = Options(trials: 1) with { Model = new() { Architecture = "ple" } };
        Assert.Contains("another configuration", Assert.Throws<InputException>(() => Run(table, other, "tune", new Observer(), resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_minutes_are_over_one_trial_has_come_to_the_end()
    {
        using var table = Table();
        var options = Options() with { Tune = Options().Tune! with { Trials = null, Minutes = 1 } };
        var result = Run(table, options, "tune", new Observer(), time: new Hurry(secondsALook: 10));
        Assert.Contains("minutes were used up", result.Ended, StringComparison.Ordinal);
        Assert.InRange(result.Trials.Count, 1, 3);
        Assert.Contains(result.Results, r => r.Rung == result.Epochs.Count - 1);
        // further learning rates of the references are what is left out first
        Assert.All(result.References, r => Assert.True(r.Rates.Count < 4));
    }

    [Fact]
    public void A_trial_that_ends_in_no_numbers_is_put_aside()
    {
        using var table = Table();
        var options = Options(space: "training.learning_rate: [100], training.optimizer: [sgd], training.momentum: [0.99], model.normalization: [none]", trials: 2);
        var result = Run(table, options, "tune", new Observer());
        Assert.Equal(1, result.Winner.Number);
        var failed = Assert.Single(result.Results, r => r.Failed is not null);
        Assert.Contains("no longer", failed.Failed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_objective_may_be_one_metric()
    {
        using var table = Table();
        var options = Options(trials: 3);
        options = options with { Tune = options.Tune! with { Objective = "buy.logloss" } };
        var result = Run(table, options, "tune", new Observer());
        Assert.All(result.Results, r => Assert.Equal(0, r.Regret));
        Assert.Equal("buy.logloss", result.Winner.Options.Training.EarlyStopping.Metric);
        Assert.Equal(result.Finalists.Max(f => f.Value), result.Finalists[0].Value);
        Assert.True(result.Finalists[0].Value < 0);
    }

    [Fact]
    public void The_tuned_configuration_is_whole_and_finds_its_files_from_where_it_lies()
    {
        using var table = Table();
        var result = Run(table, Options(trials: 2), "tune", new Observer());
        var folder = table.Folder.Path("results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tuned.yaml"), TunedConfiguration.Write(result, table.Root, folder));
        var tuned = ConfigReader.ReadFile<SundryOptions>(Path.Combine(folder, "tuned.yaml"));
        Assert.Equal(ConfigWriter.ToCanonical(result.Winner.Options.Model), ConfigWriter.ToCanonical(tuned.Model));
        Assert.Equal(ConfigWriter.ToCanonical(result.Winner.Options.Training), ConfigWriter.ToCanonical(tuned.Training));
        Assert.Null(tuned.Tune);
        Assert.Equal(["../train.csv"], tuned.Data.Train);
        using var data = Dataset.Prepare(tuned.Request(folder));
        // the same training as the first of the winner's seeds
        using var trained = new Trainer(data, tuned, table.Folder.Path("work")).Train();
        var last = result.Results.Last(r => r.Trial == result.Winner.Number);
        Assert.Equal(last.BestEpoch, trained.BestEpoch);
        Assert.Equal(last.Tasks[0].Value, trained.History[trained.BestEpoch - 1].Validation["buy"]["auc"]);
    }

    [Fact]
    public void It_says_when_no_trial_is_free_of_regret_and_which_task_loses_by_how_much()
    {
        var trial = new Trial(4, new Dictionary<string, string>(), new());
        TaskStanding[] tasks = [TaskStanding.Of("click", new("auc", .8, .7, .1, .05, .15, Verdict.Gains)), TaskStanding.Of("buy", new("auc", .57, .6, -.03, -.05, -.01, Verdict.Loses))];
        var result = new TuneResult("no-regret", [1], new Dictionary<string, string>(), [trial], [], [], [new(4, 0.0464, 0.05, tasks)], 3, [], [], trial, [tasks[1]], "", 0);
        Assert.False(result.FreeOfRegret);
        Assert.Equal("No trial was free of regret. What came closest is trial 4: buy loses 5.00% (auc 0.5700 against 0.6000 alone); its mean gain is +4.64% over 3 seeds on validation.", result.Finding);
        Assert.StartsWith("No task loses", (result with { Losing = [] }).Finding, StringComparison.Ordinal);
    }

    private static LabelledTable Table()
    {
        var table = new LabelledTable(300, noise: 0.3);
        table.Write("test.csv", 200, noise: 0.3, seed: 7);
        return table;
    }

    private static SundryOptions Options(string space = Space, int trials = 5)
    {
        var options = LabelledTable.Options("{epochs: 3, batch: 64}", data: "{train: train.csv, test: test.csv, validation: 30%}");
        return ConfigReader.Read<SundryOptions>($"{ConfigWriter.ToYaml(options)}tune: {{try: {{{space}}}, trials: {trials}, seeds: 2, finalists: 2}}\n", "sundry.yaml");
    }

    private static TuneResult Run(LabelledTable table, SundryOptions options, string folder, Observer observer, bool resume = false, TimeProvider? time = null, CancellationToken cancel = default) =>
        new Tuner(table.Prepare(options), options, table.Root, table.Folder.Path(folder), observer, time ?? TimeProvider.System) { Resume = resume }.Run(cancel);

    // all but how long it took
    private static string Text(TuneResult result) => JsonSerializer.Serialize(
        new
        {
            result.Space,
            Trials = result.Trials.Select(t => (IEnumerable<string>)[t.Number.ToString(), .. t.Settings.Select(s => $"{s.Key}={s.Value}")]),
            Results = result.Results.Select(r => r with { Seconds = 0 }),
            result.References,
            result.Finalists,
            Comparison = result.Comparison.Select(c => c with { Seconds = 0 }),
            Test = result.Test.Select(c => c with { Seconds = 0 }),
            result.Winner.Number,
            result.Finding,
            result.Ended,
        },
        BundleJson.Options);

    private sealed class Observer : IRunObserver
    {
        public Action AtEpoch { get; init; } = () => { };

        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary)
        {
        }

        public void Training(TrainProgress progress)
        {
            if (progress.Finished is not null) AtEpoch();
        }

        public void Doing(string what)
        {
        }
    }

    /// <summary>A clock on which every look costs time.</summary>
    private sealed class Hurry(double secondsALook) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now += (long)(1000 * secondsALook);
    }
}
