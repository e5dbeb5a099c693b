using BenchmarkDotNet.Attributes;
using Sundry.Compute;

namespace Sundry.Benchmarks;

/// <summary>The three products of a layer, rows × outputs × inputs, at the shapes of MMoE layers and of small ones.</summary>
public unsafe class GemmBenchmark
{
    private int _m, _n, _k;
    private Aligned _x = null!, _w = null!, _y = null!, _dx = null!, _dw = null!, _bias = null!, _packed = null!, _transposed = null!;

    [Params("512x2064x416", "512x1056x256", "104x2064x416", "512x128x326", "512x144x326", "512x1x64", "1x2064x416")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var shape = Shape.Split('x').Select(int.Parse).ToArray();
        (_m, _n, _k) = (shape[0], shape[1], shape[2]);
        _x = new Aligned(_m * _k);
        _w = new Aligned(_k * _n);
        _y = new Aligned(_m * _n);
        _dx = new Aligned(_m * _k);
        _dw = new Aligned(_k * _n);
        _bias = new Aligned(_n);
        _packed = new Aligned((long)Gemm.PackedLength(_k, _n));
        _transposed = new Aligned((long)Gemm.PackedLength(_n, _k));
        Gemm.Pack(_packed, _w, _n, _k, _n);
        Gemm.PackTransposed(_transposed, _w, _n, _k, _n);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => Gemm.Multiply(_y, _n, _x, _k, _packed, _bias, _m, _k, _n, relu: true, accumulate: false);

    [Benchmark]
    public void InputGradient() => Gemm.Multiply(_dx, _k, _y, _n, _transposed, null, _m, _n, _k, relu: false, accumulate: false);

    [Benchmark]
    public void WeightGradient() => Gemm.WeightGradient(_dw, _n, _x, _k, _y, _n, _m, _k, _n, accumulate: false);

    [Benchmark]
    public void Pack() => Gemm.Pack(_packed, _w, _n, _k, _n);

    [Benchmark]
    public void PackTransposed() => Gemm.PackTransposed(_transposed, _w, _n, _k, _n);
}
