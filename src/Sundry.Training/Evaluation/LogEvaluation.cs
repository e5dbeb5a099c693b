using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Judges a bundle on rows of a log.</summary>
public static class LogEvaluation
{
    private const int RowsPerCall = 2048;

    /// <summary>Predicts every row from a moment on; what was before it is the past that their features see.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The moment, Unix milliseconds.</param>
    /// <param name="source">The source that the rows are of; its tasks are judged.</param>
    /// <param name="groups">Takes the rows' groups; null where they are not wanted.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">There is no such row, no task about the source, or the rows lack a column of the groups.</exception>
    public static IReadOnlyList<TaskPredictions> Predict(
        Bundle bundle, LogRows rows, long from, string source = SourceSchema.Main, GroupedRows? groups = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(rows);
        TaskHead[] heads = [.. bundle.Model.Heads.Where(h => h.Task.Source == source)];
        if (heads.Length == 0) throw new InputException($"the model has no task about the source '{source}'");
        if (rows.CountFrom(from) == 0) throw new InputException($"the log has no row from {LogTime.Text(from)} on, which is when the training rows end; name a later log with -c, or an earlier moment with --after");
        var grouped = groups is null ? null : rows.Groups(groups.Columns);
        using var predictor = new Predictor(bundle.Model, bundle.Store, RowsPerCall, Environment.ProcessorCount);
        var values = heads.Select(_ => new List<float>()).ToArray();
        var labels = heads.Select(_ => new List<float>()).ToArray();
        var count = 0;
        rows.Run(from, RowsPerCall, (batch, numbers) =>
        {
            predictor.Run(batch);
            grouped?.Append(numbers, groups!);
            count += batch.Count;
            for (var h = 0; h < heads.Length; h++)
            {
                var predictions = new float[batch.Count * heads[h].Outputs];
                predictor.Predictions(heads[h], predictions);
                values[h].AddRange(predictions);
                for (var row = 0; row < batch.Count; row++) labels[h].Add(batch.Labels[row * batch.Layout.Tasks.Count + heads[h].Column]);
            }
        }, cancel);
        var weights = new float[count];
        Array.Fill(weights, 1f);
        return [.. heads.Select((h, i) => new TaskPredictions(h.Task, [.. values[i]], [.. labels[i]], weights))];
    }
}
