namespace Sundry.Training;

/// <summary>Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN), at a threshold of .5 by default. Higher is better.</summary>
public static class F1
{
    /// <summary>The metric; NaN (undefined) where no row is positive or predicted so.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="threshold">The least probability that counts as positive.</param>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, double threshold = .5) =>
        BinaryCounts.Of(probabilities, labels, weights, threshold).F1;
}
