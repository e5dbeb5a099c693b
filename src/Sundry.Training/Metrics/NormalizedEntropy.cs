namespace Sundry.Training;

/// <summary>
/// Log loss divided by the loss of always predicting the mean label; below 1 is better than knowing nothing
/// (He et al., "Practical Lessons from Predicting Clicks on Ads at Facebook", 2014). Lower is better.
/// </summary>
public static class NormalizedEntropy
{
    /// <summary>The ratio; NaN (undefined) where all labels are of one class or no row counts.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(probabilities, labels, weights);
        var mean = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) mean.Add(labels[i], weight);
        }

        return Of(LogLoss.Of(probabilities, labels, weights), mean.Value);
    }

    /// <summary>The ratio from the log loss and the mean label, which merge over parts of the rows.</summary>
    public static double Of(double logLoss, double meanLabel) =>
        meanLabel is > 0 and < 1
            ? logLoss / -(meanLabel * Math.Log(meanLabel) + (1 - meanLabel) * Math.Log(1 - meanLabel))
            : double.NaN;
}
