namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>The negative log-likelihood of a count with rate e^z, without its constant: l = e^z - label·z, dl/dz = e^z - label.</summary>
    public static double Poisson(float* slopes, float* z, float* label, float* weight, int rows) =>
        Sum(new PoissonLoss(), slopes, z, label, weight, rows);

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
