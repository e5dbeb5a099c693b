using System.Diagnostics;

namespace Sundry.Compute;

/// <summary>Measures the matrix products of linear layers, called as their operations call them.</summary>
public static unsafe class Products
{
    // as long as a try of the peak
    private static readonly TimeSpan s_try = TimeSpan.FromMilliseconds(1);

    /// <summary>The linear layers of a graph as they are run, those of one size together.</summary>
    public static IReadOnlyList<ProductShape> Of(Graph graph) =>
    [
        .. graph.Ops.Where(o => o is LinearOp or GroupedLinearOp)
            .Select(o => Shape(o.Parameters[0], o is GroupedLinearOp ? o.Groups : 1))
            .GroupBy(s => (s.Inputs, s.Outputs, s.Groups))
            .Select(same => same.First() with { Count = same.Count() }),
    ];

    /// <summary>GFLOP/s of one form of a layer, all threads together, each with rows of its own and the weights in common.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="form">Which of its products.</param>
    /// <param name="rows">Rows a thread, at least 1.</param>
    /// <param name="threads">Threads that compute at the same time, at least 1.</param>
    /// <param name="tries">Repetitions of a millisecond or one product, of which the best counts, as in <see cref="Peak"/>.</param>
    public static double Measure(ProductShape shape, ProductForm form, int rows, int threads, int tries = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        using var weights = new Weights(shape);
        using var team = new WorkerTeam(threads);
        var operands = new Operands[threads];
        try
        {
            for (var t = 0; t < threads; t++) operands[t] = new Operands(shape, rows);
            var calls = 1;
            while (Time(shape, form, rows, operands[0], weights, calls) < s_try / 2) calls *= 2;
            var best = double.MaxValue;
            team.Run(worker =>
            {
                Call(shape, form, rows, operands[worker], weights);
                for (var t = 0; t < tries; t++)
                {
                    team.Meet();
                    var started = Stopwatch.GetTimestamp();
                    Time(shape, form, rows, operands[worker], weights, calls);
                    team.Meet();
                    if (worker == 0) best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
                }
            });
            return (double)threads * calls * shape.Operations(rows) / best / 1e9;
        }
        finally
        {
            foreach (var operand in operands) operand?.Dispose();
        }
    }

    private static TimeSpan Time(ProductShape shape, ProductForm form, int rows, Operands at, Weights weights, int calls)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) Call(shape, form, rows, at, weights);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Call(ProductShape shape, ProductForm form, int rows, Operands at, Weights weights)
    {
        int k = shape.Inputs, n = shape.Outputs, ldx = k * shape.Groups, ldy = n * shape.Groups;
        for (var g = 0; g < shape.Groups; g++)
        {
            float* x = at.X.Pointer + g * k, y = at.Y.Pointer + g * n;
            if (form == ProductForm.Forward) Gemm.Multiply(y, ldy, x, ldx, weights.Forward(g), null, rows, k, n, relu: false, accumulate: false);
            else if (form == ProductForm.InputGradient) Gemm.Multiply(x, ldx, y, ldy, weights.Backward(g), null, rows, n, k, relu: false, accumulate: false);
            else Gemm.WeightGradient(at.Gradient.Pointer + (long)g * k * n, n, x, ldx, y, ldy, rows, k, n, accumulate: false);
        }
    }

    private static ProductShape Shape(Parameter weight, int groups) => new(weight.Name, weight.Rows / groups, weight.Columns, groups);

    // small and different, so that no sum runs away and no product is a special case
    private static AlignedBlock Filled(long length)
    {
        var block = new AlignedBlock(length);
        for (long i = 0; i < length; i++) block.Pointer[i] = (i % 251 - 125) / 4096f;
        return block;
    }

    private sealed class Operands(ProductShape shape, int rows) : IDisposable
    {
        public AlignedBlock X { get; } = Filled((long)rows * shape.Inputs * shape.Groups);

        public AlignedBlock Y { get; } = Filled((long)rows * shape.Outputs * shape.Groups);

        public AlignedBlock Gradient { get; } = new((long)shape.Inputs * shape.Outputs * shape.Groups);

        public void Dispose()
        {
            X.Dispose();
            Y.Dispose();
            Gradient.Dispose();
        }
    }

    private sealed class Weights : IDisposable
    {
        private readonly AlignedBlock _packed;
        private readonly long _forward;
        private readonly long _both;

        public Weights(ProductShape shape)
        {
            int k = shape.Inputs, n = shape.Outputs;
            _forward = AlignedBlock.Round((long)Gemm.PackedLength(k, n));
            _both = _forward + AlignedBlock.Round((long)Gemm.PackedLength(n, k));
            _packed = new AlignedBlock(shape.Groups * _both);
            using var plain = Filled((long)k * n);
            for (var g = 0; g < shape.Groups; g++)
            {
                Gemm.Pack(Forward(g), plain.Pointer, n, k, n);
                Gemm.PackTransposed(Backward(g), plain.Pointer, n, k, n);
            }
        }

        public float* Forward(int group) => _packed.Pointer + group * _both;

        public float* Backward(int group) => Forward(group) + _forward;

        public void Dispose() => _packed.Dispose();
    }
}
