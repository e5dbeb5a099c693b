namespace Sundry.Simulator;

/// <summary>The standard normal distribution, and the expectations that the truth file needs from it.</summary>
internal static class NormalCurve
{
    /// <summary>P(Z ≤ x), absolute error below 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    public static double Below(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = 0.3989422804014327 * Math.Exp(-0.5 * x * x)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }

    /// <summary>E[min(e^X, <paramref name="ceiling"/>)] of X ~ N(<paramref name="mean"/>, <paramref name="deviation"/>²).</summary>
    public static double CappedLogNormalMean(double mean, double deviation, double ceiling)
    {
        var limit = (Math.Log(ceiling) - mean) / deviation;
        return Math.Exp(mean + 0.5 * deviation * deviation) * Below(limit - deviation) + ceiling * (1 - Below(limit));
    }

    /// <summary>E of N(<paramref name="mean"/>, <paramref name="deviation"/>²) rounded to a whole number and kept within 1 .. 5.</summary>
    public static double StarsMean(double mean, double deviation)
    {
        var expected = 1.0;
        for (var star = 1.5; star < 5; star++) expected += Below((mean - star) / deviation);
        return expected;
    }
}
