using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Judges a bundle on a table that holds labels, read row by row with the bundle's own encoder.</summary>
public static class TableEvaluation
{
    private const int RowsPerCall = 2048;

    /// <summary>Predicts every row.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="reader">The rows, with the label columns.</param>
    /// <param name="skipBadRows">Whether rows that cannot be encoded are left out, counted in <see cref="TableReader.Refused"/>, rather than stop.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="source">The source that the rows are of; its tasks are judged, those that only helped others as far as the table has their labels.</param>
    /// <param name="groups">Takes the rows' groups; null where they are not wanted.</param>
    /// <exception cref="InputException">A feature's, a label's or a group's column is missing, there is no such source, or a row cannot be encoded.</exception>
    public static IReadOnlyList<TaskPredictions> Predict(
        Bundle bundle, TableReader reader, bool skipBadRows, CancellationToken cancel, string source = SourceSchema.Main, GroupedRows? groups = null)
    {
        var grouped = groups is null ? null : new GroupReader(groups.Columns, bundle.Encoder, reader.Header, reader.Files[0]);
        var rows = bundle.Encoder.For(reader.Header, reader.Files[0], source);
        TaskHead[] heads = [.. bundle.Model.Heads.Where(h => h.Task.Source == source)];
        if (heads.Length == 0) throw new InputException($"the model has no task about the source '{source}'");
        // one that only helped others to learn is judged where there is something to judge it by
        if (heads.Any(bundle.Model.MainHeads.Contains)) heads = [.. heads.Where(h => bundle.Model.MainHeads.Contains(h) || rows.HasLabels(h.Column))];
        if (Array.Find(heads, h => !rows.HasLabels(h.Column)) is { } blind)
            throw new InputException($"it has no labels of task '{blind.Task.Name}', without which there is nothing to judge; use 'sundry predict' for rows without labels", reader.Files[0]);
        using var predictor = new Predictor(bundle.Model, bundle.Store, RowsPerCall, Environment.ProcessorCount);
        var batch = new Batch(bundle.Encoder.Layout, RowsPerCall);
        var values = heads.Select(_ => new List<float>()).ToArray();
        var labels = heads.Select(_ => new List<float>()).ToArray();
        var weights = new List<float>();
        while (reader.Read())
        {
            if (grouped?.Read(reader.Current, out _) is { } problem)
            {
                reader.Refuse(problem);
                continue;
            }

            var before = batch.Count;
            if (!skipBadRows) rows.Append(batch, reader.Current);
            else if (!rows.TryAppend(batch, reader.Current, out var reason)) reader.Refuse(reason!);
            if (grouped is not null && batch.Count > before) groups!.Add(grouped.Group, grouped.Numbers);
            if (batch.Count == batch.Capacity) Score();
        }

        Score();
        return [.. heads.Select((h, i) => new TaskPredictions(h.Task, [.. values[i]], [.. labels[i]], [.. weights]))];

        void Score()
        {
            cancel.ThrowIfCancellationRequested();
            if (batch.Count == 0) return;
            predictor.Run(batch);
            for (var h = 0; h < heads.Length; h++)
            {
                var predictions = new float[batch.Count * heads[h].Outputs];
                predictor.Predictions(heads[h], predictions);
                values[h].AddRange(predictions);
                for (var row = 0; row < batch.Count; row++) labels[h].Add(batch.Labels[row * batch.Layout.Tasks.Count + heads[h].Column]);
            }

            weights.AddRange(batch.Weights.AsSpan(0, batch.Count));
            batch.Count = 0;
        }
    }
}
