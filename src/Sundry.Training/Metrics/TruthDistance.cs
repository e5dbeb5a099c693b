using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// How close predictions come to the true expectation where a simulator knows it. The labels' own chance is not in it: it is what a
/// model could learn at best.
/// </summary>
/// <param name="Rmse">Root mean squared distance from the true probability or expectation.</param>
/// <param name="Baseline">The same distance of a model that predicts the mean truth for every row: what knowing nothing costs.</param>
/// <param name="Metric">The task's metric.</param>
/// <param name="Value">That metric of the predictions against the labels.</param>
/// <param name="Ceiling">The same metric of the truth itself: no model can be expected to do better.</param>
public sealed record TruthDistance(double Rmse, double Baseline, string Metric, double Value, double Ceiling)
{
    /// <summary>Measures.</summary>
    /// <param name="task">The task, binary, regression or count.</param>
    /// <param name="predictions">[n]</param>
    /// <param name="truth">[n], the true probability or expectation; NaN leaves the row out.</param>
    /// <param name="labels">[n]; NaN leaves the row out of the metric, not of the distance: the truth is known there too.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static TruthDistance Of(TaskSchema task, ReadOnlySpan<float> predictions, ReadOnlySpan<float> truth, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        string metric = TaskMetrics.For(task);
        var mean = new WeightedMean();
        var rows = new LabelledRows(predictions, truth, weights);
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) mean.Add(truth[i], weight);
        }

        var nothing = new float[truth.Length];
        Array.Fill(nothing, (float)mean.Value);
        return new(
            Training.Rmse.Of(predictions, truth, weights),
            Training.Rmse.Of(nothing, truth, weights),
            metric,
            TaskMetrics.Compute(task, predictions, labels, weights, bootstrap: 0).Single(value => value.Name == metric).Value,
            TaskMetrics.Compute(task, truth, labels, weights, bootstrap: 0).Single(value => value.Name == metric).Value);
    }
}
