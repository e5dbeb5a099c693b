namespace Sundry.Training;

/// <summary>Root of the mean squared error, in the label's unit. Lower is better.</summary>
public static class Rmse
{
    /// <summary>The error; NaN (undefined) where no row counts or a prediction is NaN.</summary>
    /// <param name="predictions">[n]</param>
    /// <param name="labels">[n]; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Math.Sqrt(State(predictions, labels, weights).Value);

    /// <summary>The mean squared error as a state that merges with that of other rows; its root is the metric.</summary>
    public static WeightedMean State(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(predictions, labels, weights);
        var state = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (!(weight > 0)) continue;
            double error = (double)predictions[i] - labels[i];
            state.Add(error * error, weight);
        }

        return state;
    }
}
