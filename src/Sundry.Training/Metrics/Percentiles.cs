namespace Sundry.Training;

/// <summary>The interval that holds the middle 95 % of bootstrap replicates.</summary>
internal static class Percentiles
{
    /// <summary>
    /// Ends of the interval, by linear interpolation between order statistics. Undefined replicates are left out; where they are
    /// more than a tenth (an AUC over two positives) the interval is undefined too, for it would speak of lucky draws only.
    /// </summary>
    public static (double Low, double High) Of(ReadOnlySpan<double> replicates)
    {
        var defined = new List<double>(replicates.Length);
        foreach (double replicate in replicates)
            if (!double.IsNaN(replicate)) defined.Add(replicate);
        if (defined.Count < 2 || defined.Count < .9 * replicates.Length) return (double.NaN, double.NaN);
        defined.Sort();
        return (At(defined, .025), At(defined, .975));
    }

    private static double At(List<double> sorted, double share)
    {
        double position = share * (sorted.Count - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Count - 1);
        // equal neighbours may be infinite, and ∞ − ∞ is no number
        return sorted[below] == sorted[above] ? sorted[below] : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
