namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>l = (z - label)², dl/dz = 2·(z - label).</summary>
    public static double SquaredError(float* dz, float* z, float* label, float* weight, int rows, float scale, bool accumulate = false) =>
        Sum(new SquaredErrorLoss(), dz, z, label, weight, rows, scale, accumulate);

    private readonly struct SquaredErrorLoss : IPointLoss
    {
        public double Value(double z, double label, out double slope)
        {
            slope = 2 * (z - label);
            return (z - label) * (z - label);
        }
    }
}
