using System.Diagnostics;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Measures training steps as the trainer takes them, on random ids and labels: model, plan and optimiser are the real ones; only the rows
/// are made up, and drawn beforehand. One round of steps goes before those that count, so that everything is compiled and grown.
/// </summary>
public static class TrainBenchmark
{
    private const int PeakTries = 20;
    private const double LearningRate = 1e-3;

    /// <summary>Measures.</summary>
    /// <param name="options">What, and for how long.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops after the present step.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public static TrainBenchmarkResult Run(TrainBenchmarkOptions options, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var model = options.Model.Create();
        var optimizer = Trainer.CreateOptimizer(new TrainingOptions { Optimizer = options.Optimizer });
        var shards = options.Shards ?? options.Threads;
        var seed = (ulong)options.Model.Seed;
        using var store = new ParameterStore(model.Graph, seed, optimizer.Moments);
        using var plan = new TrainingPlan(store, optimizer, options.Batch, shards, options.Threads, CounterRandom.Derive(seed, "noise"));
        var batches = SyntheticBatches.Draw(model.Layout, options.Batch, 0, options.Model.Seed);
        progress?.Report($"{options.Model.Architecture}, {model.Graph.WeightCount:N0} weights; {options.Steps} steps before those that count");
        var rounds = new Round[options.Rounds];
        var steps = new Steps(model, plan, batches);
        steps.Run(options.Steps, cancel);
        var peak = Peak.MultiplyAdds(options.Threads, PeakTries);
        for (var i = 0; i < rounds.Length; i++)
        {
            var (seconds, data, times) = steps.Run(options.Steps, cancel);
            var next = Peak.MultiplyAdds(options.Threads, PeakTries);
            rounds[i] = new Round(seconds, data, times, (peak + next) / 2);
            peak = next;
            progress?.Report($"round {i + 1} of {rounds.Length}: {options.Steps * options.Batch / seconds:N0} samples/s");
        }

        var dense = model.Graph.Parameters.Where(p => p.Trainable).Sum(p => (long)p.Length);
        var rows = (double)options.Steps * options.Batch;
        var rate = Spread.Of(rounds.Select(r => rows / r.Seconds));
        var peaks = Spread.Of(rounds.Select(r => r.Peak));
        double Gflops(double samplesPerSecond) => 6e-9 * dense * samplesPerSecond;
        return new(
            rate.Median,
            [rate.Least, rate.Greatest],
            Gflops(rate.Median),
            peaks.Median,
            [peaks.Least, peaks.Greatest],
            Spread.Of(rounds.Select(r => Gflops(rows / r.Seconds) / r.Peak)).Median,
            1e3 * options.Batch / rate.Median,
            Parts(rounds, options.Steps),
            steps.Loss,
            dense,
            model.Graph.Tables.Sum(t => (double)t.Rows * t.Width * (1 + optimizer.Moments) * sizeof(float)) / 1e6,
            TrainingRun.PeakMemoryMb(),
            Math.Min(options.Threads, shards),
            shards,
            options,
            Machine.Here());
    }

    private static Dictionary<string, TrainBenchmarkResult.Part> Parts(Round[] rounds, int steps)
    {
        var whole = rounds.Sum(r => r.Seconds);
        (string Name, double Seconds)[] parts =
        [
            ("data", rounds.Sum(r => r.Data)),
            ("gather", rounds.Sum(r => r.Times.Gather)),
            ("forward", rounds.Sum(r => r.Times.Forward)),
            ("backward", rounds.Sum(r => r.Times.Backward)),
            ("reduce", rounds.Sum(r => r.Times.Reduce)),
            ("optimizer", rounds.Sum(r => r.Times.Optimizer)),
        ];
        return parts.Append(("other", whole - parts.Sum(p => p.Seconds)))
            .ToDictionary(p => p.Item1, p => new TrainBenchmarkResult.Part(1e3 * p.Item2 / (rounds.Length * steps), p.Item2 / whole));
    }

    private readonly record struct Round(double Seconds, double Data, StepTimes Times, double Peak);

    /// <summary>Takes steps over the batches, one after the other and round again.</summary>
    private sealed class Steps(MultiTaskModel model, TrainingPlan plan, Batch[] batches)
    {
        private readonly double[] _totals = new double[model.Heads.Count];
        private readonly double[] _weights = [.. model.Heads.Select(_ => 1.0)];
        private int _next;

        public double Loss { get; private set; }

        public (double Seconds, double Data, StepTimes Times) Run(int steps, CancellationToken cancel)
        {
            plan.ResetTimes();
            var data = 0L;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < steps; i++)
            {
                cancel.ThrowIfCancellationRequested();
                var batch = batches[_next++ % batches.Length];
                var before = Stopwatch.GetTimestamp();
                model.Fill(plan, batch, _totals);
                data += Stopwatch.GetTimestamp() - before;
                var losses = plan.Forward(batch.Count);
                Loss = 0;
                foreach (var loss in losses) Loss += loss / losses.Length;
                plan.Backward(_weights);
                plan.Update(LearningRate);
            }

            return (Stopwatch.GetElapsedTime(start).TotalSeconds, data / (double)Stopwatch.Frequency, plan.Times);
        }
    }
}
