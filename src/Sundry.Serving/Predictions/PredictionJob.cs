using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// Scores a table: writes its rows as they are, plus one column <c>p_TASK</c> a task: a probability, a value, an expected count, or the
/// likeliest class. Rows stream; memory does not grow with the table.
/// </summary>
public sealed class PredictionJob : IDisposable
{
    internal const int RowsPerCall = 2048;

    private readonly Bundle _bundle;
    private readonly SourceSchema _source;
    private readonly Predictor _predictor;
    private readonly Batch _batch;
    private readonly float[][] _predictions;
    private readonly MemoryStream _rows = new();
    private readonly int[] _ends = new int[RowsPerCall];

    /// <summary>Prepares to score with a bundle.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="source">The source that the rows are of; its tasks are predicted.</param>
    /// <param name="allTasks">Whether tasks that only help others (<c>main: false</c>) are predicted too; else nothing of them is computed.</param>
    /// <exception cref="InputException">The model has no such source, or no task about it.</exception>
    public PredictionJob(Bundle bundle, string source = SourceSchema.Main, bool allTasks = false)
    {
        _bundle = bundle;
        _source = bundle.Encoder.Source(source);
        Heads = [.. (allTasks ? bundle.Model.Heads : bundle.Model.MainHeads).Where(h => h.Task.Source == source)];
        if (Heads.Count == 0) throw new InputException($"the model has no {(allTasks ? "" : "main ")}task about the source '{source}', so that there is nothing to predict");
        _predictor = new Predictor(bundle.Model, bundle.Store, RowsPerCall, Environment.ProcessorCount, heads: Heads);
        _batch = new Batch(bundle.Encoder.Layout, RowsPerCall);
        _predictions = [.. Heads.Select(h => new float[RowsPerCall * h.Outputs])];
    }

    /// <summary>The tasks that are predicted.</summary>
    internal IReadOnlyList<TaskHead> Heads { get; }

    /// <summary>Scores every row of <paramref name="reader"/>.</summary>
    /// <param name="reader">The rows; label columns may be missing.</param>
    /// <param name="output">Takes the CSV.</param>
    /// <param name="skipBadRows">Whether rows that cannot be encoded are left out, counted in <see cref="TableReader.Refused"/>, rather than stop.</param>
    /// <param name="progress">Told the rows so far.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="InputException">A feature's column is missing, a prediction's column is there already, or a row cannot be encoded.</exception>
    public long Run(TableReader reader, Stream output, bool skipBadRows, Action<long>? progress, CancellationToken cancel) => Run(reader, output, skipBadRows, null, progress, cancel);

    /// <summary>As <see cref="Run(TableReader, Stream, bool, Action{long}, CancellationToken)"/>, with somebody who keeps what a ranking needs.</summary>
    internal long Run(TableReader reader, Stream output, bool skipBadRows, RankedRowsKeeper? keeper, Action<long>? progress, CancellationToken cancel)
    {
        var names = Heads.Select(h => "p_" + h.Task.Name).ToList();
        if (names.FirstOrDefault(reader.Header.Contains) is { } taken)
            throw new InputException($"it already has a column '{taken}'; remove or rename it", reader.Files[0]);
        var encoder = Bind(reader);
        using var writer = new TableWriter(output, leaveOpen: true);
        foreach (var name in reader.Header.Concat(names)) writer.Field(name);
        writer.EndRow();
        using var kept = new TableWriter(_rows, leaveOpen: true);
        var written = 0L;
        while (reader.Read())
        {
            if (keeper?.Read(reader.Current) is { } problem)
            {
                reader.Refuse(problem);
                continue;
            }

            if (!skipBadRows)
            {
                encoder.Append(_batch, reader.Current);
            }
            else if (!encoder.TryAppend(_batch, reader.Current, out var reason))
            {
                reader.Refuse(reason!);
                continue;
            }

            keeper?.Accept();
            kept.Fields(reader.Current);
            kept.Flush();
            _ends[_batch.Count - 1] = (int)_rows.Length;
            kept.EndRow();
            if (_batch.Count < RowsPerCall) continue;
            written += Score(writer, output, kept, keeper);
            progress?.Invoke(written);
            cancel.ThrowIfCancellationRequested();
        }

        written += Score(writer, output, kept, keeper);
        writer.Flush();
        return written;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _predictor.Dispose();
        _rows.Dispose();
    }

    private int Score(TableWriter writer, Stream output, TableWriter kept, RankedRowsKeeper? keeper)
    {
        if (_batch.Count == 0) return 0;
        kept.Flush();
        _predictor.Run(_batch);
        for (var h = 0; h < Heads.Count; h++) _predictor.Predictions(Heads[h], _predictions[h]);
        keeper?.Score(_predictions, _batch.Count);
        writer.Flush();
        var rows = _rows.GetBuffer();
        var start = 0;
        for (var row = 0; row < _batch.Count; row++)
        {
            output.Write(rows, start, _ends[row] - start);
            start = _ends[row] + LineEnd(rows, _ends[row]);
            output.WriteByte((byte)',');
            for (var h = 0; h < Heads.Count; h++) Field(writer, Heads[h], _predictions[h].AsSpan(row * Heads[h].Outputs, Heads[h].Outputs));
            if (keeper is not null)
            {
                writer.Flush();
                keeper.EndRow(output.Position);
            }

            writer.EndRow();
            writer.Flush();
        }

        var count = _batch.Count;
        _batch.Count = 0;
        _rows.SetLength(0);
        return count;
    }

    // labels and weights are no inputs: what stands in their columns, if anything, is kept as text and never refused
    private RowEncoder Bind(TableReader reader)
    {
        _bundle.Encoder.For(reader.Header, reader.Files[0], _source.Name);
        var inputs = _bundle.Encoder.ColumnsOf(_source);
        return _bundle.Encoder.For([.. reader.Header.Select(name => inputs.Contains(name) ? name : "\0" + name)], reader.Files[0], _source.Name);
    }

    private static int LineEnd(byte[] rows, int at) => rows[at] == (byte)'\r' ? 2 : 1;

    private static void Field(TableWriter writer, TaskHead head, ReadOnlySpan<float> prediction)
    {
        if (head.Outputs == 1) writer.Field(prediction[0]);
        else writer.Field(head.Task.Classes[Likeliest(prediction)]);
    }

    /// <summary>The number of the likeliest class; of equal ones the first.</summary>
    internal static int Likeliest(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best])
                best = i;
        return best;
    }
}
