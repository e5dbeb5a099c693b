using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Benchmarks at a size that takes no time: what they say, not how fast it was.</summary>
public sealed class BenchmarkTests
{
    private static readonly SyntheticModel s_small = new() { Rows = 1000, Fields = 5, Embedding = 4, Experts = 3, Layers = [8, 4], Tower = [4], Bottom = [6] };

    public static TheoryData<string, Normalization, double, OptimizerKind> Models => new()
    {
        { "mmoe", Normalization.None, 0, OptimizerKind.Adam },
        { "mmoe", Normalization.Batch, 0.1, OptimizerKind.Adamw },
        { "shared_bottom", Normalization.Layer, 0, OptimizerKind.Adagrad },
        { "ple", Normalization.None, 0.2, OptimizerKind.Sgd },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_is_told_in_figures_that_agree(string architecture, Normalization normalization, double dropout, OptimizerKind optimizer)
    {
        var options = new TrainBenchmarkOptions
        {
            Model = s_small with { Architecture = architecture, Normalization = normalization, Dropout = dropout },
            Batch = 20,
            Threads = 2,
            Shards = 3,
            Steps = 2,
            Rounds = 3,
            Optimizer = optimizer,
        };
        var said = new List<string>();
        var result = TrainBenchmark.Run(options, new Relay<string>(said.Add));
        Assert.InRange(result.SamplesPerSecond, result.SamplesPerSecondRange[0], result.SamplesPerSecondRange[1]);
        Assert.InRange(result.PeakGflops, result.PeakGflopsRange[0], result.PeakGflopsRange[1]);
        Assert.Equal(20 / result.SamplesPerSecond, result.MsPerStep / 1e3, 9);
        Assert.Equal(6e-9 * result.DenseWeights * result.SamplesPerSecond, result.Gflops, 9);
        Assert.InRange(result.ShareOfPeak, double.Epsilon, 1);
        Assert.Equal(["data", "gather", "forward", "backward", "reduce", "optimizer", "other"], result.Parts.Keys);
        Assert.Equal(1, result.Parts.Values.Sum(p => p.Share), 9);
        Assert.Equal(options.Model.Create().Graph.Parameters.Where(p => p.Trainable).Sum(p => p.Length), result.DenseWeights);
        var moments = optimizer switch { OptimizerKind.Adam or OptimizerKind.Adamw => 2, _ => 1 };
        Assert.Equal(1000 * 4 * 4 * (1 + moments) / 1e6, result.TableMb, 9);
        Assert.InRange(result.Loss, 0.3, 2);
        Assert.Equal((2, 3), (result.Threads, result.Shards));
        Assert.Equal(3, said.Count(s => s.StartsWith("round ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Training_learns_the_same_on_any_number_of_threads_and_another_way_with_another_seed()
    {
        double Loss(int threads, int seed) =>
            TrainBenchmark.Run(new() { Model = s_small with { Seed = seed }, Batch = 32, Threads = threads, Shards = 2, Steps = 40, Rounds = 1 }).Loss;
        var one = Loss(1, 1);
        Assert.Equal(one, Loss(2, 1));
        Assert.NotEqual(one, Loss(2, 2));
    }

    [Fact]
    public void Without_shards_there_are_as_many_as_threads()
    {
        var result = TrainBenchmark.Run(new() { Model = s_small, Batch = 8, Threads = 2, Steps = 1, Rounds = 1 });
        Assert.Equal((2, 2), (result.Threads, result.Shards));
    }

    [Fact]
    public void Scoring_tells_each_number_of_candidates()
    {
        var result = ScoreBenchmark.Run(new() { Model = s_small, Candidates = [7, 1], SharedFields = 2, Threads = 2, Rounds = 20 });
        Assert.Equal([7, 1], result.Results.Select(r => r.Candidates));
        Assert.Equal((2, 2), (result.SharedFields, result.Threads));
        foreach (var r in result.Results)
        {
            Assert.InRange(r.P50Ms, double.Epsilon, r.P99Ms);
            Assert.Equal(1e3 * r.Candidates / r.P50Ms, r.SamplesPerSecond, 6);
        }
    }

    [Fact]
    public void Products_are_those_of_the_model_in_all_forms_alone_and_together()
    {
        var result = ProductBenchmark.Run(new() { Model = s_small, Batch = 64, Threads = 2, Rounds = 2 });
        Assert.Equal(32, result.RowsPerThread);
        var shapes = Products.Of(s_small.Create().Graph);
        Assert.Equal(from threads in new[] { 1, 2 } from s in shapes from f in Enum.GetValues<ProductForm>() select (s, f, threads), result.Products.Select(p => (p.Shape, p.Form, p.Threads)));
        Assert.All(result.Products, p => Assert.InRange(p.ShareOfPeak, p.ShareRange[0], p.ShareRange[1]));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], result.Totals.Select(t => t.Threads));
        foreach (var total in result.Totals)
        {
            var parts = result.Products.Where(p => p.Threads == total.Threads && (total.Form is null || total.Form == p.Form)).ToList();
            Assert.InRange(total.ShareOfPeak, parts.Min(p => p.ShareRange[0]), parts.Max(p => p.ShareRange[1]));
        }
    }

    [Fact]
    public void The_peak_is_told_for_one_thread_and_for_all()
    {
        var result = PeakBenchmark.Run(2);
        Assert.Equal([1, 2], result.Peaks.Select(p => p.Threads));
        Assert.All(result.Peaks, p => Assert.True(p.Gflops.Least > 0 && p.GbPerSecond.Least > 0));
        Assert.Equal(Peak.VectorBits, result.VectorBits);
        Assert.Equal(Environment.ProcessorCount, result.Machine.Processors);
    }

    [Fact]
    public void A_benchmark_that_was_cancelled_ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => TrainBenchmark.Run(new() { Model = s_small }, cancel: stop.Token));
        Assert.Throws<OperationCanceledException>(() => ScoreBenchmark.Run(new() { Model = s_small }, cancel: stop.Token));
        Assert.Throws<OperationCanceledException>(() => ProductBenchmark.Run(new() { Model = s_small }, cancel: stop.Token));
        Assert.Throws<OperationCanceledException>(() => PeakBenchmark.Run(1, stop.Token));
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_refused()
    {
        void Refused(string part, Action run) => Assert.Contains(part, Assert.Throws<InputException>(run).Message, StringComparison.Ordinal);
        Refused("batch 0", () => TrainBenchmark.Run(new() { Batch = 0 }));
        Refused("threads 0", () => TrainBenchmark.Run(new() { Threads = 0 }));
        Refused("shards 0", () => TrainBenchmark.Run(new() { Shards = 0 }));
        Refused("steps -1", () => TrainBenchmark.Run(new() { Steps = -1 }));
        Refused("rounds 0", () => TrainBenchmark.Run(new() { Rounds = 0 }));
        Refused("rows 3", () => TrainBenchmark.Run(new() { Model = new() { Rows = 3 } }));
        Refused("candidates 0", () => ScoreBenchmark.Run(new() { Candidates = [1, 0] }));
        Refused("candidates", () => ScoreBenchmark.Run(new() { Candidates = [] }));
        Refused("shared-fields 27", () => ScoreBenchmark.Run(new() { SharedFields = 27 }));
        Refused("shared-fields -1", () => ScoreBenchmark.Run(new() { SharedFields = -1 }));
        Refused("threads 0", () => ScoreBenchmark.Run(new() { Threads = 0 }));
        Refused("rounds 0", () => ScoreBenchmark.Run(new() { Rounds = 0 }));
        Refused("batch 1", () => ProductBenchmark.Run(new() { Batch = 1, Threads = 2 }));
        Refused("threads 0", () => ProductBenchmark.Run(new() { Threads = 0 }));
        Refused("rounds 0", () => ProductBenchmark.Run(new() { Rounds = 0 }));
        Refused("threads -1", () => PeakBenchmark.Run(-1));
    }
}
