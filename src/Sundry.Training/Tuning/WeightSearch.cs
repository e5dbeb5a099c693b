using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// What <c>balancing: searched</c> does before a training: weightings on the simplex, drawn log-uniformly from a fifth to five times of each
/// other and judged on validation by what early stopping watches, under successive halving. Equal weights are the first of them.
/// </summary>
public static class WeightSearch
{
    private const int UsualTrials = 12;
    private const int Reduction = 3;
    private const double Reach = 5;

    /// <summary>The options with the weights that were found; the same options where there is nothing to search for.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="folder">Where trials are kept, so that a search that was stopped goes on; the caller's to delete.</param>
    /// <param name="observer">Told how it goes on.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">No weighting can be trained.</exception>
    public static SundryOptions Resolve(Dataset data, SundryOptions options, string folder, IRunObserver observer, CancellationToken cancel)
    {
        var balancing = options.Training.Balancing;
        if (balancing is not { Method: "searched", Weights: null } || data.Layout.Tasks.Count < 2) return options;
        var halving = new SuccessiveHalving(options.Training.Epochs, Reduction);
        using var runner = new TrialRunner(data, options, "", TuneStore.OpenOrReplace(folder, Fingerprint(data, options)), observer);
        var most = balancing.Trials ?? UsualTrials;
        var trials = new List<SundryOptions>();
        InputException? failure = null;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var next = halving.Promote();
            if (next is null && trials.Count < most)
            {
                trials.Add(With(options, Draw(data.Layout.Tasks, (ulong)options.Training.Seed, trials.Count + 1)));
                next = (trials.Count, 0);
            }

            if ((next ?? halving.PromoteBest()) is not var (number, rung)) break;
            observer.Doing($"searching for weights: {number} of {most} ({Words(trials[number - 1])}), up to epoch {halving.Epochs[rung]} of {halving.Epochs[^1]}");
            try
            {
                var judged = runner.Judge(Tuner.Name(number, rung), Tuner.Work(number), trials[number - 1], null, halving.Epochs[rung], cancel);
                halving.Report(number, rung, new(judged.Head.Score));
            }
            catch (InputException e) when (e.File is null)
            {
                failure = e;
                halving.Report(number, rung, TrialScore.None);
            }
        }

        if (halving.Finished.Count == 0) throw failure ?? new InputException("none of the weightings could be judged: every task's metric is undefined on validation");
        var best = trials[halving.Finished[0] - 1];
        observer.Doing($"weights found: {Words(best)}");
        return best;
    }

    // weights that sum to the number of tasks, so that the step is as long as with equal ones
    private static Dictionary<string, double> Draw(IReadOnlyList<TaskSchema> tasks, ulong seed, int number)
    {
        var key = CounterRandom.Derive(CounterRandom.Derive(seed, "weights"), (ulong)number);
        double[] raw = [.. tasks.Select((_, t) => number == 1 ? 1 : Math.Pow(Reach, 2 * CounterRandom.Uniform(key, (ulong)t) - 1))];
        var sum = raw.Sum();
        return tasks.Select((task, t) => (task.Name, Weight: raw[t] / sum * tasks.Count))
            .ToDictionary(t => t.Name, t => double.Parse(t.Weight.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    private static SundryOptions With(SundryOptions options, Dictionary<string, double> weights) =>
        options with { Training = options.Training with { Balancing = options.Training.Balancing with { Weights = weights } } };

    private static string Words(SundryOptions options) => string.Join(", ", options.Training.Balancing.Weights!.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key} {w.Value}")));

    private static string Fingerprint(Dataset data, SundryOptions options)
    {
        using var encoder = new MemoryStream();
        data.Encoder.Save(encoder);
        var training = options.Training with { Threads = 0, Balancing = options.Training.Balancing with { Trials = null } };
        var tasks = string.Join('\n', options.Tasks.Select(t => $"{t.Key}\n{ConfigWriter.ToCanonical(t.Value)}"));
        return Convert.ToHexStringLower(SHA256.HashData([.. encoder.ToArray(), .. Encoding.UTF8.GetBytes($"{ConfigWriter.ToCanonical(options.Model)}\n{ConfigWriter.ToCanonical(training)}\n{tasks}\n{data.Train.Fingerprint}\n{data.Validation.Fingerprint}")]));
    }
}
