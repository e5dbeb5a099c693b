using BenchmarkDotNet.Attributes;
using Sundry.Compute;

namespace Sundry.Benchmarks;

/// <summary>A gate over the experts of an MMoE level: 512 rows, experts of 128 outputs.</summary>
public unsafe class GateBenchmark
{
    private const int Rows = 512, Width = 128;

    private Aligned _gate = null!, _experts = null!, _z = null!, _dgate = null!, _dexperts = null!;

    [Params(4, 8, 16)]
    public int Experts { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _gate = new Aligned(Rows * Experts, 1);
        _experts = new Aligned(Rows * Experts * Width, 2);
        _z = new Aligned(Rows * Width, 3);
        _dgate = new Aligned(Rows * Experts, 4);
        _dexperts = new Aligned(Rows * Experts * Width, 5);
    }

    [Benchmark]
    public void Softmax() => Softmaxes.Softmax(_gate, _gate, Rows, Experts);

    [Benchmark(Baseline = true)]
    public void Mix() => Mixing.Mix(_z, _gate, Experts, _experts, Rows, Experts, Width, accumulate: false);

    [Benchmark]
    public void MixGradient() => Mixing.MixGradient(_dgate, Experts, _dexperts, _z, _gate, _experts, Rows, Experts, Width, accumulateExperts: false);
}
