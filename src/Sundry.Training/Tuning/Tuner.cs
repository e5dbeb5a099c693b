using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Searches settings by asynchronous successive halving, on validation alone: single-task models first, then trials, each going on from its
/// checkpoint where it does well; the best are trained again with further seeds, and the one that is chosen is judged once on the test rows.
/// </summary>
/// <remarks>The same configuration, data and number of trials give the same trials and the same winner, whether or not the search was interrupted. Minutes are the only clock.</remarks>
public sealed class Tuner
{
    private const int UsualTrials = 30;
    // what single-task models may take of the minutes before further learning rates are left out
    private const double ShareOfReferences = 0.25;
    private const double ShareOfConfirmation = 0.35;

    private readonly Dataset _data;
    private readonly SundryOptions _options;
    private readonly TuneOptions _tune;
    private readonly TuneObjective _objective;
    private readonly SearchSpace _space;
    private readonly SuccessiveHalving _halving;
    private readonly IRunObserver _observer;
    private readonly TimeProvider _time;
    private readonly string _base;
    private readonly string _folder;
    private readonly List<Trial> _trials = [];
    private readonly List<TrialResult> _results = [];

    /// <summary>Prepares a search.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">The configuration, with its <c>tune</c> section.</param>
    /// <param name="baseDirectory">The folder that its relative paths start from.</param>
    /// <param name="folder">Where what is found is kept.</param>
    /// <param name="observer">Told how it goes on.</param>
    /// <param name="time">The clock that the minutes are measured by.</param>
    /// <exception cref="InputException">The objective or the space is none.</exception>
    public Tuner(Dataset data, SundryOptions options, string baseDirectory, string folder, IRunObserver observer, TimeProvider time)
    {
        _data = data;
        _tune = options.Tune ?? new();
        if (options.Training.Balancing is { Method: "searched", Weights: null })
            throw new InputException("'balancing: searched' is a search of its own, which a search cannot hold; set 'training.balancing: weighted' and try tasks.NAME.weight");
        _objective = TuneObjective.Parse(_tune.Objective, options.Tasks);
        _options = options with { Training = options.Training with { EarlyStopping = _objective.EarlyStopping(options.Training.EarlyStopping) } };
        _space = new SearchSpace(_options with { Tune = _tune }, (ulong)options.Training.Seed);
        _options = _options with { Tune = null };
        _halving = new SuccessiveHalving(options.Training.Epochs, _tune.Reduction);
        (_base, _folder, _observer, _time) = (baseDirectory, folder, observer, time);
    }

    /// <summary>Whether a search that is in the folder already is gone on with.</summary>
    /// <value>Default: false.</value>
    public bool Resume { get; init; }

    /// <summary>Whether a search that is in the folder already is deleted first.</summary>
    /// <value>Default: false.</value>
    public bool Replace { get; init; }

    /// <summary>Opens the database that a log names, for reading; null where there is nobody who can.</summary>
    /// <value>Default: null.</value>
    public Func<string, DbConnection>? OpenDatabase { get; init; }

    /// <summary>Searches to the end.</summary>
    /// <exception cref="InputException">No trial can be trained, or the folder holds another search.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was found is kept.</exception>
    public TuneResult Run(CancellationToken cancel)
    {
        if (Replace) TuneStore.Delete(_folder);
        var store = new TuneStore(_folder, Fingerprint(), Resume);
        using var runner = new TrialRunner(_data, _options, _base, store, _observer) { OpenDatabase = OpenDatabase };
        var clock = new TuneClock(_time, _tune.Minutes);
        var alone = new SingleReferences(runner, _options, _halving.Epochs);
        alone.Train(SingleReferences.Rates(_options.Training.LearningRate, _space.Dimensions), () => clock.IsBefore(ShareOfReferences), what => _observer.Doing("single-task models, " + what), cancel);
        clock.Found = runner.FoundSeconds;
        var ended = Search(store, runner, alone, clock, cancel);
        var result = new Confirmation(_data, runner, alone, _objective, _tune, _halving.Epochs[^1], () => clock.Allows(OneFinalist), _observer).Choose(
            [.. _halving.Finished.Select(n => _trials[n - 1])], cancel);
        for (var n = 1; n <= _trials.Count; n++) runner.Forget(Work(n));
        return result with
        {
            Objective = _objective.Text,
            Epochs = _halving.Epochs,
            Space = _space.Dimensions.ToDictionary(d => d.Path, d => d.ToString()),
            Trials = _trials,
            Results = _results,
            Ended = ended,
            Seconds = clock.Elapsed,
        };
    }

    /// <summary>The folder of a trial's checkpoints.</summary>
    internal static string Work(int trial) => $"trial-{trial:0000}";

    /// <summary>The name of what a trial came to on a rung.</summary>
    internal static string Name(int trial, int rung) => $"{Work(trial)}-rung-{rung}";

    private string Search(TuneStore store, TrialRunner runner, SingleReferences alone, TuneClock clock, CancellationToken cancel)
    {
        var most = _tune.Trials ?? (_tune.Minutes is null ? UsualTrials : int.MaxValue);
        var ended = "";
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Trial? fresh = null;
            var next = ended.Length > 0 ? _halving.PromoteBest(_tune.Finalists) : _halving.Promote();
            if (next is null && ended.Length == 0)
            {
                fresh = _trials.Count < most ? _space.Next() : null;
                if (fresh is null)
                {
                    ended = _trials.Count < most ? $"There is nothing else to try: {_trials.Count} trials are all that the settings allow." : $"All {_trials.Count} trials were made.";
                    continue;
                }
            }

            if (next is null && fresh is null) return ended;
            var (number, rung) = next ?? (fresh!.Number, 0);
            var kept = store.Read<TrialResult>(Name(number, rung) + ".json") is var (head, _) ? head : null;
            if (kept is null && _trials.Count > 0 && !clock.Allows(ended.Length > 0 ? ToTheEnd(rung, alone) : Each * NewEpochs(rung) + Reserve(clock, alone)))
            {
                var closing = ended.Length > 0;
                if (!closing) ended = $"The minutes were used up after {_trials.Count} trial{(_trials.Count == 1 ? "" : "s")}.";
                if (!closing && next is null) continue;
                // one has to come to the end whatever the clock says, and what was about to go on is marked as going on
                if (_halving.Finished.Count > 0) return ended;
            }

            if (fresh is not null) _trials.Add(fresh);
            if (kept is null) _observer.Doing(Say(number, rung, most, clock, alone));
            else clock.Found += kept.Seconds;
            var result = kept ?? Try(_trials[number - 1], rung, runner, alone, cancel);
            if (kept is null) store.Keep(Name(number, rung) + ".json", result);
            _results.Add(result);
            _halving.Report(number, rung, result.Score);
        }
    }

    // seconds of an epoch, so far
    private double Each => _results.Sum(r => NewEpochs(r.Rung)) is var epochs and > 0 ? _results.Sum(r => r.Seconds) / epochs : 0;

    private double OneFinalist => (_tune.Seeds - 1) * _halving.Epochs[^1] * Each;

    // what is kept for the end: for one finalist in any case, for the others as long as trials are left most of the time
    private double Reserve(TuneClock clock, SingleReferences alone)
    {
        var references = (_tune.Seeds - 1) * alone.Seconds;
        var rest = _halving.Epochs[^1] * Each;
        var missing = Math.Max(0, _tune.Finalists - _halving.Finished.Count);
        return references + Math.Max(OneFinalist + rest, Math.Min(_tune.Finalists * OneFinalist + missing * rest, clock.Part(ShareOfConfirmation)));
    }

    // one more trial for the last rung, and all that are there then confirmed
    private double ToTheEnd(int rung, SingleReferences alone) =>
        Each * (_halving.Epochs[^1] - (rung > 0 ? _halving.Epochs[rung - 1] : 0)) + (_halving.Finished.Count + 1) * OneFinalist + (_tune.Seeds - 1) * alone.Seconds;

    private int NewEpochs(int rung) => _halving.Epochs[rung] - (rung > 0 ? _halving.Epochs[rung - 1] : 0);

    private TrialResult Try(Trial trial, int rung, TrialRunner runner, SingleReferences alone, CancellationToken cancel)
    {
        try
        {
            var judged = runner.Judge(Name(trial.Number, rung), Work(trial.Number), trial.Options, null, _halving.Epochs[rung], cancel);
            var tasks = judged.Predictions.Select((rows, t) => Beside(rows, alone.At(t, rung, cancel))).ToList();
            var score = _objective.NoRegret ? TaskStanding.Score(Main(tasks)) : new TrialScore(judged.Head.Score);
            return new(trial.Number, rung, judged.Head.Epochs, judged.Head.BestEpoch, judged.Head.Seconds, judged.Head.Parameters, score.Value, score.Regret, tasks);
        }
        catch (InputException e) when (e.File is null)
        {
            // losses that are no longer numbers, or a model that cannot be built: this trial's misfortune, not the search's
            if (trial.Number == 1 && rung == 0 && trial.Settings.Count == 0) _observer.Doing($"the configuration as it stands came to nothing: {e.Message}");
            runner.Forget(Work(trial.Number));
            return new(trial.Number, rung, 0, 0, 0, 0, double.NaN, 0, [], e.Message);
        }
    }

    private IEnumerable<TaskStanding> Main(IReadOnlyList<TaskStanding> tasks) => Confirmation.Main(_data, tasks);

    private static TaskStanding Beside(TaskPredictions model, TaskPredictions alone) => TaskStanding.Of(
        model.Task.Name, PairedBootstrap.Compare(model.Task, TaskMetrics.For(model.Task), model.Values, alone.Values, model.Labels, model.Weights, TrainingRun.Bootstrap));

    private string Say(int number, int rung, int most, TuneClock clock, SingleReferences alone)
    {
        var of = most == int.MaxValue ? "" : $" of {most}";
        var best = _results.Where(r => !double.IsNaN(r.Value)).OrderByDescending(r => r.Rung).ThenByDescending(r => r.Score).FirstOrDefault();
        var so = best is null ? "" : $"; best so far trial {best.Trial} with {Words(best)} after {best.Epochs} epoch{(best.Epochs == 1 ? "" : "s")}";
        var settings = string.Join(' ', _trials[number - 1].Settings.Select(s => $"{s.Key[(s.Key.StartsWith("tasks.", StringComparison.Ordinal) ? 6 : s.Key.LastIndexOf('.') + 1)..]}={s.Value}"));
        return $"trial {number}{of}, up to epoch {_halving.Epochs[rung]} of {_halving.Epochs[^1]}{so}{Left(most, clock, alone)}{(rung == 0 && settings.Length > 0 ? $": {settings}" : "")}";
    }

    // without minutes: further trials as long as those so far, then the confirmation
    private string Left(int most, TuneClock clock, SingleReferences alone)
    {
        if (clock.Left is { Length: > 0 } left) return left;
        var tried = _results.Select(r => r.Trial).Distinct().Count();
        if (tried == 0) return "";
        var further = Math.Max(1, most - tried) * _results.Sum(r => r.Seconds) / tried;
        return $"; about {Figures.Duration(further + _tune.Finalists * OneFinalist + (_tune.Seeds - 1) * alone.Seconds)} left";
    }

    private string Words(TrialResult result) => !_objective.NoRegret ? Figures.Value(result.Value)
        : $"a mean gain of {Figures.Percent(result.Value)}{(result.Regret > 0 ? $" and regret {Figures.Percent(result.Regret)}" : "")}";

    // trials and minutes are left out: a search may be given more of them
    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var encoder = new MemoryStream();
        _data.Encoder.Save(encoder);
        hash.AppendData(encoder.ToArray());
        var options = _options with { Name = "", Training = _options.Training with { Threads = 0 }, Data = new() };
        var space = string.Join('\n', _space.Dimensions.Select(d => $"{d.Path} {d}"));
        hash.AppendData(Encoding.UTF8.GetBytes($"{ConfigWriter.ToCanonical(options)}\n{_objective.Text}\n{_tune.Reduction}\n{space}\n{_data.Train.Fingerprint}\n{_data.Validation.Fingerprint}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
