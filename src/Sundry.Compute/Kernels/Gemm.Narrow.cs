using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Gemm
{
    /// <summary>y = x·W for at most four outputs (heads): dot products along k, two rows at a time against every output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow<V>(float* y, nint ldy, float* x, nint ldx, float* packed, float* bias, int m, int k, int n, bool relu, bool accumulate)
        where V : struct, IVector<V>
    {
        var padded = (k + V.Count - 1) / V.Count * V.Count;
        for (var i = 0; i < m; i++)
        {
            var j = 0;
            for (; j + 2 <= n; j += 2)
            {
                var w0 = packed + (nint)j * padded;
                var w1 = w0 + padded;
                V s0 = V.Zero, s1 = V.Zero, t0 = V.Zero, t1 = V.Zero;
                var c = 0;
                for (; c <= k - 2 * V.Count; c += 2 * V.Count)
                {
                    V a = V.Load(x + c), b = V.Load(x + c + V.Count);
                    s0 = V.MultiplyAdd(a, V.Load(w0 + c), s0);
                    s1 = V.MultiplyAdd(a, V.Load(w1 + c), s1);
                    t0 = V.MultiplyAdd(b, V.Load(w0 + c + V.Count), t0);
                    t1 = V.MultiplyAdd(b, V.Load(w1 + c + V.Count), t1);
                }

                for (; c < k; c += V.Count)
                {
                    var a = k - c >= V.Count ? V.Load(x + c) : V.LoadPartial(x + c, k - c);
                    s0 = V.MultiplyAdd(a, V.Load(w0 + c), s0);
                    s1 = V.MultiplyAdd(a, V.Load(w1 + c), s1);
                }

                FinishNarrow(y + j, V.Sum(s0 + t0), bias == null ? 0f : bias[j], relu, accumulate);
                FinishNarrow(y + j + 1, V.Sum(s1 + t1), bias == null ? 0f : bias[j + 1], relu, accumulate);
            }

            if (j < n)
            {
                var w0 = packed + (nint)j * padded;
                V s0 = V.Zero, t0 = V.Zero;
                var c = 0;
                for (; c <= k - 2 * V.Count; c += 2 * V.Count)
                {
                    s0 = V.MultiplyAdd(V.Load(x + c), V.Load(w0 + c), s0);
                    t0 = V.MultiplyAdd(V.Load(x + c + V.Count), V.Load(w0 + c + V.Count), t0);
                }

                for (; c < k; c += V.Count)
                {
                    var a = k - c >= V.Count ? V.Load(x + c) : V.LoadPartial(x + c, k - c);
                    s0 = V.MultiplyAdd(a, V.Load(w0 + c), s0);
                }

                FinishNarrow(y + j, V.Sum(s0 + t0), bias == null ? 0f : bias[j], relu, accumulate);
            }

            x += ldx;
            y += ldy;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishNarrow(float* y, float sum, float bias, bool relu, bool accumulate)
    {
        if (accumulate)
        {
            *y += sum;
            return;
        }

        sum += bias;
        *y = relu && sum < 0f ? 0f : sum;
    }
}
