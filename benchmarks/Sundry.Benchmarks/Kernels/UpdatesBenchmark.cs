using BenchmarkDotNet.Attributes;
using Sundry.Compute;

namespace Sundry.Benchmarks;

/// <summary>One optimiser step over a million weights.</summary>
public unsafe class UpdatesBenchmark
{
    private const int N = 1 << 20;

    private Aligned _w = null!, _m = null!, _v = null!, _g = null!;

    [GlobalSetup]
    public void Setup()
    {
        _w = new Aligned(N, 1);
        _m = new Aligned(N, 2);
        _v = new Aligned(N, 3);
        _g = new Aligned(N, 4);
        Elementwise.Fill(_v, 1f, N);
    }

    [Benchmark]
    public void Sgd() => Updates.Sgd(_w, _m, _g, N, 1e-6, 0.9, 0, 1);

    [Benchmark(Baseline = true)]
    public void Adam() => Updates.Adam(_w, _m, _v, _g, N, new AdamStep(new OptimizerStep(1e-6, 1, 0.1, 0.001), 0.9, 0.999, 1e-8, 0, 0));

    [Benchmark]
    public void Adagrad() => Updates.Adagrad(_w, _v, _g, N, 1e-6, 1e-10, 0, 1);

    [Benchmark]
    public double SumOfSquares() => Elementwise.SumOfSquares(_g, N);
}
