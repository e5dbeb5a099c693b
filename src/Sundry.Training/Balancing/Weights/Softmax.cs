namespace Sundry.Training;

/// <summary>The softmax of a few numbers in double; −∞ takes no part.</summary>
internal static class Softmax
{
    /// <summary>exp(x_t) / Σ exp(x_s), the greatest subtracted first; zeros where nothing takes part. Source and target may be the same.</summary>
    public static void Of(ReadOnlySpan<double> x, Span<double> result)
    {
        var greatest = double.NegativeInfinity;
        foreach (var value in x) greatest = Math.Max(greatest, value);
        if (double.IsNegativeInfinity(greatest))
        {
            result.Clear();
            return;
        }

        var sum = 0.0;
        for (var t = 0; t < x.Length; t++) sum += result[t] = Math.Exp(x[t] - greatest);
        for (var t = 0; t < x.Length; t++) result[t] /= sum;
    }
}
