namespace Sundry.Training;

/// <summary>
/// The mean negative log-likelihood of binary labels under predicted probabilities, in nats; lower is better.
/// </summary>
/// <remarks>
/// Probabilities are clipped to [2⁻²³, 1 − 2⁻²³], the resolution of a float near one, so that one saturated and wrong
/// prediction costs 15.9 instead of infinity. scikit-learn clips float32 predictions at the same place.
/// </remarks>
public static class LogLoss
{
    /// <summary>Where probabilities are clipped: the machine epsilon of float32, 2⁻²³.</summary>
    public const double Epsilon = 1.1920928955078125e-7;

    /// <summary>The loss; NaN (undefined) where no row counts or a prediction is NaN.</summary>
    /// <param name="probabilities">[n], the predicted probability of the positive class.</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        State(probabilities, labels, weights).Value;

    /// <summary>The same as a state that merges with that of other rows.</summary>
    public static WeightedMean State(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(probabilities, labels, weights);
        var state = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) state.Add(OfRow(probabilities[i], labels[i]), weight);
        }

        return state;
    }

    internal static double OfRow(double probability, double label)
    {
        double p = Math.Clamp(probability, Epsilon, 1 - Epsilon);
        // a hard label needs one logarithm, and 0 · log would be wasted on the other
        if (label == 0) return -Math.Log(1 - p);
        if (label == 1) return -Math.Log(p);
        return -label * Math.Log(p) - (1 - label) * Math.Log(1 - p);
    }
}
