namespace Sundry.Training;

/// <summary>
/// The sum of the predictions over the sum of the labels: 1 is right on the whole, 1.2 promises a fifth too much.
/// Best when nearest to 1. For binary and count tasks.
/// </summary>
public static class Calibration
{
    /// <summary>The ratio; NaN (undefined) where the labels sum to zero or no row counts.</summary>
    /// <param name="predictions">[n], probabilities or expected counts.</param>
    /// <param name="labels">[n], at least 0; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(predictions, labels, weights);
        double predicted = 0, seen = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (!(weight > 0)) continue;
            predicted += weight * predictions[i];
            seen += weight * labels[i];
        }

        return Of(predicted, seen);
    }

    /// <summary>The ratio from the two sums, which merge over parts of the rows by addition.</summary>
    public static double Of(double predicted, double seen) => seen > 0 ? predicted / seen : double.NaN;
}
