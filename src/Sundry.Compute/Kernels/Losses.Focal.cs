namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>
    /// y·f(z) + (1 − y)·f(-z) with f(z) = σ(-z)^γ·softplus(-z), y the label of which a share ε is spread over both classes;
    /// f' = -σ(-z)^γ·(γ·σ(z)·softplus(-z) + σ(-z)). Lin et al. 2017; γ = 0 is cross-entropy.
    /// </summary>
    public static double Focal(float* slopes, float* z, float* label, float* weight, int rows, double gamma, double smoothing) =>
        Sum(new FocalPoint(gamma, smoothing), slopes, z, label, weight, rows);

    private readonly struct FocalPoint(double gamma, double smoothing) : IPointLoss
    {
        public double Value(double z, double label, out double slope)
        {
            var y = label * (1 - smoothing) + smoothing / 2;
            var positive = Half(z, out var up);
            var negative = Half(-z, out var down);
            slope = y * up - (1 - y) * down;
            return y * positive + (1 - y) * negative;
        }

        private double Half(double z, out double slope)
        {
            var e = Math.Exp(-Math.Abs(z));
            var right = (z >= 0 ? 1 : e) / (1 + e);
            var wrong = (z >= 0 ? e : 1) / (1 + e);
            var surprise = Math.Max(-z, 0) + (e > 1e-8 ? Math.Log(1 + e) : e);
            var factor = gamma == 0 ? 1 : Math.Pow(wrong, gamma);
            slope = -factor * (gamma * right * surprise + wrong);
            return factor * surprise;
        }
    }
}
