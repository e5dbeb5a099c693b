namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>The negative log-likelihood of a count with rate e^z, without its constant: l = e^z - label·z, dl/dz = e^z - label.</summary>
    public static double Poisson(float* dz, float* z, float* label, float* weight, int rows, float scale, bool accumulate = false) =>
        Sum(new PoissonLoss(), dz, z, label, weight, rows, scale, accumulate);

    private readonly struct PoissonLoss : IPointLoss
    {
        public double Value(double z, double label, out double slope)
        {
            var rate = Math.Exp(z);
            slope = rate - label;
            return rate - label * z;
        }
    }
}
