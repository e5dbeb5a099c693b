namespace Sundry.Training;

/// <summary>Share of the rows predicted positive that are positive, at a threshold of .5 by default. Higher is better.</summary>
public static class Precision
{
    /// <summary>The metric; NaN (undefined) where no row is predicted positive.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="threshold">The least probability that counts as positive.</param>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, double threshold = .5) =>
        BinaryCounts.Of(probabilities, labels, weights, threshold).Precision;
}
