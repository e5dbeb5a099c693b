using System.Diagnostics;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// How much sharing costs as tasks have less in common: architectures of equal numbers of weights, trained for equal epochs on regression tasks
/// whose correlation is set, after Ma et al., KDD 2018, sections 3.2 and 5.2. The experts are the configuration's; ple has as many on one level, half of them
/// shared, and shared_bottom one layer so wide that no model has more weights than mmoe. Beside it goes the small bottom of the paper's section 3.3, which the configuration
/// names.
/// </summary>
/// <param name="options">What is run.</param>
/// <param name="simulate">Writes the data of a correlation and a seed into a folder, with a sundry.yaml, and gives the correlation of the labels.</param>
/// <param name="folder">Where data sets stand while they are used; each is removed after it.</param>
public sealed class CorrelationBenchmark(CorrelationBenchmarkOptions options, Func<double, int, string, double> simulate, string folder)
{
    /// <summary>The ways to share, in the order of the table.</summary>
    public static IReadOnlyList<string> Models { get; } = ["shared_bottom", "small bottom", "mmoe", "ple"];

    /// <summary>Runs everything.</summary>
    /// <param name="progress">Told of each training, in a sentence.</param>
    /// <param name="cancel">Stops.</param>
    public CorrelationBenchmarkResult Run(IProgress<string> progress, CancellationToken cancel)
    {
        options.Validate();
        var watch = Stopwatch.StartNew();
        var points = new List<CorrelationBenchmarkResult.Point>();
        IReadOnlyList<CorrelationBenchmarkResult.Architecture> known = [];
        var (rows, epochs, done) = (0, 0, 0);
        var all = options.Correlations.Count * options.Seeds * Models.Count;
        foreach (var correlation in options.Correlations)
        {
            var losses = Models.ToDictionary(a => a, _ => new List<double>());
            var labels = 0.0;
            for (var seed = 1; seed <= options.Seeds; seed++)
            {
                var place = Path.Combine(folder, $"data-{correlation:0.###}-{seed}");
                if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
                labels += simulate(correlation, seed, place) / options.Seeds;
                var config = Read(place);
                using (var data = Dataset.Prepare(config.Request(place), null, cancel))
                {
                    (rows, epochs) = (data.Train.Count, config.Training.Epochs);
                    var models = Sized(data.Layout, config.Model);
                    known = [.. models.Select((m, i) => new CorrelationBenchmarkResult.Architecture(Models[i], Weights(data.Layout, m), Sizes(m)))];
                    foreach (var (name, model) in Models.Zip(models))
                    {
                        var runs = new List<double>();
                        for (var repeat = 0; repeat < options.Repeats; repeat++)
                            runs.Add(Train(data, config with { Model = model, Training = config.Training with { Seed = seed + 1000 * repeat } }, place, cancel));
                        losses[name].Add(runs.Average());
                        var left = Figures.Duration(watch.Elapsed.TotalSeconds / ++done * (all - done));
                        progress.Report($"{done} of {all}: correlation {correlation:0.0#}, seed {seed}, {name}: test loss {string.Join(' ', runs.Select(r => r.ToString("0.0000")))}{(done < all ? $"; about {left} left" : "")}");
                    }
                }

                Directory.Delete(place, recursive: true);
            }

            points.Add(new(correlation, labels, losses.ToDictionary(l => l.Key, l => (IReadOnlyList<double>)l.Value)));
        }

        return new(options, known, points, rows, epochs, watch.Elapsed.TotalSeconds, Machine.Here());
    }

    /// <summary>The models: of as many weights as the configuration's mmoe, or a unit's worth fewer, but for the small bottom.</summary>
    internal static IReadOnlyList<ModelOptions> Sized(Layout layout, ModelOptions usual)
    {
        var mmoe = usual with { Architecture = "mmoe" };
        var most = Weights(layout, mmoe);
        int tasks = layout.Tasks.Count, shared = mmoe.Experts.Count / 2, own = Math.Max(1, (mmoe.Experts.Count - shared) / tasks);
        return
        [
            Widest(width => usual with { Architecture = "shared_bottom", Bottom = [width] }),
            usual with { Architecture = "shared_bottom" },
            mmoe,
            Widest(width => usual with { Architecture = "ple", Experts = usual.Experts with { Levels = 1, Shared = shared, Own = own, Layers = [width] } }),
        ];

        // weights grow by the same number with each unit
        ModelOptions Widest(Func<int, ModelOptions> model)
        {
            long one = Weights(layout, model(1)), two = Weights(layout, model(2));
            return model((int)Math.Max(1, 1 + (most - one) / (two - one)));
        }
    }

    private static long Weights(Layout layout, ModelOptions model) => new MultiTaskModel(layout, model).Graph.WeightCount;

    private static string Sizes(ModelOptions m) => m.Architecture switch
    {
        "shared_bottom" => $"bottom of {m.Bottom[0]}",
        "ple" => $"{m.Experts.Shared} shared experts and {m.Experts.Own} a task, of {m.Experts.Layers[0]}, one level",
        _ => $"{m.Experts.Count} experts of {m.Experts.Layers[0]}",
    };

    private SundryOptions Read(string place)
    {
        return ConfigReader.ReadFile<SundryOptions>(Path.Combine(place, "sundry.yaml"), [new("training.threads", options.Threads.ToString()), .. options.Set]);
    }

    private double Train(Dataset data, SundryOptions config, string place, CancellationToken cancel)
    {
        using var trained = new Trainer(data, config, Path.Combine(place, "training")).Train(cancel: cancel);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        return Evaluation.Predict(trained.Model, trained.Store, data.Test!, threads, cancel).Average(Loss);
    }

    // in units of the label's variance, so that tasks count alike and 1 is a model that knows nothing
    private static double Loss(TaskPredictions task)
    {
        var mean = task.Labels.Average(l => (double)l);
        var (error, variance) = (0.0, 0.0);
        for (var i = 0; i < task.Labels.Length; i++)
        {
            error += Math.Pow(task.Values[i] - (double)task.Labels[i], 2);
            variance += Math.Pow(task.Labels[i] - mean, 2);
        }

        return error / variance;
    }
}
