namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>l = (z - label)², dl/dz = 2·(z - label).</summary>
    public static double SquaredError(float* slopes, float* z, float* label, float* weight, int rows) =>
        Sum(new SquaredErrorLoss(), slopes, z, label, weight, rows);

    private readonly struct SquaredErrorLoss : IPointLoss
    {
        public double Value(double z, double label, out double slope)
        {
            slope = 2 * (z - label);
            return (z - label) * (z - label);
        }
    }
}
