namespace Sundry.Training;

/// <summary>
/// The share of the labels' variance that the predictions explain, 1 − Σ(y−p)²/Σ(y−ȳ)²; 0 is as good as the mean,
/// below 0 worse. Higher is better.
/// </summary>
public static class RSquared
{
    /// <summary>The share; NaN (undefined) where the labels do not vary or no row counts.</summary>
    /// <param name="predictions">[n]</param>
    /// <param name="labels">[n]; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        State(predictions, labels, weights).Value;

    /// <summary>The same as a state that merges with that of other rows.</summary>
    public static ExplainedVariation State(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(predictions, labels, weights);
        var state = new ExplainedVariation();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) state.Add(predictions[i], labels[i], weight);
        }

        return state;
    }
}
