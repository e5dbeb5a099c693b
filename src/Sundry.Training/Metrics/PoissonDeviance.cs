namespace Sundry.Training;

/// <summary>
/// The mean unit deviance of counts under a Poisson distribution, 2 (y log(y/μ) − y + μ); 0 is perfect. Lower is better.
/// </summary>
public static class PoissonDeviance
{
    /// <summary>The deviance; NaN (undefined) where no row counts, a label is negative or a prediction is NaN.</summary>
    /// <param name="predictions">[n], expected counts; below 2⁻²³ they are taken as 2⁻²³, so that the deviance stays finite.</param>
    /// <param name="labels">[n], at least 0; NaN leaves the row out.</param>
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
            if (weight > 0) state.Add(OfRow(predictions[i], labels[i]), weight);
        }

        return state;
    }

    internal static double OfRow(double prediction, double label)
    {
        if (label < 0) return double.NaN;
        double mean = Math.Max(prediction, LogLoss.Epsilon);
        return 2 * ((label > 0 ? label * Math.Log(label / mean) : 0) - label + mean);
    }
}
