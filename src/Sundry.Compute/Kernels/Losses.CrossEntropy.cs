using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>
    /// l = log Σ e^z - z[label] over each row of <paramref name="classes"/> logits, dl/dz = softmax(z) - [c = label];
    /// <paramref name="label"/> holds one class index a row.
    /// </summary>
    public static double CrossEntropy(float* dz, float* z, float* label, float* weight, int rows, int classes, float scale, bool accumulate = false) =>
        Simd.Bits == 512 ? CrossEntropy<V512>(dz, z, label, weight, rows, classes, scale, accumulate)
        : Simd.Bits == 256 ? CrossEntropy<V256>(dz, z, label, weight, rows, classes, scale, accumulate)
        : Simd.Bits == 128 ? CrossEntropy<V128>(dz, z, label, weight, rows, classes, scale, accumulate)
        : CrossEntropy<V1>(dz, z, label, weight, rows, classes, scale, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double CrossEntropy<V>(float* dz, float* z, float* label, float* weight, int rows, int classes, float scale, bool accumulate)
        where V : struct, IVector<V>
    {
        double total = 0;
        var lowest = V.Broadcast(float.NegativeInfinity);
        for (var r = 0; r < rows; r++, z += classes)
        {
            var w = weight == null ? 1f : weight[r];
            var d = dz == null ? null : dz + (nint)r * classes;
            if (w == 0)
            {
                if (d != null && !accumulate) new Span<float>(d, classes).Clear();
                continue;
            }

            var most = lowest;
            for (var c = 0; c < classes; c += V.Count)
                most = V.Max(most, Part.Keep(Part.Load<V>(z + c, classes - c), classes - c, lowest));
            var largest = V.Largest(most);

            var sums = V.Zero;
            for (var c = 0; c < classes; c += V.Count)
                sums += Part.Keep(VectorMath.Exp(Part.Load<V>(z + c, classes - c) - V.Broadcast(largest)), classes - c, V.Zero);
            var sum = V.Sum(sums);

            var right = (int)label[r];
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)right, (uint)classes, nameof(label));
            total += w * (Math.Log(sum) + ((double)largest - z[right]));
            if (d == null) continue;

            var factor = w * scale;
            var each = V.Broadcast(factor / sum);
            for (var c = 0; c < classes; c += V.Count)
            {
                var p = VectorMath.Exp(Part.Load<V>(z + c, classes - c) - V.Broadcast(largest)) * each;
                if (accumulate) p += Part.Load<V>(d + c, classes - c);
                Part.Store(p, d + c, classes - c);
            }

            d[right] -= factor;
        }

        return total;
    }
}
