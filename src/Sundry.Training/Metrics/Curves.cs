using Sundry.Data;

namespace Sundry.Training;

/// <summary>What a report draws of one task's predictions.</summary>
/// <param name="Roc">Binary: X false-positive rate, Y true-positive rate; else empty.</param>
/// <param name="PrecisionRecall">Binary: X recall, Y precision; else empty.</param>
/// <param name="Reliability">Predicted against observed; empty for a multiclass task.</param>
/// <param name="Positives">Binary: the share of positives, which is the precision of chance; else NaN.</param>
public sealed record Curves(
    IReadOnlyList<CurvePoint> Roc,
    IReadOnlyList<CurvePoint> PrecisionRecall,
    IReadOnlyList<ReliabilityBin> Reliability,
    double Positives)
{
    /// <summary>Those of a task; null for a multiclass task, which has none.</summary>
    /// <inheritdoc cref="TaskMetrics.Compute"/>
    public static Curves? Of(TaskSchema task, ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) => task.Type switch
    {
        TaskType.Binary => Of(predictions, labels, weights),
        TaskType.Multiclass => null,
        _ => new([], [], ReliabilityDiagram.OfValues(predictions, labels, weights), double.NaN),
    };

    /// <summary>Those of a binary task.</summary>
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
