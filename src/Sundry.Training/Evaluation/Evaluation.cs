using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Judges a model on the rows of a table.</summary>
public static class Evaluation
{
    private const int RowsPerCall = 4096;

    /// <summary>What a model predicts for every row of a table; of several sources, each task for the rows of its own.</summary>
    public static IReadOnlyList<TaskPredictions> Predict(MultiTaskModel model, ParameterStore store, EncodedTable table, int threads, CancellationToken cancel = default)
    {
        using var predictor = new Predictor(model, store, Capacity(table), threads);
        return Predict(predictor, table, cancel);
    }

    /// <summary>As <see cref="Predict(MultiTaskModel, ParameterStore, EncodedTable, int, CancellationToken)"/>, with a predictor that is there already.</summary>
    public static IReadOnlyList<TaskPredictions> Predict(Predictor predictor, EncodedTable table, CancellationToken cancel = default) => Predict(predictor, table, null, cancel);

    /// <summary>As the others, and adds up how the gates are used.</summary>
    internal static IReadOnlyList<TaskPredictions> Predict(Predictor predictor, EncodedTable table, GateTally? gates, CancellationToken cancel)
    {
        var heads = predictor.Model.Heads;
        TaskPredictions[] result = [.. heads.Select(h => Judged(h.Task, table, h.Outputs))];
        foreach (var (from, to) in Stretches(table, heads.Select(h => h.Task)))
        {
            ForEachBatch(predictor, table, from, to, (batch, start) =>
            {
                gates?.Add(predictor, batch, start);
                for (var h = 0; h < heads.Count; h++)
                {
                    var rows = table.RowsOf(heads[h].Task);
                    if (start < rows.First || start >= rows.First + rows.Count) continue;
                    predictor.Predictions(heads[h], result[h].Values.AsSpan((start - rows.First) * heads[h].Outputs, batch.Count * heads[h].Outputs));
                }
            }, cancel);
        }

        return result;
    }

    /// <summary>How the model's gates divide their trust over the rows of a table; empty where it has none.</summary>
    public static IReadOnlyList<GateUse> Gates(MultiTaskModel model, ParameterStore store, EncodedTable table, int threads, CancellationToken cancel = default)
    {
        if (model.Gates.Count == 0 || table.Count == 0) return [];
        using var predictor = new Predictor(model, store, Capacity(table), threads);
        var gates = new GateTally(model, table, predictor.Capacity);
        foreach (var (from, to) in Stretches(table, model.Heads.Select(h => h.Task))) ForEachBatch(predictor, table, from, to, (batch, start) => gates.Add(predictor, batch, start), cancel);
        return gates.Uses();
    }

    internal static int Capacity(EncodedTable table) => Math.Clamp(table.Count, 1, RowsPerCall);

    /// <summary>Room for the predictions of a task on the rows of its source, beside their labels and weights.</summary>
    internal static TaskPredictions Judged(TaskSchema task, EncodedTable table, int outputs)
    {
        var column = Enumerable.Range(0, table.Layout.Tasks.Count).Single(c => table.Layout.Tasks[c].Name == task.Name);
        var (labels, weights) = (new float[table.Count], new float[table.Count]);
        table.ReadLabels(column, labels);
        table.ReadWeights(weights);
        var rows = table.RowsOf(task);
        if (rows.Count < table.Count) (labels, weights) = (labels[rows.First..(rows.First + rows.Count)], weights[rows.First..(rows.First + rows.Count)]);
        return new TaskPredictions(task, new float[rows.Count * outputs], labels, weights);
    }

    // the rows that some task is about, no stretch holding those of two sources
    private static IEnumerable<(int From, int To)> Stretches(EncodedTable table, IEnumerable<TaskSchema> tasks) =>
        tasks.Select(table.RowsOf).DistinctBy(rows => rows.First).Select(rows => (rows.First, rows.First + rows.Count));

    private static void ForEachBatch(Predictor predictor, EncodedTable table, int from, int to, Action<Batch, int> use, CancellationToken cancel)
    {
        var batch = new Batch(table.Layout, predictor.Capacity);
        for (var start = from; start < to; start += predictor.Capacity)
        {
            cancel.ThrowIfCancellationRequested();
            table.Fill(batch, start, Math.Min(predictor.Capacity, to - start));
            predictor.Run(batch);
            use(batch, start);
        }
    }
}
