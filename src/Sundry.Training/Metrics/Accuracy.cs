namespace Sundry.Training;

/// <summary>Share of the rows predicted right. Higher is better.</summary>
public static class Accuracy
{
    /// <summary>Of a binary task, at a threshold; NaN (undefined) where no row counts.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="threshold">The least probability that counts as positive.</param>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, double threshold = .5) =>
        BinaryCounts.Of(probabilities, labels, weights, threshold).Accuracy;

    /// <summary>Of a multiclass task, by the most probable class (the first of equals); NaN where no row counts.</summary>
    /// <param name="probabilities">[n, classes]</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">[n], class indices; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        ClassCounts.Of(probabilities, classes, labels, weights).Accuracy;
}
