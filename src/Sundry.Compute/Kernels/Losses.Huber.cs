namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>With d = z - label: l = d²/2 while |d| ≤ delta, then delta·(|d| - delta/2); dl/dz = d cut to ±delta. Huber 1964.</summary>
    public static double Huber(float* slopes, float* z, float* label, float* weight, int rows, float delta) =>
        Sum(new HuberLoss(delta), slopes, z, label, weight, rows);

    private readonly struct HuberLoss(double delta) : IPointLoss
    {
        public double Value(double z, double label, out double slope)
        {
            var d = z - label;
            slope = Math.Clamp(d, -delta, delta);
            return Math.Abs(d) <= delta ? d * d / 2 : delta * (Math.Abs(d) - delta / 2);
        }
    }
}
