using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>The loss of one prediction and its derivative, in double.</summary>
internal interface IPointLoss
{
    /// <summary>l(z, label); <paramref name="slope"/> is dl/dz.</summary>
    double Value(double z, double label, out double slope);
}

/// <summary>
/// Losses from logits, summed over rows as weight·l in double and in row order; slopes = weight·dl/dz. A row of weight zero takes no part: its
/// label may be NaN, and its slope is zero. There is one number a row, so the arithmetic is in double, and the same at every width.
/// </summary>
internal static unsafe partial class Losses
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<TLoss>(TLoss loss, float* slopes, float* z, float* label, float* weight, int rows)
        where TLoss : struct, IPointLoss
    {
        double total = 0;
        for (var r = 0; r < rows; r++)
        {
            double w = weight[r], slope = 0;
            if (w != 0) total += w * loss.Value(z[r], label[r], out slope);
            slopes[r] = (float)(w * slope);
        }

        return total;
    }
}
