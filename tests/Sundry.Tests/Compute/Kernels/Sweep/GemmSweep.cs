using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class GemmSweep
{
    private static readonly int[] _m = [0, 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 17, 25];
    private static readonly int[] _k = [0, 1, 2, 3, 7, 8, 9, 12, 16, 17, 28, 33, 65];
    private static readonly int[] _n = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 40, 65];

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("Gemm.Multiply", () => Sweep(Multiply)),
        ("Gemm.Multiply by the transposed weights", () => Sweep(InputGradient)),
        ("Gemm.WeightGradient", () => Sweep(WeightGradient)),
        ("Gemm over its blocks", Large),
        ("Gemm's rows are independent", Independent),
        ("Gemm and NaN", NotNumbers),
    ];

    private static void Sweep(Action<int, int, int, int> run)
    {
        foreach (var m in _m)
            foreach (var k in _k)
                foreach (var n in _n)
                    run(m, k, n, (m + k + n) % 4);
    }

    private static int Length(int rows, int stride, int width) => rows == 0 || width == 0 ? 0 : (rows - 1) * stride + width;

    private static Guarded<float> Packed(int k, int n) => new((int)Gemm.PackedLength(k, n));

    /// <summary>Modes: 0 plain, 1 bias, 2 bias and relu, 3 accumulate.</summary>
    private static void Multiply(int m, int k, int n, int mode)
    {
        int ldx = k + 1, ldw = n + 2, ldy = n + 3;
        using var x = Check.Random(Length(m, ldx, k), 1);
        using var w = Check.Random(Length(k, ldw, n), 2);
        using var y = Check.Random(Length(m, ldy, n), 3);
        using var bias = Check.Random(n, 4);
        using var packed = Packed(k, n);
        packed.Span.Fill(float.NaN);
        var expected = y.ToArray().Select(v => (double)v).ToArray();
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                double sum = mode == 3 ? y.Span[i * ldy + j] : mode > 0 ? bias.Span[j] : 0;
                for (var c = 0; c < k; c++) sum += (double)x.Span[i * ldx + c] * w.Span[c * ldw + j];
                expected[i * ldy + j] = mode == 2 ? Math.Max(sum, 0) : sum;
            }

        Gemm.Pack(packed, w, ldw, k, n);
        Gemm.Multiply(y, ldy, x, ldx, packed, mode is 1 or 2 ? bias.Pointer : null, m, k, n, mode == 2, mode == 3);
        Check.Near($"y of {m}×{k}×{n}, mode {mode}, ", expected, y.Span, 2e-6, 10 + Math.Sqrt(k));
    }

    private static void InputGradient(int m, int k, int n, int mode)
    {
        int lddx = k + 1, ldw = n + 2, lddy = n + 3;
        using var dy = Check.Random(Length(m, lddy, n), 1);
        using var w = Check.Random(Length(k, ldw, n), 2);
        using var dx = Check.Random(Length(m, lddx, k), 3);
        using var packed = Packed(n, k);
        packed.Span.Fill(float.NaN);
        var accumulate = mode % 2 == 1;
        var expected = dx.ToArray().Select(v => (double)v).ToArray();
        for (var i = 0; i < m; i++)
            for (var c = 0; c < k; c++)
            {
                double sum = accumulate ? dx.Span[i * lddx + c] : 0;
                for (var j = 0; j < n; j++) sum += (double)dy.Span[i * lddy + j] * w.Span[c * ldw + j];
                expected[i * lddx + c] = sum;
            }

        Gemm.PackTransposed(packed, w, ldw, k, n);
        Gemm.Multiply(dx, lddx, dy, lddy, packed, null, m, n, k, false, accumulate);
        Check.Near($"dx of {m}×{k}×{n}", expected, dx.Span, 2e-6, 10 + Math.Sqrt(n));
    }

    private static void WeightGradient(int m, int k, int n, int mode)
    {
        int ldx = k + 1, ldw = n + 2, lddy = n + 3;
        using var x = Check.Random(Length(m, ldx, k), 1);
        using var dy = Check.Random(Length(m, lddy, n), 2);
        using var dw = Check.Random(Length(k, ldw, n), 3);
        var accumulate = mode % 2 == 1;
        var expected = dw.ToArray().Select(v => (double)v).ToArray();
        for (var c = 0; c < k; c++)
            for (var j = 0; j < n; j++)
            {
                double sum = accumulate ? dw.Span[c * ldw + j] : 0;
                for (var i = 0; i < m; i++) sum += (double)x.Span[i * ldx + c] * dy.Span[i * lddy + j];
                expected[c * ldw + j] = sum;
            }

        Gemm.WeightGradient(dw, ldw, x, ldx, dy, lddy, m, k, n, accumulate);
        Check.Near($"dw of {m}×{k}×{n}", expected, dw.Span, 2e-6, 10 + Math.Sqrt(m));
    }

    /// <summary>Long enough for several passes over k, and tall enough for several blocks of rows.</summary>
    private static void Large()
    {
        for (var mode = 0; mode < 4; mode++)
        {
            Multiply(250, 1500, 19, mode);
            Multiply(7, 2000, 3, mode);
            InputGradient(130, 37, 1300, mode);
            WeightGradient(1100, 250, 37, mode);
            WeightGradient(1500, 9, 2, mode);
        }
    }

    /// <summary>Scoring one row and scoring many agree to the last bit.</summary>
    private static void Independent()
    {
        foreach (var n in (int[])[1, 3, 16, 45])
        {
            const int m = 61, k = 1300;
            using var x = Check.Random(m * k, 1);
            using var w = Check.Random(k * n, 2);
            using var bias = Check.Random(n, 3);
            using var packed = Packed(k, n);
            using var together = new Guarded<float>(m * n);
            using var alone = new Guarded<float>(m * n);
            Gemm.Pack(packed, w, n, k, n);
            Gemm.Multiply(together, n, x, k, packed, bias, m, k, n, true, false);
            for (int i = 0, rows; i < m; i += rows)
            {
                rows = Math.Min(1 + i % 5, m - i);
                Gemm.Multiply(alone.Pointer + i * n, n, x.Pointer + i * k, k, packed, bias, rows, k, n, true, false);
            }

            Check.Exact($"y of {n} outputs", together.Span, alone.Span);
        }
    }

    /// <summary>A NaN in one row stays in that row, and survives relu.</summary>
    private static void NotNumbers()
    {
        foreach (var n in (int[])[1, 2, 9, 21])
        {
            const int m = 7, k = 19;
            using var x = Check.Random(m * k, 1);
            x.Span[3 * k + k - 1] = float.NaN;
            x.Span[5 * k] = float.PositiveInfinity;
            using var w = Check.Random(k * n, 2, 0.1f, 1f);
            using var packed = Packed(k, n);
            using var y = new Guarded<float>(m * n);
            Gemm.Pack(packed, w, n, k, n);
            Gemm.Multiply(y, n, x, k, packed, null, m, k, n, true, false);
            for (var i = 0; i < m * n; i++)
            {
                var row = i / n;
                if (row == 3 ? !float.IsNaN(y.Span[i]) : row == 5 ? y.Span[i] != float.PositiveInfinity : !float.IsFinite(y.Span[i]))
                    throw new InvalidOperationException($"row {row} of {n} outputs holds {y.Span[i]}");
            }
        }
    }
}
