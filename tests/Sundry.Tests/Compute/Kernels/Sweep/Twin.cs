namespace Sundry.Tests;

/// <summary>Functions in double that the framework lacks, written for exactness alone.</summary>
internal static class Twin
{
    /// <summary>Φ(x): the series of erf where it converges fast, the continued fraction of erfc in the tails.</summary>
    public static double NormalCdf(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        var u = Math.Abs(x) / Math.Sqrt(2);
        double upper;
        if (u < 2.5)
        {
            double term = u, sum = u;
            for (var i = 1; i < 200; i++)
            {
                term *= -u * u / i;
                sum += term / (2 * i + 1);
            }

            upper = 0.5 - sum / Math.Sqrt(Math.PI);
        }
        else if (u > 30)
        {
            upper = 0;
        }
        else
        {
            var fraction = 0.0;
            for (var i = 200; i > 0; i--) fraction = i / 2.0 / (u + fraction);
            upper = Math.Exp(-u * u) / Math.Sqrt(Math.PI) / (u + fraction) / 2;
        }

        return x < 0 ? upper : 1 - upper;
    }
}
