using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>y = x·(slope + (1 − slope)·σ(normal)), with one slope per column. Zhou et al. 2018.</summary>
    public static void Dice(float* y, float* x, float* normal, float* slope, int rows, int width)
    {
        for (nint r = 0, some; r < rows; r += some)
        {
            some = Math.Min(rows - r, RowTile(width));
            var at = r * width;
            if (Simd.Bits == 512) Dice<V512>(y + at, x + at, normal + at, slope, (int)some, width);
            else if (Simd.Bits == 256) Dice<V256>(y + at, x + at, normal + at, slope, (int)some, width);
            else if (Simd.Bits == 128) Dice<V128>(y + at, x + at, normal + at, slope, (int)some, width);
            else Dice<V1>(y + at, x + at, normal + at, slope, (int)some, width);
        }
    }

    /// <summary>The gradients of x and of normal, added or assigned; dslope += the sum over rows, always added.</summary>
    public static void DiceGradient(
        float* dx, float* dnormal, float* dslope, float* dy, float* x, float* normal, float* slope, int rows, int width, bool accumulate, bool accumulateNormal)
    {
        for (nint r = 0, some; r < rows; r += some)
        {
            some = Math.Min(rows - r, RowTile(width));
            var at = r * width;
            if (Simd.Bits == 512) DiceGradient<V512>(dx + at, dnormal + at, dslope, dy + at, x + at, normal + at, slope, (int)some, width, accumulate, accumulateNormal);
            else if (Simd.Bits == 256) DiceGradient<V256>(dx + at, dnormal + at, dslope, dy + at, x + at, normal + at, slope, (int)some, width, accumulate, accumulateNormal);
            else if (Simd.Bits == 128) DiceGradient<V128>(dx + at, dnormal + at, dslope, dy + at, x + at, normal + at, slope, (int)some, width, accumulate, accumulateNormal);
            else DiceGradient<V1>(dx + at, dnormal + at, dslope, dy + at, x + at, normal + at, slope, (int)some, width, accumulate, accumulateNormal);
        }
    }

    // a tile of rows goes by column after column while the first-level cache holds it
    private static int RowTile(int width) => Math.Max(8, 2048 / width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dice<V>(float* y, float* x, float* normal, float* slope, int rows, int width) where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            var a = Part.Load<V>(slope + c, part);
            for (long i = 0; i < rows; i++)
            {
                var at = i * width + c;
                var p = VectorMath.Sigmoid(Part.Load<V>(normal + at, part));
                Part.Store(Part.Load<V>(x + at, part) * V.MultiplyAdd(one - a, p, a), y + at, part);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DiceGradient<V>(
        float* dx, float* dnormal, float* dslope, float* dy, float* x, float* normal, float* slope, int rows, int width, bool accumulate, bool accumulateNormal)
        where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            var a = Part.Load<V>(slope + c, part);
            var sum = V.Zero;
            for (long i = 0; i < rows; i++)
            {
                var at = i * width + c;
                var p = VectorMath.Sigmoid(Part.Load<V>(normal + at, part));
                V d = Part.Load<V>(dy + at, part), v = Part.Load<V>(x + at, part);
                sum = V.MultiplyAdd(d * v, one - p, sum);
                var toX = d * V.MultiplyAdd(one - a, p, a);
                var toNormal = d * v * (one - a) * p * (one - p);
                if (accumulate) toX += Part.Load<V>(dx + at, part);
                if (accumulateNormal) toNormal += Part.Load<V>(dnormal + at, part);
                Part.Store(toX, dx + at, part);
                Part.Store(toNormal, dnormal + at, part);
            }

            Part.Store(Part.Load<V>(dslope + c, part) + sum, dslope + c, part);
        }
    }
}
