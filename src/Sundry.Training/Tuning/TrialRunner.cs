using System.Data.Common;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Trains models of a search, each as far as it is wanted, and keeps what they say; what is kept already is not trained again.</summary>
internal sealed class TrialRunner : IDisposable
{
    private readonly Dataset _data;
    private readonly TuneStore _store;
    private readonly string _base;
    private readonly string _configured;
    private readonly IRunObserver _observer;
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private Dataset? _other;
    private string _otherKey = "";

    /// <summary>Begins.</summary>
    /// <param name="data">The rows of the configuration as it stands; they stay the caller's.</param>
    /// <param name="options">That configuration.</param>
    /// <param name="baseDirectory">The folder that its paths start from.</param>
    /// <param name="store">Where results and checkpoints lie.</param>
    /// <param name="observer">Told how it goes on.</param>
    public TrialRunner(Dataset data, SundryOptions options, string baseDirectory, TuneStore store, IRunObserver observer)
    {
        _data = data;
        _base = baseDirectory;
        _store = store;
        _observer = observer;
        _configured = Key(options);
    }

    /// <summary>Opens the database that a log names, for reading; null where there is nobody who can.</summary>
    public Func<string, DbConnection>? OpenDatabase { get; init; }

    /// <summary>Seconds of trainings that an earlier call took and this one found done.</summary>
    public double FoundSeconds { get; private set; }

    /// <summary>Whether this is kept already.</summary>
    public bool IsKept(string name) => _store.Read<JudgedModel.Facts>(name + ".run") is not null;

    /// <summary>A model's validation predictions after at most some epochs.</summary>
    /// <param name="name">Under which it is kept.</param>
    /// <param name="work">The folder of its checkpoints, which a later call goes on from.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="tasks">The tasks to learn; null for all.</param>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="cancel">Stops; the last whole epoch is kept.</param>
    public JudgedModel Judge(string name, string work, SundryOptions options, IReadOnlyCollection<string>? tasks, int epochs, CancellationToken cancel)
    {
        if (Find(name, _data.Validation, tasks) is { } known)
        {
            if (_counted.Add(name)) FoundSeconds += known.Head.Seconds;
            return known;
        }

        _counted.Add(name);

        var data = Data(options, cancel);
        var trainer = Trainer(work, options, tasks, epochs, data);
        var learned = 0.0;
        using var trained = Train(trainer, p => learned += p.Finished!.Seconds, cancel);
        var predictions = Evaluation.Predict(trained.Model, trained.Store, data.Validation, Environment.ProcessorCount, cancel);
        var best = trained.History[trained.BestEpoch - 1];
        var facts = new JudgedModel.Facts(trained.History.Count, trained.BestEpoch, best.Score, learned, trained.History.Sum(e => e.Seconds), trained.Model.Graph.WeightCount, EqualSizes.Dense(trained.Model));
        _store.Keep(name + ".run", facts, [.. predictions.Select(p => p.Values)]);
        return new(facts, predictions);
    }

    /// <summary>What a model that was trained to the end says of the test rows: called for nothing but the last judgement.</summary>
    public JudgedModel JudgeTest(string name, string work, SundryOptions options, IReadOnlyCollection<string>? tasks, CancellationToken cancel)
    {
        var test = _data.Test ?? throw new InvalidOperationException("there are no test rows");
        if (Find(name, test, tasks) is { } known) return known;
        var data = Data(options, cancel);
        using var trained = Train(Trainer(work, options, tasks, options.Training.Epochs, data), _ => { }, cancel);
        var predictions = Evaluation.Predict(trained.Model, trained.Store, data.Test!, Environment.ProcessorCount, cancel);
        var facts = new JudgedModel.Facts(trained.History.Count, trained.BestEpoch, double.NaN, 0, trained.History.Sum(e => e.Seconds), trained.Model.Graph.WeightCount, EqualSizes.Dense(trained.Model));
        _store.Keep(name + ".run", facts, [.. predictions.Select(p => p.Values)]);
        return new(facts, predictions);
    }

    /// <summary>Deletes the checkpoints of a model that nobody goes on from.</summary>
    public void Forget(string work)
    {
        var folder = _store.WorkFolder(work);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => _other?.Dispose();

    private TrainedModel Train(Trainer trainer, Action<TrainProgress> finished, CancellationToken cancel) => trainer.Train(
        resume: true,
        new Relay<TrainProgress>(p =>
        {
            if (p.Finished is not null) finished(p);
            _observer.Training(p);
        }),
        cancel);

    private Trainer Trainer(string work, SundryOptions options, IReadOnlyCollection<string>? tasks, int epochs, Dataset data) =>
        new(data, options, _store.WorkFolder(work), tasks) { KeepsCheckpoint = true, PauseAfter = epochs };

    // the last configuration's rows stay open: neighbours in a search often share them
    private Dataset Data(SundryOptions options, CancellationToken cancel)
    {
        var key = Key(options);
        if (key == _configured) return _data;
        if (_other is not null && key == _otherKey) return _other;
        _other?.Dispose();
        _other = null;
        var data = Dataset.Prepare(options.Request(_base) with { OpenDatabase = OpenDatabase }, new Relay<PrepareProgress>(_observer.Preparing), cancel);
        if (!SameRows(data.Validation, _data.Validation) || !SameRows(data.Test, _data.Test))
        {
            data.Dispose();
            throw new InputException("a setting that is tried changes which rows can be read, so that trials would not be judged on the same rows; take it out of 'tune.try', or set 'data.on_bad_row: stop'");
        }

        (_other, _otherKey) = (data, key);
        return data;
    }

    // as many of each source
    private static bool SameRows(EncodedTable? rows, EncodedTable? others) => rows?.Count == others?.Count && (rows is null || rows.Sources.SequenceEqual(others!.Sources));

    private static string Key(SundryOptions options) => ConfigWriter.ToCanonical(options with { Model = new(), Training = new(), Tune = null });

    private JudgedModel? Find(string name, EncodedTable rows, IReadOnlyCollection<string>? tasks)
    {
        if (_store.Read<JudgedModel.Facts>(name + ".run") is not var (facts, values)) return null;
        int[] columns = [.. Enumerable.Range(0, _data.Layout.Tasks.Count).Where(t => tasks is null || tasks.Contains(_data.Layout.Tasks[t].Name))];
        if (values.Length != columns.Length) return null;
        var predictions = new List<TaskPredictions>();
        for (var i = 0; i < columns.Length; i++)
        {
            var task = _data.Layout.Tasks[columns[i]];
            if (values[i].Length != rows.RowsOf(task).Count * (task.Type == TaskType.Multiclass ? task.Classes.Count : 1)) return null;
            predictions.Add(Evaluation.Judged(task, rows, outputs: 0) with { Values = values[i] });
        }

        return new(facts, predictions);
    }
}
