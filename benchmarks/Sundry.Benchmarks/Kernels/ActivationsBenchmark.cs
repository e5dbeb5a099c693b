using BenchmarkDotNet.Attributes;
using Sundry.Compute;

namespace Sundry.Benchmarks;

/// <summary>Non-linearities over a layer's output that lies in the second-level cache.</summary>
public unsafe class ActivationsBenchmark
{
    private const int N = 32 * 1024;

    private Aligned _x = null!, _y = null!, _dx = null!;

    [GlobalSetup]
    public void Setup()
    {
        _x = new Aligned(N, 1);
        _y = new Aligned(N, 2);
        _dx = new Aligned(N, 3);
    }

    [Benchmark(Baseline = true)]
    public void Relu() => Activations.Relu(_y, _x, N);

    [Benchmark]
    public void Gelu() => Activations.Gelu(_y, _x, N);

    [Benchmark]
    public void GeluGradient() => Activations.GeluGradient(_dx, _y, _x, N, accumulate: false);

    [Benchmark]
    public void Silu() => Activations.Silu(_y, _x, N);

    [Benchmark]
    public void Tanh() => Activations.Tanh(_y, _x, N);

    [Benchmark]
    public void Sigmoid() => Activations.Sigmoid(_y, _x, N);

    [Benchmark]
    public void Dropout() => Elementwise.Dropout(_y, _x, N, 0.8f, 7, 0);
}
