using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Trains all tasks together once and measures what they are to each other: cosines of their gradients, look-ahead affinity, which of them to
/// learn together. It keeps no model.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="options">The configuration; the architecture is the request's.</param>
/// <param name="folder">Where checkpoints go meanwhile.</param>
/// <param name="observer">Told how it goes on.</param>
public sealed class AffinityStudy(Dataset data, SundryOptions options, string folder, IRunObserver observer)
{
    private const int LeastLooks = 200;
    private const int MostBetween = 10;

    /// <summary>Whether tasks are measured in other batches than they are trained in: such as hold rows of all sources, since only tasks with a row in the same batch can be compared.</summary>
    public static bool Mixes(SundryOptions options) => options.Data.Sources.Count > 0 && options.Training.Sources.Draw != SourceDraw.Mixed;

    /// <summary>Says what is wrong with a request before anything is read.</summary>
    /// <exception cref="InputException">There is one task only, the architecture is unknown or cannot serve the tasks, weights would have to be searched for first, or a number is out of its range.</exception>
    public static void Check(SundryOptions options, AffinityRequest request)
    {
        if (options.Tasks.Count < 2)
            throw new InputException($"affinity is between tasks, and 'tasks' names only '{options.Tasks.Keys.FirstOrDefault()}'; give at least two");
        if (!Architectures.Names.Contains(request.Architecture))
            throw new InputException($"there is no architecture '{request.Architecture}'{NearestName.Ask(request.Architecture, Architectures.Names)} (they are {string.Join(", ", Architectures.Names)})");
        if (Architectures.Create(request.Architecture).Refuse([.. options.Tasks.Select(t => TaskSchema.Of(t.Key, t.Value))], options.Model) is { } refusal) throw new InputException(refusal);
        if (options.Training.Balancing is { Method: "searched", Weights: null })
            throw new InputException("'balancing: searched' would search for weights first, and affinity looks at gradients before they are weighed; give --set training.balancing=equal");
        if (request.Every is < 1) throw new InputException($"--every {request.Every} is not at least 1");
        if (request.Models < 1) throw new InputException($"--models {request.Models} is not at least 1");
        if (request.Rate is { } rate && !(rate > 0 && double.IsFinite(rate))) throw new InputException($"--rate {rate} is not above 0");
    }

    /// <summary>Trains and measures.</summary>
    /// <exception cref="InputException">As <see cref="Check"/> says; or no step held rows of two tasks.</exception>
    public AffinityResult Measure(AffinityRequest request, CancellationToken cancel)
    {
        Check(options, request);
        var steps = (long)options.Training.Epochs * ((data.Train.Count + options.Training.Batch - 1) / options.Training.Batch);
        var own = options with
        {
            Model = options.Model with { Architecture = request.Architecture },
            Training = options.Training with
            {
                Diagnostics = request.Every ?? (int)Math.Clamp(steps / LeastLooks, 1, MostBetween),
                Sources = Mixes(options) ? new() : options.Training.Sources,
            },
        };
        string[] tasks = [.. data.Layout.Tasks.Select(t => t.Name)];
        var ahead = new LookAhead(tasks.Length, request.Rate);
        var trainer = new Trainer(data, own, folder) { LookAhead = ahead };
        using var trained = Train(trainer, cancel);
        var gradients = GradientRecord.Over(trained.History)!;
        if (gradients.Pairs.All(p => p.Steps == 0))
        {
            throw new InputException(Mute(data.Layout.Tasks) ?? "no step that was looked at held rows of two tasks, so that nothing can be said of them; raise 'training.batch', or look at more steps with --every 1");
        }

        var (z, errors) = (Table(ahead.Mean), Table(ahead.Error));
        var groupings = TaskGrouping.Best(z, tasks, request.Models);
        int Place(string task) => Array.IndexOf(tasks, task);
        return new AffinityResult(
            request.Architecture, options.Training.Balancing.Method, tasks, gradients.Steps, trained.History.Sum(e => e.Seconds), gradients,
            Rows(z), Rows(errors), groupings, TaskGrouping.Advise(groupings, Tolerance(errors)),
            PairFindings.Of(gradients, tasks.ToDictionary(t => t, t => Weight(trained.History, t)), (a, b) => (z[Place(a), Place(b)], errors[Place(a), Place(b)]), request.Architecture), trained.History);

        double[,] Table(Func<int, int, double> value)
        {
            var table = new double[tasks.Length, tasks.Length];
            for (var i = 0; i < tasks.Length; i++)
                for (var j = 0; j < tasks.Length; j++)
                    table[i, j] = value(i, j);
            return table;
        }
    }

    /// <summary>Names a task that is told to teach nothing that others read; null where there is none.</summary>
    internal static string? Mute(IEnumerable<TaskSchema> tasks) => tasks.FirstOrDefault(t => t.Gradient.Shared == 0 || t.Gradient.Representation == 0) is { } mute
        ? $"task '{mute.Name}' teaches nothing that is shared, as its 'gradient' says, so that it can neither help nor hinder another; remove that to measure it"
        : null;

    // what was looked at before an interruption is not kept, so that there is nothing to go on from
    private TrainedModel Train(Trainer trainer, CancellationToken cancel)
    {
        try
        {
            return trainer.Train(progress: new Relay<TrainProgress>(observer.Training), cancel: cancel);
        }
        finally
        {
            trainer.DeleteCheckpoint();
        }
    }

    private static double Weight(IReadOnlyList<EpochRecord> history, string task) =>
        history.Select(e => e.Weights?[task] ?? double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    // twice the standard error of the score of all tasks in one model
    private static double Tolerance(double[,] errors)
    {
        var count = errors.GetLength(0);
        var squares = 0.0;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                if (i != j && double.IsFinite(errors[i, j]))
                    squares += errors[i, j] * errors[i, j];
        return 2 * Math.Sqrt(squares) / (count - 1);
    }

    private static double[][] Rows(double[,] table) =>
        [.. Enumerable.Range(0, table.GetLength(0)).Select(i => Enumerable.Range(0, table.GetLength(1)).Select(j => table[i, j]).ToArray())];
}
