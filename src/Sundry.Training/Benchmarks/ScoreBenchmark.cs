using System.Diagnostics;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Measures scoring calls: the candidates' ids go in, one logit a task and candidate comes out. The ids differ from call to call and are
/// drawn beforehand; bringing them to the plan is part of a call.
/// </summary>
public static class ScoreBenchmark
{
    private const int WarmUpCalls = 50;

    // what is called often is compiled a second time, a tenth of a second later, by a thread of its own
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.4);

    /// <summary>Measures.</summary>
    /// <param name="options">What, and how often.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops after the present call.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public static ScoreBenchmarkResult Run(ScoreBenchmarkOptions options, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var model = options.Model.Create();
        using var store = new ParameterStore(model.Graph, (ulong)options.Model.Seed);
        progress?.Report($"{options.Model.Architecture}, {model.Graph.WeightCount:N0} weights");
        var results = new List<ScoreBenchmarkResult.Latency>();
        foreach (var candidates in options.Candidates)
        {
            using var predictor = new Predictor(model, store, candidates, options.Threads, Shared(model, options));
            var calls = new Calls(predictor, SyntheticBatches.Draw(model.Layout, candidates, options.SharedFields, options.Model.Seed));
            var warm = Stopwatch.StartNew();
            for (var i = 0; i < WarmUpCalls || warm.Elapsed < s_warmUp; i++)
            {
                cancel.ThrowIfCancellationRequested();
                calls.Next();
            }

            var ms = new double[options.Rounds];
            for (var i = 0; i < ms.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                calls.Next();
                ms[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Array.Sort(ms);
            var (half, nearlyAll) = (ms[ms.Length / 2], ms[(int)(0.99 * ms.Length)]);
            results.Add(new(candidates, half, nearlyAll, 1e3 * candidates / half));
            progress?.Report($"{candidates:N0} candidates: {half:0.000} ms");
        }

        return new(results, options.SharedFields, options.Threads, TrainingRun.PeakMemoryMb(), options, Machine.Here());
    }

    private static string[]? Shared(MultiTaskModel model, ScoreBenchmarkOptions options) =>
        options.SharedFields == 0 ? null : [.. model.Layout.Ids.Take(options.SharedFields).Select(f => f.Name)];

    /// <summary>Scores one batch after the other and round again.</summary>
    private sealed class Calls(Predictor predictor, Batch[] batches)
    {
        private readonly float[] _logits = new float[batches[0].Count];
        private readonly Node[] _outputs = [.. predictor.Model.Heads.Select(h => h.Logits)];
        private int _next;

        public void Next()
        {
            predictor.Run(batches[_next++ % batches.Length]);
            foreach (var output in _outputs) predictor.Copy(output, _logits);
        }
    }
}
