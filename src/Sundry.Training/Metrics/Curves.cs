namespace Sundry.Training;

/// <summary>The curves of a binary task, for reports.</summary>
/// <param name="Roc">X false-positive rate, Y true-positive rate.</param>
/// <param name="PrecisionRecall">X recall, Y precision.</param>
/// <param name="Reliability">Predicted against observed.</param>
/// <param name="Positives">The share of positives: the precision of chance.</param>
public sealed record Curves(
    IReadOnlyList<CurvePoint> Roc,
    IReadOnlyList<CurvePoint> PrecisionRecall,
    IReadOnlyList<ReliabilityBin> Reliability,
    double Positives)
{
    /// <summary>All of them.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static Curves Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(probabilities, labels, weights);
        var share = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) share.Add(labels[i], weight);
        }

        return new(
            RocCurve.Of(probabilities, labels, weights),
            PrecisionRecallCurve.Of(probabilities, labels, weights),
            ReliabilityDiagram.Of(probabilities, labels, weights),
            share.Value);
    }
}
