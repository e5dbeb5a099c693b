namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>l = softplus(z) - label·z, dl/dz = σ(z) - label; label 0, 1 or between.</summary>
    public static double BinaryCrossEntropy(float* slopes, float* z, float* label, float* weight, int rows) =>
        Sum(new BinaryCrossEntropyLoss(), slopes, z, label, weight, rows);

    private readonly struct BinaryCrossEntropyLoss : IPointLoss
    {
        public double Value(double z, double label, out double slope)
        {
            // e^-|z| never overflows, and log(1 + e) keeps its small values
            var e = Math.Exp(-Math.Abs(z));
            slope = (z >= 0 ? 1 : e) / (1 + e) - label;
            var log1p = e > 1e-8 ? Math.Log(1 + e) : e;
            return Math.Max(z, 0) + log1p - label * z;
        }
    }
}
