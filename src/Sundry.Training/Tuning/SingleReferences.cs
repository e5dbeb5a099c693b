using System.Globalization;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// The single-task models that a search is held against: the configuration's own sizes, the same rows and as many epochs, each task with the
/// learning rate that suits it best on validation.
/// </summary>
/// <param name="runner">Trains.</param>
/// <param name="options">The configuration.</param>
/// <param name="epochs">Epochs of each rung.</param>
internal sealed class SingleReferences(TrialRunner runner, SundryOptions options, IReadOnlyList<int> epochs)
{
    private readonly string[] _tasks = [.. options.Tasks.Keys];
    private readonly List<SortedDictionary<double, double>> _tried = [];
    private double[] _chosen = [];

    /// <summary>By task: what it came to.</summary>
    public IReadOnlyList<ReferenceResult> Results { get; private set; } = [];

    /// <summary>Seconds that training all tasks once more would take.</summary>
    public double Seconds { get; private set; }

    /// <summary>Trains every task alone under every rate, the first rate first.</summary>
    /// <param name="rates">Learning rates.</param>
    /// <param name="mayGoOn">Asked before each further rate.</param>
    /// <param name="doing">Told what is trained.</param>
    /// <param name="cancel">Stops.</param>
    public void Train(IReadOnlyList<double> rates, Func<bool> mayGoOn, Action<string> doing, CancellationToken cancel)
    {
        var runs = new List<(int Task, double Rate, JudgedModel Last)>();
        InputException? failure = null;
        for (var r = 0; r < rates.Count; r++)
        {
            // either all tasks are given a rate or none is
            if (r > 0 && !_tasks.Select((_, t) => runner.IsKept(Name(t, rates[r], 0, epochs.Count - 1))).All(kept => kept) && !mayGoOn()) break;
            doing($"learning rate {Text(rates[r])}, {r + 1} of {rates.Count}");
            for (var t = 0; t < _tasks.Length; t++)
            {
                try
                {
                    JudgedModel? last = null;
                    for (var rung = 0; rung < epochs.Count; rung++) last = Judge(t, rates[r], 0, rung, cancel);
                    runs.Add((t, rates[r], last!));
                }
                catch (InputException e) when (e.File is null)
                {
                    // a rate that ends in no numbers is one that does not suit
                    failure = e;
                }
            }
        }

        _chosen = new double[_tasks.Length];
        var results = new List<ReferenceResult>();
        for (var t = 0; t < _tasks.Length; t++)
        {
            var own = runs.Where(r => r.Task == t).Select(r => (r.Rate, Value: Value(r.Last), r.Last)).ToList();
            if (own.Count == 0) throw failure ?? new InputException($"task '{_tasks[t]}' could not be trained alone");
            var task = own[0].Last.Predictions[0].Task;
            var metric = TaskMetrics.For(task);
            var best = own.OrderByDescending(r => TaskMetrics.Goodness(metric, r.Value)).First();
            _chosen[t] = best.Rate;
            _tried.Add(new(own.ToDictionary(r => r.Rate, r => r.Value)));
            results.Add(new(_tasks[t], metric, best.Rate, best.Value, best.Last.Head.Parameters, _tried[t].ToDictionary(r => Text(r.Key), r => r.Value)));
            Seconds += Enumerable.Range(0, epochs.Count).Sum(k => Judge(t, best.Rate, 0, k, cancel).Head.Seconds);
        }

        Results = results;
    }

    /// <summary>What a task comes to alone, after the epochs of a rung.</summary>
    public TaskPredictions At(int task, int rung, CancellationToken cancel) => Judge(task, _chosen[task], 0, rung, cancel).Predictions[0];

    /// <summary>All tasks alone, trained to the end with another seed, on validation.</summary>
    public ContestResult Judge(int seed, CancellationToken cancel) => Contest(seed, [.. _tasks.Select((_, t) => Judge(t, _chosen[t], seed, epochs.Count - 1, cancel))]);

    /// <summary>The same on the test rows.</summary>
    public ContestResult JudgeTest(int seed, CancellationToken cancel) =>
        Contest(seed, [.. _tasks.Select((name, t) => runner.JudgeTest($"test-{Work(t, _chosen[t], seed)}", Work(t, _chosen[t], seed), Options(_chosen[t], seed), [name], cancel))]);

    /// <summary>Deletes the checkpoints.</summary>
    public void Forget(int seeds)
    {
        for (var t = 0; t < _tasks.Length; t++)
            for (var seed = 0; seed < seeds; seed++)
                foreach (var rate in _tried[t].Keys)
                    runner.Forget(Work(t, rate, seed));
    }

    /// <summary>The rates that single tasks are offered: the configuration's, and such as the search tries.</summary>
    public static IReadOnlyList<double> Rates(double configured, IReadOnlyList<SearchDimension> dimensions)
    {
        var tried = dimensions.FirstOrDefault(d => d.Path == "training.learning_rate");
        string[] further = tried is null ? []
            : tried.IsRange ? [tried.At(1 / 6.0), tried.At(0.5), tried.At(5 / 6.0)]
            : [.. tried.Values.Take(4)];
        double[] rates = tried is null ? [configured / 3, configured * 3] : [.. further.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return [.. rates.Where(r => r is >= 1e-9 and <= 100).Prepend(configured).Distinct()];
    }

    private JudgedModel Judge(int task, double rate, int seed, int rung, CancellationToken cancel) =>
        runner.Judge(Name(task, rate, seed, rung), Work(task, rate, seed), Options(rate, seed), [_tasks[task]], epochs[rung], cancel);

    private SundryOptions Options(double rate, int seed) => options with
    {
        Model = options.Model with { Architecture = Contestant.Single },
        Training = options.Training with
        {
            LearningRate = rate,
            Balancing = new(),
            Seed = options.Training.Seed + seed,
            // a task alone watches its own metric, whatever the search watches
            EarlyStopping = new() { Patience = options.Training.EarlyStopping.Patience },
        },
    };

    private ContestResult Contest(int seed, IReadOnlyList<JudgedModel> models) => new(
        new Contestant(Contestant.Single, "equal", options.Training.Seed + seed), [.. models.Select(m => m.Predictions[0])], models.Sum(m => m.Head.TotalSeconds), models.Sum(m => m.Head.Parameters))
    {
        DenseParameters = models.Sum(m => m.Head.Dense),
    };

    private static double Value(JudgedModel model)
    {
        var rows = model.Predictions[0];
        var metric = TaskMetrics.For(rows.Task);
        return rows.Metrics(bootstrap: 0).Single(m => m.Name == metric).Value;
    }

    private static string Name(int task, double rate, int seed, int rung) => $"{Work(task, rate, seed)}-rung-{rung}";

    private static string Work(int task, double rate, int seed) => $"alone-{task}-rate-{Text(rate)}-seed-{seed}";

    private static string Text(double rate) => rate.ToString("R", CultureInfo.InvariantCulture);
}
