using System.Diagnostics;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Trains contestants on equal terms (the same rows, features, sizes, epochs and seeds) and says of each task whether it gains or loses by
/// being learned together, against single-task models.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="options">The configuration; architecture, balancing and seed are the contestants'.</param>
/// <param name="folder">Where contestants that are done are kept, so that a comparison that was stopped goes on.</param>
/// <param name="observer">Told how it goes on.</param>
public sealed class Comparison(Dataset data, SundryOptions options, string folder, IRunObserver observer)
{
    private ContestStore? _store;
    private EqualSizes? _sizes;

    /// <summary>Whether every architecture is scaled to the dense weights of the configuration's own model, single-task models together too; where not, each has the configuration's widths.</summary>
    /// <value>Default: false.</value>
    public bool EqualParameters { get; init; }

    private ContestStore Store => _store ??= new(folder, data, options, EqualParameters);

    /// <summary>Trains and judges one contestant, or takes over what an earlier call has found for it.</summary>
    public ContestResult Run(Contestant contestant, CancellationToken cancel)
    {
        if (Store.Find(contestant) is { } known) return known;
        var result = contestant.Architecture == Contestant.Single ? RunSingle(contestant, cancel) : RunTogether(contestant, null, cancel);
        Store.Keep(result);
        return result;
    }

    /// <summary>Every architecture under every balancing with every seed, single-task models first.</summary>
    /// <param name="architectures">Architectures; single_task is always there.</param>
    /// <param name="balancers">Balancers.</param>
    /// <param name="seeds">Number of seeds, counted up from the configuration's.</param>
    /// <param name="cancel">Stops; what is done is kept.</param>
    public IReadOnlyList<ComparisonResult> Compare(IReadOnlyList<string> architectures, IReadOnlyList<string> balancers, int seeds, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        // before any of them is trained
        if (balancers.Select(b => options.NegativeLoss(b) ?? SourceRules.Refuse(options, b)).FirstOrDefault(r => r is not null) is { } refused) throw new InputException(refused);
        foreach (var architecture in architectures.Where(a => a != Contestant.Single)) _ = new MultiTaskModel(data.Layout, options.Model with { Architecture = architecture });
        var groups = new List<(string Architecture, string Balancing)> { (Contestant.Single, options.Training.Balancing.Method) };
        groups.AddRange(architectures.Where(a => a != Contestant.Single).SelectMany(a => balancers.Select(b => (a, b))));
        var results = new List<IReadOnlyList<ContestResult>>();
        var (done, trained, watch) = (0, 0, Stopwatch.StartNew());
        foreach (var (architecture, balancing) in groups)
        {
            var runs = new List<ContestResult>();
            for (var s = 0; s < seeds; s++)
            {
                var contestant = new Contestant(architecture, balancing, options.Training.Seed + s);
                var all = groups.Count * seeds;
                if (Store.Find(contestant) is { } known)
                {
                    done++;
                    runs.Add(known);
                    continue;
                }

                observer.Doing($"{done + 1} of {all}: {contestant}{(trained > 0 ? $"; about {Figures.Duration(watch.Elapsed.TotalSeconds / trained * (all - done))} left" : "")}");
                runs.Add(Run(contestant, cancel));
                done++;
                trained++;
            }

            results.Add(runs);
        }

        return Summarise(results);
    }

    /// <summary>One line a group of runs that differ in nothing but the seed; the first group is the single-task models.</summary>
    public static IReadOnlyList<ComparisonResult> Summarise(IReadOnlyList<IReadOnlyList<ContestResult>> groups) =>
        [.. groups.Select((runs, i) => Summarise(runs, i == 0 ? null : groups[0]))];

    /// <summary>One task of some runs beside the single-task models': the difference, its interval over rows and seeds, and the verdict.</summary>
    public static MetricDifference Difference(IReadOnlyList<ContestResult> runs, IReadOnlyList<ContestResult> single, int task)
    {
        var rows = runs[0].Predictions[task];
        return PairedBootstrap.Compare(
            rows.Task, TaskMetrics.For(rows.Task), [.. runs.Select(r => r.Predictions[task].Values)], [.. single.Select(r => r.Predictions[task].Values)], rows.Labels, rows.Weights, TrainingRun.Bootstrap);
    }

    private static ComparisonResult Summarise(IReadOnlyList<ContestResult> runs, IReadOnlyList<ContestResult>? single)
    {
        var first = runs[0];
        var tasks = first.Predictions.Select((rows, t) =>
        {
            var metric = TaskMetrics.For(rows.Task);
            double[] values = [.. runs.Select(r => r.Predictions[t].Metrics(bootstrap: 0).Single(m => m.Name == metric).Value)];
            return new ComparisonTask(rows.Task.Name, metric, SeedSummary.Of(values), single is null ? null : Difference(runs, single, t));
        });
        return new ComparisonResult(first.Contestant.Architecture, first.Contestant.Balancing, runs.Count, runs.Average(r => r.Seconds), first.Parameters, [.. tasks]) { DenseParameters = first.DenseParameters };
    }

    private ContestResult RunSingle(Contestant contestant, CancellationToken cancel)
    {
        var parts = data.Layout.Tasks.Select(t => RunTogether(contestant, t.Name, cancel)).ToList();
        return new ContestResult(contestant, [.. parts.Select(p => p.Predictions[0])], parts.Sum(p => p.Seconds), parts.Sum(p => p.Parameters)) { DenseParameters = parts.Sum(p => p.DenseParameters) };
    }

    private ContestResult RunTogether(Contestant contestant, string? task, CancellationToken cancel)
    {
        var own = options with
        {
            Model = Sized(contestant.Architecture),
            Training = options.Training with
            {
                Balancing = Balancing(contestant.Balancing),
                Seed = contestant.Seed,
                Epochs = task is null ? options.Training.Epochs : SourceRules.EpochsAlone(options, options.Tasks[task].Source),
            },
        };
        var search = Path.Combine(folder, "search");
        if (task is null) own = WeightSearch.Resolve(data, own, search, observer, cancel);
        var trainer = new Trainer(data, own, Path.Combine(folder, "training"), task is null ? null : [task]);
        using var trained = trainer.Train(progress: new Relay<TrainProgress>(observer.Training), cancel: cancel);
        if (Directory.Exists(search)) Directory.Delete(search, recursive: true);
        var judged = data.Test ?? data.Validation;
        var predictions = Evaluation.Predict(trained.Model, trained.Store, judged, Environment.ProcessorCount, cancel);
        return new ContestResult(contestant, predictions, trained.History.Sum(e => e.Seconds), trained.Model.Graph.WeightCount) { DenseParameters = EqualSizes.Dense(trained.Model) };
    }

    private ModelOptions Sized(string architecture)
    {
        if (!EqualParameters) return options.Model with { Architecture = architecture };
        _sizes ??= new(data.Layout, options.Model);
        var sized = _sizes.For(architecture);
        var dense = _sizes.Dense(sized);
        if (!_sizes.IsEqual(dense)) observer.Doing($"note: {architecture} comes no nearer to {_sizes.Target:N0} dense weights than {dense:N0}");
        return sized;
    }

    // the configuration's settings belong to its own method; others come with their defaults
    private BalancingOptions Balancing(string method) => method == options.Training.Balancing.Method ? options.Training.Balancing : new() { Method = method };
}
