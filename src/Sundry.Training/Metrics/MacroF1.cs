namespace Sundry.Training;

/// <summary>Mean F1 of the classes that occur among the labels or the predictions. Higher is better.</summary>
public static class MacroF1
{
    /// <summary>The metric; NaN (undefined) where no row counts.</summary>
    /// <param name="probabilities">[n, classes]</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">[n], class indices; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        ClassCounts.Of(probabilities, classes, labels, weights).MacroF1;
}
