namespace Sundry.Training;

/// <summary>
/// The confusion of a binary task at a threshold, as weights: the mergeable state of accuracy, precision, recall and F1.
/// A prediction equal to the threshold counts as positive.
/// </summary>
/// <param name="TruePositives">Weight of positive rows predicted positive.</param>
/// <param name="FalsePositives">Weight of negative rows predicted positive.</param>
/// <param name="FalseNegatives">Weight of positive rows predicted negative.</param>
/// <param name="TrueNegatives">Weight of negative rows predicted negative.</param>
public readonly record struct BinaryCounts(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>Share of the rows predicted right; NaN without rows.</summary>
    public double Accuracy => (TruePositives + TrueNegatives) / (TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    /// <summary>Share of the rows predicted positive that are; NaN where none is predicted positive.</summary>
    public double Precision => TruePositives / (TruePositives + FalsePositives);

    /// <summary>Share of the positive rows that are predicted positive; NaN where none is positive.</summary>
    public double Recall => TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); NaN where no row is positive or predicted so.</summary>
    public double F1 => 2 * TruePositives / (2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>The counts of both parts of the rows.</summary>
    public static BinaryCounts operator +(BinaryCounts left, BinaryCounts right) => new(
        left.TruePositives + right.TruePositives,
        left.FalsePositives + right.FalsePositives,
        left.FalseNegatives + right.FalseNegatives,
        left.TrueNegatives + right.TrueNegatives);

    /// <summary>Counts rows. A NaN prediction makes every count NaN: there is no side to put it on.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="threshold">The least probability that counts as positive.</param>
    public static BinaryCounts Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, double threshold = .5)
    {
        var rows = new LabelledRows(probabilities, labels, weights);
        double tp = 0, fp = 0, fn = 0, tn = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (!(weight > 0)) continue;
            if (float.IsNaN(probabilities[i])) return new(double.NaN, double.NaN, double.NaN, double.NaN);
            double positive = weight * labels[i], negative = weight - positive;
            if (probabilities[i] >= threshold)
            {
                tp += positive;
                fp += negative;
            }
            else
            {
                fn += positive;
                tn += negative;
            }
        }

        return new(tp, fp, fn, tn);
    }

    /// <inheritdoc cref="op_Addition"/>
    public static BinaryCounts Add(BinaryCounts left, BinaryCounts right) => left + right;
}
