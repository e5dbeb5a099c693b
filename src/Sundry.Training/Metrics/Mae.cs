namespace Sundry.Training;

/// <summary>Mean absolute error, in the label's unit. Lower is better.</summary>
public static class Mae
{
    /// <summary>The error; NaN (undefined) where no row counts or a prediction is NaN.</summary>
    /// <param name="predictions">[n]</param>
    /// <param name="labels">[n]; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        State(predictions, labels, weights).Value;

    /// <summary>The same as a state that merges with that of other rows.</summary>
    public static WeightedMean State(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(predictions, labels, weights);
        var state = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (!(weight > 0)) continue;
            double error = (double)predictions[i] - labels[i];
            state.Add(Math.Abs(error), weight);
        }

        return state;
    }
}
