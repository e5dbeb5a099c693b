using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Norms
{
    /// <summary>Rows whose sums are made in float before they go into the double ones: so few, and measured from the first of them, that next to nothing is lost.</summary>
    private const int FloatRows = 64;

    /// <summary>sum[c] += the sum and squares[c] += the sum of squares of column c, over a few rows that the cache holds.</summary>
    public static void AddSequenceSums(double* sum, double* squares, float* x, int rows, int width)
    {
        for (; rows > 0; rows -= FloatRows, x += (nint)FloatRows * width)
        {
            var some = Math.Min(rows, FloatRows);
            if (Simd.Bits == 512) AddSequenceSums<V512>(sum, squares, x, some, width);
            else if (Simd.Bits == 256) AddSequenceSums<V256>(sum, squares, x, some, width);
            else if (Simd.Bits == 128) AddSequenceSums<V128>(sum, squares, x, some, width);
            else AddSequenceSums<V1>(sum, squares, x, some, width);
        }
    }

    // of values less the first row's: Σ x = Σ d + n f and Σ x² = Σ d² + 2 f Σ d + n f²
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSequenceSums<V>(double* sum, double* squares, float* x, int rows, int width) where V : struct, IVector<V>
    {
        float* s = stackalloc float[4 * 16], q = stackalloc float[4 * 16];
        var c = 0;
        for (; c <= width - 4 * V.Count; c += 4 * V.Count)
        {
            var row = x + c;
            V f0 = V.Load(row), f1 = V.Load(row + V.Count), f2 = V.Load(row + 2 * V.Count), f3 = V.Load(row + 3 * V.Count);
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero, q0 = V.Zero, q1 = V.Zero, q2 = V.Zero, q3 = V.Zero;
            for (var r = 0; r < rows; r++, row += width)
            {
                V d0 = V.Load(row) - f0, d1 = V.Load(row + V.Count) - f1, d2 = V.Load(row + 2 * V.Count) - f2, d3 = V.Load(row + 3 * V.Count) - f3;
                s0 += d0;
                s1 += d1;
                s2 += d2;
                s3 += d3;
                q0 = V.MultiplyAdd(d0, d0, q0);
                q1 = V.MultiplyAdd(d1, d1, q1);
                q2 = V.MultiplyAdd(d2, d2, q2);
                q3 = V.MultiplyAdd(d3, d3, q3);
            }

            V.Store(s0, s);
            V.Store(s1, s + V.Count);
            V.Store(s2, s + 2 * V.Count);
            V.Store(s3, s + 3 * V.Count);
            V.Store(q0, q);
            V.Store(q1, q + V.Count);
            V.Store(q2, q + 2 * V.Count);
            V.Store(q3, q + 3 * V.Count);
            AddFrom(sum + c, squares + c, x + c, s, q, rows, 4 * V.Count);
        }

        for (; c < width; c += V.Count)
        {
            var part = width - c;
            var f = Part.Load<V>(x + c, part);
            V s0 = V.Zero, q0 = V.Zero;
            for (nint r = 0; r < rows; r++)
            {
                var d = Part.Load<V>(x + r * width + c, part) - f;
                s0 += d;
                q0 = V.MultiplyAdd(d, d, q0);
            }

            V.Store(s0, s);
            V.Store(q0, q);
            AddFrom(sum + c, squares + c, x + c, s, q, rows, Math.Min(part, V.Count));
        }
    }

    private static void AddFrom(double* sum, double* squares, float* first, float* s, float* q, int rows, int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            double f = first[i], d = s[i];
            sum[i] += d + rows * f;
            squares[i] += q[i] + 2 * f * d + rows * f * f;
        }
    }
}
