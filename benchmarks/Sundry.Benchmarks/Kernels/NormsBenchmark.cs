using BenchmarkDotNet.Attributes;
using Sundry.Compute;

namespace Sundry.Benchmarks;

/// <summary>Both normalisations over 512 rows of 256.</summary>
public unsafe class NormsBenchmark
{
    private const int Rows = 512, Width = 256;

    private readonly double[] _sum = new double[Width], _squares = new double[Width];
    private Aligned _x = null!, _y = null!, _dx = null!, _w = null!, _b = null!, _mean = null!, _rstd = null!;

    [GlobalSetup]
    public void Setup()
    {
        _x = new Aligned(Rows * Width, 1);
        _y = new Aligned(Rows * Width, 2);
        _dx = new Aligned(Rows * Width, 3);
        _w = new Aligned(Width, 4);
        _b = new Aligned(Width, 5);
        _mean = new Aligned(Rows, 6);
        _rstd = new Aligned(Rows, 7);
    }

    [Benchmark(Baseline = true)]
    public void LayerNorm() => Norms.LayerNorm(_y, _mean, _rstd, _x, _w, _b, Rows, 1, Width, 1e-5f, relu: false);

    [Benchmark]
    public void LayerNormGradient()
    {
        Elementwise.Fill(_b, 0, Width);
        Norms.LayerNormGradient(_dx, _b, _b, _y, _x, _mean, _rstd, _w, Rows, 1, Width, accumulate: false);
    }

    [Benchmark]
    public void ColumnSums()
    {
        fixed (double* sum = _sum, squares = _squares) Norms.ColumnSums(sum, squares, _x, Rows, Width);
    }

    [Benchmark]
    public void BatchNorm() => Norms.BatchNorm(_y, _x, _mean, _rstd, _w, _b, Rows, Width, relu: false);
}
