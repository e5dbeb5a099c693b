using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Elementwise
{
    /// <summary>
    /// y = x/keep for the elements that stay, else zero. Whether element <paramref name="firstIndex"/> + i stays is a hash
    /// of that index and <paramref name="key"/> alone, so the mask is the same for every vector width and every split of
    /// the range, and the backward pass computes it again instead of keeping it. Srivastava et al. 2014.
    /// </summary>
    public static void Dropout(float* y, float* x, long n, float keep, ulong key, long firstIndex) =>
        DropoutGradient(y, x, n, keep, key, firstIndex, accumulate: false);

    /// <summary>dx (+)= dy/keep for the elements that stayed; key and firstIndex as in <see cref="Dropout"/>.</summary>
    public static void DropoutGradient(float* dx, float* dy, long n, float keep, ulong key, long firstIndex, bool accumulate)
    {
        // the hash counts in 32 bits; each stretch of 2^32 indices has its own key
        while (n > 0)
        {
            var block = (ulong)firstIndex >> 32;
            var length = Math.Min(n, (1L << 32) - (firstIndex & uint.MaxValue));
            var mixed = Mix(key + (block + 1) * 0x9E3779B97F4A7C15);
            DropoutRun(dx, dy, length, keep, (int)mixed, (int)(mixed >> 32), (int)firstIndex, accumulate);
            dx += length;
            dy += length;
            firstIndex += length;
            n -= length;
        }
    }

    private static void DropoutRun(float* dx, float* dy, long n, float keep, int first, int second, int counter, bool accumulate)
    {
        if (Simd.Bits == 512) DropoutRun<V512>(dx, dy, n, keep, first, second, counter, accumulate);
        else if (Simd.Bits == 256) DropoutRun<V256>(dx, dy, n, keep, first, second, counter, accumulate);
        else if (Simd.Bits == 128) DropoutRun<V128>(dx, dy, n, keep, first, second, counter, accumulate);
        else DropoutRun<V1>(dx, dy, n, keep, first, second, counter, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DropoutRun<V>(float* dx, float* dy, long n, float keep, int first, int second, int counter, bool accumulate)
        where V : struct, IVector<V>
    {
        V one = V.BroadcastInt(first), two = V.BroadcastInt(second);
        V threshold = V.BroadcastInt((int)(keep * (1 << 24))), scale = V.Broadcast(1f / keep);
        for (long i = 0; i < n; i += V.Count)
        {
            // murmur3's finaliser, with the key's halves added before and between; 24 bits decide
            var h = V.AddInt(V.Indices, V.BroadcastInt(counter + (int)i));
            h = V.AddInt(V.MultiplyInt(h, V.BroadcastInt(unchecked((int)0x9E3779B1))), one);
            h = V.MultiplyInt(h ^ V.ShiftRightInt(h, 16), V.BroadcastInt(unchecked((int)0x85EBCA6B)));
            h = V.AddInt(h ^ V.ShiftRightInt(h, 13), two);
            h = V.MultiplyInt(h ^ V.ShiftRightInt(h, 16), V.BroadcastInt(unchecked((int)0xC2B2AE35)));
            h = V.ShiftRightInt(h ^ V.ShiftRightInt(h, 16), 8);

            var part = (int)Math.Min(V.Count, n - i);
            var d = Part.Load<V>(dy + i, part) * scale & V.LessThanInt(h, threshold);
            if (accumulate) d += Part.Load<V>(dx + i, part);
            Part.Store(d, dx + i, part);
        }
    }

    /// <summary>splitmix64's finaliser.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
