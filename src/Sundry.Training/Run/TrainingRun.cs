using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>The way from a configuration to a judged bundle: prepare, guard against leaks, train, judge, report, save.</summary>
public sealed class TrainingRun
{
    /// <summary>Resamples behind each 95 % interval.</summary>
    public const int Bootstrap = 200;

    private RunRequest _request;
    private readonly IRunObserver _observer;
    private readonly TimeProvider _time;

    /// <summary>Prepares a run.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="observer">Told how it goes on.</param>
    /// <param name="time">The clock of the report.</param>
    public TrainingRun(RunRequest request, IRunObserver observer, TimeProvider time)
    {
        _request = request;
        _observer = observer;
        _time = time;
    }

    /// <summary>What may be added to the report before it is written: comparisons, truths, notes.</summary>
    public Func<ReportModel, RunModels, ReportModel> Enrich { get; init; } = (report, _) => report;

    /// <summary>Runs to the end; the bundle then stands in the request's folder.</summary>
    /// <exception cref="InputException">Something in the configuration or the data is wrong, or a feature leaks a label.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; a checkpoint of the last whole epoch stays for <c>--resume</c>.</exception>
    public RunResult Execute(CancellationToken cancel)
    {
        var options = _request.Options;
        Bundle.RefusePlace(_request.Out, _request.Force);
        using var data = Dataset.Prepare(options.Request(_request.BaseDirectory) with { OpenDatabase = _request.OpenDatabase }, new Relay<PrepareProgress>(_observer.Preparing), cancel);
        _observer.Prepared(data.Summary);
        LeakageGuard.Check(data, options.Data);
        CheckRanking(data);

        var search = Path.Combine(WorkFolder(_request.Out), "search");
        if (!_request.Resume && Directory.Exists(search)) Directory.Delete(search, recursive: true);
        options = WeightSearch.Resolve(data, options, search, _observer, cancel);
        _request = _request with { Options = options };
        var trainer = new Trainer(data, options, WorkFolder(_request.Out)) { KeepsCheckpoint = true };
        using var trained = trainer.Train(_request.Resume, new Relay<TrainProgress>(_observer.Training), cancel);
        var seconds = trained.History.Sum(e => e.Seconds);

        _observer.Doing("judging the best epoch");
        var judged = Judge(trained, data, cancel);
        var result = Result(trained, data, judged, seconds) with { Ranking = Rank(trained, data, judged) };
        _observer.Doing("writing the report");
        var report = Enrich(Report(trained, data, judged, result, cancel), new RunModels(trained, data, judged));
        var info = new BundleInfo(Bundle.FormatVersion, _request.Program, options.Name, [.. trained.Model.Heads.Select(h => h.Task.Name)],
            options.Training.Balancing.Method, options.Training.Seed, options.Model, ConfigWriter.ToYaml(options));
        var files = new Dictionary<string, byte[]>
        {
            ["metrics.json"] = JsonSerializer.SerializeToUtf8Bytes(result, BundleJson.Options),
            ["report.html"] = Encoding.UTF8.GetBytes(HtmlReport.Render(report)),
        };
        if (data.Summary.Log is not null) files[LogOrigin.FileName] = LogOrigin.Write(data.Summary, _request.BaseDirectory, _request.Out);
        if (result.Ranking is { } ranked) files[RankingInfo.FileName] = JsonSerializer.SerializeToUtf8Bytes(ranked.Ranking, BundleJson.Options);
        Bundle.Save(_request.Out, info, data.Encoder, trained.Store, files, _request.Force);
        TrainingEvents.Write(_request.Out, trained.History, _time.GetUtcNow());
        // not before the model is safe: a kill while it was judged costs the judging alone
        if (Directory.Exists(search)) Directory.Delete(search, recursive: true);
        trainer.DeleteCheckpoint();
        return result;
    }

    /// <summary>Where the checkpoints of a run into <paramref name="output"/> lie.</summary>
    public static string WorkFolder(string output) => Path.GetFullPath(output).TrimEnd(Path.DirectorySeparatorChar) + ".training";

    private static IReadOnlyList<JudgedTask> Judge(TrainedModel trained, Dataset data, CancellationToken cancel)
    {
        var threads = Environment.ProcessorCount;
        var validation = Evaluation.Predict(trained.Model, trained.Store, data.Validation, threads, cancel);
        var test = data.Test is null ? null : Evaluation.Predict(trained.Model, trained.Store, data.Test, threads, cancel);
        return [.. validation.Select((v, t) => new JudgedTask(v, v.Metrics(Bootstrap), test?[t], test?[t].Metrics(Bootstrap)))];
    }

    // what cannot be ranked is said before hours are spent on training
    private void CheckRanking(Dataset data)
    {
        if (_request.Options.Ranking is not { } options) return;
        var study = new RankingStudy(options, [.. data.Layout.Tasks.Where(IsRanked)]);
        Check(data.Validation, data.ValidationGroups!, "validation");
        if (data.Test is not null) Check(data.Test, data.TestGroups!, "test");

        void Check(EncodedTable table, GroupedRows groups, string part)
        {
            study.Check(Evaluation.Judged(study.GoalTask, table, 1).Labels, groups, part);
        }
    }

    private RankingResult? Rank(TrainedModel trained, Dataset data, IReadOnlyList<JudgedTask> judged)
    {
        if (_request.Options.Ranking is not { } options) return null;
        _observer.Doing("ordering lists");
        List<JudgedTask> ranked = [.. judged.Where(j => IsRanked(j.Task))];
        (IReadOnlyList<TaskPredictions>, GroupedRows)? test = data.Test is null ? null : ([.. ranked.Select(j => j.TestRows!)], data.TestGroups!);
        return new RankingStudy(options, [.. ranked.Select(j => j.Task)])
            .Run(([.. ranked.Select(j => j.ValidationRows)], data.ValidationGroups!), test, test is null ? "validation" : "test", (ulong)_request.Options.Training.Seed);
    }

    // lists are of the main source's rows
    private static bool IsRanked(TaskSchema task) => task.Source == SourceSchema.Main;

    private RunResult Result(TrainedModel trained, Dataset data, IReadOnlyList<JudgedTask> judged, double seconds) => new(
        Path.GetFullPath(_request.Out),
        _request.Options.Model.Architecture,
        _request.Options.Training.Balancing.Method,
        _request.Options.Training.Seed,
        new Dictionary<string, int> { ["train"] = data.Train.Count, ["validation"] = data.Validation.Count, ["test"] = data.Test?.Count ?? 0 },
        trained.Model.Graph.WeightCount,
        trained.BestEpoch,
        trained.History.Count,
        seconds,
        trained.SamplesPerSecond,
        PeakMemoryMb(),
        judged.ToDictionary(j => j.Task.Name, j => j.Parts(m => double.IsFinite(m.Value) ? m.Value : (double?)null)),
        judged.ToDictionary(j => j.Task.Name, j => j.Parts<double[]>(m => m.HasInterval ? [m.Low, m.High] : [])));

    private ReportModel Report(TrainedModel trained, Dataset data, IReadOnlyList<JudgedTask> judged, RunResult result, CancellationToken cancel) => new()
    {
        Name = _request.Options.Name,
        Architecture = result.Architecture,
        Balancing = result.Balancing,
        Command = _request.Command,
        Configuration = ConfigWriter.ToYaml(_request.Options),
        Summary = data.Summary,
        Ranking = result.Ranking,
        Tasks = [.. judged.Select(j => new TaskReport(j.Task, j.Validation, j.Test ?? [], j.Curves()))],
        History = trained.History,
        BestEpoch = trained.BestEpoch,
        Ending = trained.History.Count < _request.Options.Training.Epochs
            ? $"Training stopped after epoch {trained.History.Count}: {_request.Options.Training.EarlyStopping.Patience} epochs brought nothing better than epoch {trained.BestEpoch}."
            : "",
        Gates = Evaluation.Gates(trained.Model, trained.Store, data.Validation, Environment.ProcessorCount, cancel),
        Seconds = result.Seconds,
        SamplesPerSecond = result.SamplesPerSecond,
        Parameters = result.Parameters,
        PeakMemoryMiB = result.PeakMemoryMb * 1e6 / (1 << 20),
        Seed = (ulong)result.Seed,
        Time = _time.GetUtcNow(),
        Environment =
        [
            new("Sundry", _request.Program),
            new(".NET", Environment.Version.ToString()),
            new("System", System.Runtime.InteropServices.RuntimeInformation.OSDescription),
            new("Processors", Environment.ProcessorCount.ToString()),
        ],
    };

    internal static double PeakMemoryMb()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
