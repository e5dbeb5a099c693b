using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>The loss of one prediction and its derivative, in double.</summary>
internal interface IPointLoss
{
    /// <summary>l(z, label); <paramref name="slope"/> is dl/dz.</summary>
    double Value(double z, double label, out double slope);
}

/// <summary>
/// Losses from logits, summed over rows as weight·l in double and in row order; dz = weight·scale·dl/dz, or += where
/// asked, unless dz is null. A row of weight zero takes no part: its label may be NaN, and its gradient is zero. A null
/// weight means one everywhere. There is one number a row, so the arithmetic is scalar, double, and the same at every width.
/// </summary>
internal static unsafe partial class Losses
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<TLoss>(TLoss loss, float* dz, float* z, float* label, float* weight, int rows, float scale, bool accumulate)
        where TLoss : struct, IPointLoss
    {
        double total = 0;
        for (var r = 0; r < rows; r++)
        {
            double w = weight == null ? 1 : weight[r];
            if (w == 0)
            {
                if (dz != null && !accumulate) dz[r] = 0f;
                continue;
            }

            total += w * loss.Value(z[r], label[r], out var slope);
            if (dz == null) continue;
            var gradient = (float)(w * scale * slope);
            dz[r] = accumulate ? dz[r] + gradient : gradient;
        }

        return total;
    }
}
