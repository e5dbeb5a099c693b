namespace Sundry.Training;

/// <summary>
/// The mean of −log of the probability given to the true class, in nats, clipped as in <see cref="LogLoss"/>. Lower is better.
/// </summary>
public static class MulticlassLogLoss
{
    /// <summary>The loss; NaN (undefined) where no row counts or a prediction is NaN.</summary>
    /// <param name="probabilities">[n, classes], each row summing to one.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">[n], class indices; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        State(probabilities, classes, labels, weights).Value;

    /// <summary>The same as a state that merges with that of other rows.</summary>
    public static WeightedMean State(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(probabilities, labels, weights, classes);
        var state = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) state.Add(OfRow(probabilities.Slice(i * classes, classes), (int)labels[i]), weight);
        }

        return state;
    }

    internal static double OfRow(ReadOnlySpan<float> probabilities, int label) =>
        -Math.Log(Math.Clamp((double)probabilities[label], LogLoss.Epsilon, 1 - LogLoss.Epsilon));
}
