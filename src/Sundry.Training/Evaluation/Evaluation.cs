using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Judges a model on the rows of a table.</summary>
public static class Evaluation
{
    private const int RowsPerCall = 4096;

    /// <summary>What a model predicts for every row of a table.</summary>
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
        TaskPredictions[] result = [.. heads.Select(h => new TaskPredictions(h.Task, new float[table.Count * h.Outputs], new float[table.Count], new float[table.Count]))];
        for (var h = 0; h < heads.Count; h++)
        {
            table.ReadLabels(heads[h].Column, result[h].Labels);
            table.ReadWeights(result[h].Weights);
        }

        ForEachBatch(predictor, table, (batch, start) =>
        {
            gates?.Add(predictor, batch);
            for (var h = 0; h < heads.Count; h++)
                predictor.Predictions(heads[h], result[h].Values.AsSpan(start * heads[h].Outputs, batch.Count * heads[h].Outputs));
        }, cancel);
        return result;
    }

    /// <summary>How the model's gates divide their trust over the rows of a table; empty where it has none.</summary>
    public static IReadOnlyList<GateUse> Gates(MultiTaskModel model, ParameterStore store, EncodedTable table, int threads, CancellationToken cancel = default)
    {
        if (model.Gates.Count == 0 || table.Count == 0) return [];
        using var predictor = new Predictor(model, store, Capacity(table), threads);
        var gates = new GateTally(model, predictor.Capacity);
        ForEachBatch(predictor, table, (batch, _) => gates.Add(predictor, batch), cancel);
        return gates.Uses();
    }

    internal static int Capacity(EncodedTable table) => Math.Clamp(table.Count, 1, RowsPerCall);

    private static void ForEachBatch(Predictor predictor, EncodedTable table, Action<Batch, int> use, CancellationToken cancel)
    {
        var batch = new Batch(table.Layout, predictor.Capacity);
        for (var start = 0; start < table.Count; start += predictor.Capacity)
        {
            cancel.ThrowIfCancellationRequested();
            table.Fill(batch, start, Math.Min(predictor.Capacity, table.Count - start));
            predictor.Run(batch);
            use(batch, start);
        }
    }
}
