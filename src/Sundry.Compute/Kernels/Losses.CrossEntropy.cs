using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>
    /// l = log Σ e^z - z[label] over each row of <paramref name="classes"/> logits, slopes = weight·(softmax(z) - [c = label]);
    /// <paramref name="label"/> holds one class index a row.
    /// </summary>
    public static double CrossEntropy(float* slopes, float* z, float* label, float* weight, int rows, int classes) =>
        Simd.Bits == 512 ? CrossEntropy<V512>(slopes, z, label, weight, rows, classes)
        : Simd.Bits == 256 ? CrossEntropy<V256>(slopes, z, label, weight, rows, classes)
        : Simd.Bits == 128 ? CrossEntropy<V128>(slopes, z, label, weight, rows, classes)
        : CrossEntropy<V1>(slopes, z, label, weight, rows, classes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double CrossEntropy<V>(float* slopes, float* z, float* label, float* weight, int rows, int classes)
        where V : struct, IVector<V>
    {
        double total = 0;
        var lowest = V.Broadcast(float.NegativeInfinity);
        for (var r = 0; r < rows; r++, z += classes, slopes += classes)
        {
            var w = weight[r];
            if (w == 0)
            {
                new Span<float>(slopes, classes).Clear();
                continue;
            }

            var most = lowest;
            for (var c = 0; c < classes; c += V.Count)
                most = V.Max(most, Part.Keep(Part.Load<V>(z + c, classes - c), classes - c, lowest));
            var largest = V.Largest(most);

            var sums = V.Zero;
            for (var c = 0; c < classes; c += V.Count)
            {
                var e = VectorMath.Exp(Part.Load<V>(z + c, classes - c) - V.Broadcast(largest));
                Part.Store(e, slopes + c, classes - c);
                sums += Part.Keep(e, classes - c, V.Zero);
            }

            var sum = V.Sum(sums);

            var right = (int)label[r];
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)right, (uint)classes, nameof(label));
            total += w * (Math.Log(sum) + ((double)largest - z[right]));
            var each = V.Broadcast(w / sum);
            for (var c = 0; c < classes; c += V.Count)
                Part.Store(Part.Load<V>(slopes + c, classes - c) * each, slopes + c, classes - c);
            slopes[right] -= w;
        }

        return total;
    }
}
