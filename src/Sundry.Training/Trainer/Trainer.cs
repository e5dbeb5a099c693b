using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Trains one model on one data set: epochs over shuffled rows, judged on validation after each, a checkpoint after each, the best epoch's
/// weights at the end. The same data, options and seed give the same weights bit for bit, whether or not the training was interrupted.
/// </summary>
public sealed class Trainer
{
    private const int ReportEvery = 8;

    private readonly Dataset _data;
    private readonly SundryOptions _options;
    private readonly Checkpoint _checkpoint;
    private readonly MultiTaskModel _model;
    private readonly int _threads;

    /// <summary>Prepares a training.</summary>
    /// <param name="data">The encoded rows.</param>
    /// <param name="options">The model and how to train it.</param>
    /// <param name="workFolder">Where checkpoints go; gone at the end unless <see cref="KeepsCheckpoint"/>.</param>
    /// <param name="tasks">The tasks to learn; null for all.</param>
    public Trainer(Dataset data, SundryOptions options, string workFolder, IReadOnlyCollection<string>? tasks = null)
    {
        _data = data;
        _options = options;
        _checkpoint = new Checkpoint(workFolder);
        _model = new MultiTaskModel(data.Layout, options.Model, tasks);
        _threads = options.Training.Threads > 0 ? options.Training.Threads : Environment.ProcessorCount;
    }

    /// <summary>Whether there is a checkpoint to go on from.</summary>
    public bool CanResume => _checkpoint.Exists;

    /// <summary>Whether the checkpoint of the last epoch stays after the training, until <see cref="DeleteCheckpoint"/> is called: for one who has the model to save yet.</summary>
    /// <value>Default: false.</value>
    public bool KeepsCheckpoint { get; init; }

    /// <summary>Looks at what a step for each task would do to the others, in the steps that diagnostics look at; null for not.</summary>
    internal LookAhead? LookAhead { get; init; }

    /// <summary>Epochs after which the training pauses, its checkpoint being what a later one goes on from; null for all of them. The learning rate falls as if it went on.</summary>
    /// <value>Default: null.</value>
    public int? PauseAfter { get; init; }

    /// <summary>Trains to the end.</summary>
    /// <param name="resume">Whether to go on from the checkpoint where there is one.</param>
    /// <param name="progress">Told several times a second, and at the end of each epoch.</param>
    /// <param name="cancel">Stops after the present step; the last whole epoch's checkpoint stays.</param>
    /// <exception cref="InputException">The checkpoint belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainedModel Train(bool resume = false, IProgress<TrainProgress>? progress = null, CancellationToken cancel = default)
    {
        var training = _options.Training;
        var optimizer = CreateOptimizer(training);
        var seed = (ulong)training.Seed;
        var store = new ParameterStore(_model.Graph, seed, optimizer.Moments);
        try
        {
            using var plan = new TrainingPlan(store, optimizer, training.Batch, training.Shards, _threads, CounterRandom.Derive(seed, "noise"));
            using var predictor = new Predictor(_model, store, Evaluation.Capacity(_data.Validation), _threads);
            var stopping = new EarlyStopping(training.EarlyStopping, [.. _model.Heads.Select(h => h.Task)]);
            var history = new List<EpochRecord>();
            var fingerprint = Fingerprint();
            var balancer = Balancers.Create(new BalancingSetup([.. _model.Heads.Select(h => h.Task)], training.Balancing, CounterRandom.Derive(seed, "balancing")));
            double[] ofRows = [.. _model.Heads.Select(h => h.Task.Gradient.Embedding)];
            using var separate = balancer is IGradientBalancer || ofRows.Any(part => part != 1)
                ? plan.SeparateTasks(_model.Heads.Count, training.Balancing.Of == "representation", ofRows)
                : null;
            using var diagnostics = GradientWatch.Of(plan, [.. _model.Heads.Select(h => h.Task.Name)], separate, training.Diagnostics, LookAhead);
            if (LookAhead is not null && diagnostics is null)
                throw new InputException(AffinityStudy.Mute(_model.Heads.Select(h => h.Task)) ?? $"with 'architecture: {_options.Model.Architecture}' the tasks share no weights, so that none can help or hinder another; take one that shares, such as shared_bottom");
            var step = new TrainingStep(_model, plan, balancer, separate is null ? null : new PlanGradients(separate), training.Clip ?? double.PositiveInfinity, diagnostics);
            if (resume && _checkpoint.Exists)
            {
                var state = _checkpoint.Load(store, fingerprint);
                plan.Steps = state.Steps;
                history = state.History;
                if (state.Balancing is { Length: > 0 } balancing) balancer.State = balancing;
                foreach (var done in history) stopping.Observe(done.Epoch, done.Score);
            }
            else
            {
                if (training.Initial is { } initial) InitialRows.Write(_data.Train, _model, store, initial, new FitRequest(CounterRandom.Derive(seed, "initial"), _threads, Cancel: cancel));
                _checkpoint.Begin();
            }

            var draw = RowDraw();
            var feed = new BatchFeed(_data.Train, draw, Math.Min(training.Batch, Math.Max(1, _data.Train.Count)), ahead: Environment.ProcessorCount > Math.Min(_threads, training.Shards), plan.Spread);
            while (history.Count < Math.Min(training.Epochs, PauseAfter ?? int.MaxValue) && !stopping.ShouldStop(history.Count))
            {
                var record = Epoch(history, plan, step, diagnostics, balancer, predictor, draw, feed, stopping, progress, cancel);
                history.Add(record);
                var best = stopping.Observe(record.Epoch, record.Score);
                if (best) _checkpoint.SaveBest(record.Epoch, store);
                _checkpoint.Save(new TrainingState(fingerprint, plan.Steps, history, balancer.State), store, stopping.BestEpoch);
                progress?.Report(new(record.Epoch, training.Epochs, draw.Rows(record.Epoch), draw.Rows(record.Epoch), draw.Rows(record.Epoch) / record.TrainingSeconds, record.TrainLoss, record, best));
            }

            if (stopping.BestEpoch != history.Count) _checkpoint.LoadBest(stopping.BestEpoch, store);
            if (!KeepsCheckpoint) DeleteCheckpoint();
            return new TrainedModel(_model, store, history, stopping.BestEpoch, history.Sum(e => draw.Rows(e.Epoch)));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the checkpoint, and the work folder where nothing else is in it.</summary>
    public void DeleteCheckpoint() => _checkpoint.Delete();

    private EpochRecord Epoch(
        List<EpochRecord> history, TrainingPlan plan, TrainingStep step, GradientWatch? diagnostics, IBalancer balancer, Predictor predictor, IRowDraw draw, BatchFeed feed, EarlyStopping stopping,
        IProgress<TrainProgress>? progress, CancellationToken cancel)
    {
        var training = _options.Training;
        var epoch = history.Count + 1;
        var watch = Stopwatch.StartNew();
        var losses = new EpochLosses(_model);
        var steps = Enumerable.Range(1, training.Epochs).Sum(e => (long)draw.Steps(e));
        double[] scores = [.. history.Select(h => h.Score)];
        var rate = 0.0;
        var rows = 0L;
        diagnostics?.Begin(draw.Steps(epoch));
        feed.Run((ulong)training.Seed, epoch, batch =>
        {
            rate = training.LearningRate * LearningRate.WarmUp(plan.Steps, training.WarmUp) * training.Schedule switch
            {
                Schedule.Cosine => LearningRate.Cosine(plan.Steps, steps),
                Schedule.Plateau => LearningRate.Plateau(scores, patience: 2, factor: 0.5),
                _ => 1,
            };
            step.Run(batch, epoch, rate, losses);
            rows += batch.Count;
            if (progress is not null && plan.Steps % ReportEvery == 0)
                progress.Report(new(epoch, training.Epochs, rows, draw.Rows(epoch), rows / watch.Elapsed.TotalSeconds, losses.Means()));
        }, cancel);
        var trainingSeconds = watch.Elapsed.TotalSeconds;
        balancer.EndEpoch(epoch, losses.Values());

        var gates = training.Diagnostics != 0 && _model.Gates.Count > 0 ? new GateTally(_model, _data.Validation, predictor.Capacity) : null;
        var predictions = Evaluation.Predict(predictor, _data.Validation, gates, cancel);
        RefuseNoNumbers(predictions, epoch);
        var validation = predictions.ToDictionary(
            p => p.Task.Name,
            p => (IReadOnlyDictionary<string, double>)p.Metrics(bootstrap: 0).ToDictionary(m => m.Name, m => m.Value));
        return new EpochRecord(epoch, losses.Means(), validation, rate, watch.Elapsed.TotalSeconds, stopping.Score(validation), trainingSeconds, losses.Weights(), diagnostics?.Record(), gates?.Uses());
    }

    // a source without a task that is learned has nothing to teach
    private IRowDraw RowDraw()
    {
        var batch = _options.Training.Batch;
        SourceRange[] sources = [.. _data.Train.Sources.Where(s => _model.Heads.Any(h => h.Task.Source == s.Source))];
        return sources.Length == 0 ? new ShuffledRows(_data.Train.Count, batch) : new SourceRows(sources, _options.Training.Sources, batch);
    }

    // the last step of an epoch can spoil the weights after its losses were still numbers; such an epoch must not become a checkpoint
    private static void RefuseNoNumbers(IReadOnlyList<TaskPredictions> predictions, int epoch)
    {
        foreach (var task in predictions)
            if (Array.Exists(task.Values, v => !float.IsFinite(v)))
                throw new InputException($"the predictions of task '{task.Task.Name}' are no longer numbers after epoch {epoch}{(epoch > 1 ? $"; the checkpoint of epoch {epoch - 1} is kept" : "")}; lower 'training.learning_rate' or set 'training.clip: 1'");
    }

    internal static Optimizer CreateOptimizer(TrainingOptions options) => options.Optimizer switch
    {
        OptimizerKind.Adamw => new Adam(options.WeightDecay, decoupled: true) { L1 = options.L1 },
        OptimizerKind.Adagrad => new Adagrad(options.WeightDecay) { L1 = options.L1 },
        OptimizerKind.Sgd => new Sgd(options.Momentum, options.WeightDecay) { L1 = options.L1 },
        _ => new Adam(options.WeightDecay) { L1 = options.L1 },
    };

    // threads and what is only looked at are left out: they change nothing of the result
    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var encoder = new MemoryStream();
        _data.Encoder.Save(encoder);
        hash.AppendData(encoder.ToArray());
        var training = ConfigWriter.ToCanonical(_options.Training with { Threads = 0, Diagnostics = null });
        hash.AppendData(Encoding.UTF8.GetBytes($"{ConfigWriter.ToCanonical(_options.Model)}\n{training}\n{_data.Train.Fingerprint}\n{_data.Validation.Fingerprint}\n{string.Join(',', _model.Heads.Select(h => h.Task.Name))}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
