using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>The constants of a Dice over normalised columns, and the weights of the sum that follows it; each has a float a column.</summary>
/// <param name="mean">Means.</param>
/// <param name="factor">1 / deviation · scale.</param>
/// <param name="shift">Shift.</param>
/// <param name="slope">Slope.</param>
/// <param name="weight">Weights.</param>
internal readonly unsafe struct DiceColumns(float* mean, float* factor, float* shift, float* slope, float* weight)
{
    public readonly float* Mean = mean;
    public readonly float* Factor = factor;
    public readonly float* Shift = shift;
    public readonly float* Slope = slope;
    public readonly float* Weight = weight;
}

// A Dice whose result is only summed by weights, so that neither it nor its gradient is ever in memory: with u = x − mean, p = σ(u · factor + shift) and q = 1 − p,
// score = Σ weight · x (slope + (1 − slope) p). p is computed anew wherever it is wanted: that is cheaper than keeping it.
internal static unsafe partial class Activations
{
    /// <summary>Rows that go by at a time.</summary>
    private const int ScoreRows = 64;

    /// <summary>score[r] = bias + the weighted sum of row r.</summary>
    public static void DiceScore(float* score, float* x, in DiceColumns columns, float bias, int rows, int width)
    {
        for (nint r = 0; r < rows; r += ScoreRows)
        {
            var some = (int)Math.Min(rows - r, ScoreRows);
            if (Simd.Bits == 512) DiceScore<V512>(score + r, x + r * width, columns, bias, some, width);
            else if (Simd.Bits == 256) DiceScore<V256>(score + r, x + r * width, columns, bias, some, width);
            else if (Simd.Bits == 128) DiceScore<V128>(score + r, x + r * width, columns, bias, some, width);
            else DiceScore<V1>(score + r, x + r * width, columns, bias, some, width);
        }
    }

    /// <summary>By column, what all gradients of constants come from, with g = dscore: t0 += Σ g x, t1 += Σ g x p, t2 += Σ g x p q, t3 += Σ g x p q u.</summary>
    public static void DiceScoreSums(double* t0, double* t1, double* t2, double* t3, float* dscore, float* x, in DiceColumns columns, int rows, int width)
    {
        for (nint r = 0; r < rows; r += ScoreRows)
        {
            var some = (int)Math.Min(rows - r, ScoreRows);
            if (Simd.Bits == 512) DiceScoreSums<V512>(t0, t1, t2, t3, dscore + r, x + r * width, columns, some, width);
            else if (Simd.Bits == 256) DiceScoreSums<V256>(t0, t1, t2, t3, dscore + r, x + r * width, columns, some, width);
            else if (Simd.Bits == 128) DiceScoreSums<V128>(t0, t1, t2, t3, dscore + r, x + r * width, columns, some, width);
            else DiceScoreSums<V1>(t0, t1, t2, t3, dscore + r, x + r * width, columns, some, width);
        }
    }

    /// <summary>dx = g (w slope + w (1 − slope) (p + factor x p q)) − (<paramref name="level"/> + u · <paramref name="tilt"/>): the last is what flows through the batch's statistics, by column. sums = the column sums of dx.</summary>
    public static void DiceScoreGradient(float* dx, float* sums, float* dscore, float* x, in DiceColumns columns, float* level, float* tilt, int rows, int width)
    {
        Elementwise.Fill(sums, 0, width);
        for (nint r = 0; r < rows; r += ScoreRows)
        {
            var some = (int)Math.Min(rows - r, ScoreRows);
            if (Simd.Bits == 512) DiceScoreGradient<V512>(dx + r * width, sums, dscore + r, x + r * width, columns, level, tilt, some, width);
            else if (Simd.Bits == 256) DiceScoreGradient<V256>(dx + r * width, sums, dscore + r, x + r * width, columns, level, tilt, some, width);
            else if (Simd.Bits == 128) DiceScoreGradient<V128>(dx + r * width, sums, dscore + r, x + r * width, columns, level, tilt, some, width);
            else DiceScoreGradient<V1>(dx + r * width, sums, dscore + r, x + r * width, columns, level, tilt, some, width);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DiceScore<V>(float* score, float* x, in DiceColumns columns, float bias, int rows, int width) where V : struct, IVector<V>
    {
        var lanes = stackalloc float[ScoreRows * V.Count];
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            V m = Part.Load<V>(columns.Mean + c, part), f = Part.Load<V>(columns.Factor + c, part), s = Part.Load<V>(columns.Shift + c, part);
            V w = Part.Load<V>(columns.Weight + c, part), plain = w * Part.Load<V>(columns.Slope + c, part), rise = w - plain;
            var at = x + c;
            for (nint r = 0; r < rows; r++, at += width)
            {
                var v = Part.Load<V>(at, part);
                var p = VectorMath.BoundedSigmoid(V.MultiplyAdd(v - m, f, s));
                var y = v * V.MultiplyAdd(rise, p, plain);
                V.Store(c == 0 ? y : y + V.Load(lanes + r * V.Count), lanes + r * V.Count);
            }
        }

        for (nint r = 0; r < rows; r++) score[r] = V.Sum(V.Load(lanes + r * V.Count)) + bias;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DiceScoreSums<V>(double* t0, double* t1, double* t2, double* t3, float* dscore, float* x, in DiceColumns columns, int rows, int width) where V : struct, IVector<V>
    {
        var lanes = stackalloc float[4 * 16];
        var one = V.Broadcast(1f);
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            V m = Part.Load<V>(columns.Mean + c, part), f = Part.Load<V>(columns.Factor + c, part), s = Part.Load<V>(columns.Shift + c, part);
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            var at = x + c;
            for (nint r = 0; r < rows; r++, at += width)
            {
                var v = Part.Load<V>(at, part);
                var u = v - m;
                var p = VectorMath.BoundedSigmoid(V.MultiplyAdd(u, f, s));
                v *= V.Broadcast(dscore[r]);
                s0 += v;
                v *= p;
                s1 += v;
                v *= one - p;
                s2 += v;
                s3 = V.MultiplyAdd(v, u, s3);
            }

            V.Store(s0, lanes);
            V.Store(s1, lanes + 16);
            V.Store(s2, lanes + 32);
            V.Store(s3, lanes + 48);
            for (var l = 0; l < Math.Min(V.Count, part); l++)
            {
                t0[c + l] += lanes[l];
                t1[c + l] += lanes[16 + l];
                t2[c + l] += lanes[32 + l];
                t3[c + l] += lanes[48 + l];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DiceScoreGradient<V>(float* dx, float* sums, float* dscore, float* x, in DiceColumns columns, float* level, float* tilt, int rows, int width) where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            V m = Part.Load<V>(columns.Mean + c, part), f = Part.Load<V>(columns.Factor + c, part), s = Part.Load<V>(columns.Shift + c, part);
            V w = Part.Load<V>(columns.Weight + c, part), plain = w * Part.Load<V>(columns.Slope + c, part), rise = w - plain, bend = rise * f;
            V constant = Part.Load<V>(level + c, part), byU = Part.Load<V>(tilt + c, part);
            var sum = Part.Load<V>(sums + c, part);
            var at = (nint)c;
            for (nint r = 0; r < rows; r++, at += width)
            {
                var v = Part.Load<V>(x + at, part);
                var u = v - m;
                var p = VectorMath.BoundedSigmoid(V.MultiplyAdd(u, f, s));
                var y = V.MultiplyAdd(v * bend, p * (one - p), V.MultiplyAdd(rise, p, plain));
                var d = V.Broadcast(dscore[r]) * y - V.MultiplyAdd(u, byU, constant);
                sum += d;
                Part.Store(d, dx + at, part);
            }

            Part.Store(sum, sums + c, part);
        }
    }
}
