namespace Sundry.Training;

/// <summary>
/// Mean distance between predicted probability and observed share over bins of equal mass, each weighing its mass.
/// Lower is better.
/// </summary>
/// <remarks>
/// Bins of equal width, the older habit, put nearly every row of a rare event into one bin. A run of equal predictions
/// falls whole into the bin that its middle lies in, so the figure does not depend on the order of the rows.
/// Sampling noise adds to it: of a perfectly calibrated model it is above 0.
/// </remarks>
public static class ExpectedCalibrationError
{
    /// <summary>Number of bins where none is given.</summary>
    public const int Bins = 15;

    /// <summary>The error; NaN (undefined) where no row counts or a prediction is NaN.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int bins = Bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        return RankedRows.Of(probabilities, labels, weights) is { } ranked ? Of(ranked, ranked.Weights, bins) : double.NaN;
    }

    /// <summary>With other weights for the ranked rows; 0 leaves a row out.</summary>
    internal static double Of(RankedRows ranked, ReadOnlySpan<double> weights, int bins = Bins)
    {
        double total = 0;
        foreach (double weight in weights) total += weight;
        double perMass = bins / total, below = 0, mass = 0, gap = 0, binGap = 0, error = 0;
        int bin = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            mass += weights[i];
            gap += weights[i] * (ranked.Scores[i] - ranked.Labels[i]);
            if (!ranked.EndsTie[i]) continue;
            int middle = BinOf(below, mass, perMass);
            if (middle != bin)
            {
                error += Math.Abs(binGap);
                binGap = 0;
                bin = middle;
            }

            binGap += gap;
            below += mass;
            gap = mass = 0;
        }

        return total > 0 ? (error + Math.Abs(binGap)) / total : double.NaN;
    }

    /// <summary>The bin that the middle of a run of equal predictions lies in.</summary>
    internal static int BinOf(double below, double mass, double binsPerMass) => (int)((below + mass / 2) * binsPerMass);
}
