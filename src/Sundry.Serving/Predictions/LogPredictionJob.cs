using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// Scores rows of a log: writes what names them (time, user, session, item and the event's id, as far as rows and the log have them) and one column <c>p_TASK</c> a task: a probability, a value, an expected count, or the
/// likeliest class.
/// </summary>
public sealed class LogPredictionJob : IDisposable
{
    private const int RowsPerCall = 2048;

    private readonly Predictor _predictor;
    private readonly float[][] _predictions;
    private readonly string _source;

    /// <summary>Prepares to score with a bundle.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="source">The source that the rows are of; its tasks are predicted.</param>
    /// <param name="allTasks">Whether tasks that only help others (<c>main: false</c>) are predicted too.</param>
    /// <exception cref="InputException">The model has no task about the source.</exception>
    public LogPredictionJob(Bundle bundle, string source = SourceSchema.Main, bool allTasks = false)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _source = source;
        Heads = [.. (allTasks ? bundle.Model.Heads : bundle.Model.MainHeads).Where(h => h.Task.Source == source)];
        if (Heads.Count == 0) throw new InputException($"the model has no {(allTasks ? "" : "main ")}task about the source '{source}', so that there is nothing to predict");
        _predictor = new Predictor(bundle.Model, bundle.Store, RowsPerCall, Environment.ProcessorCount, heads: Heads);
        _predictions = [.. Heads.Select(h => new float[RowsPerCall * h.Outputs])];
    }

    /// <summary>Hears of scored rows.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <param name="predictions">[heads][rows × outputs] what was predicted; used anew after that.</param>
    internal delegate void Take(ReadOnlySpan<int> rows, float[][] predictions);

    /// <summary>The tasks that are predicted.</summary>
    internal IReadOnlyList<TaskHead> Heads { get; }

    /// <summary>The columns of their predictions.</summary>
    internal IEnumerable<string> Names => Heads.Select(h => "p_" + h.Task.Name);

    /// <summary>Scores every row from a moment on.</summary>
    /// <param name="log">The log.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="from">The moment, Unix milliseconds.</param>
    /// <param name="output">Takes the CSV.</param>
    /// <param name="progress">Told the rows so far.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="InputException">There is no such row, or one cannot be encoded.</exception>
    public long Run(EventLog log, LogRows rows, long from, Stream output, Action<long>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(rows);
        Check(rows, from);
        using var writer = new TableWriter(output, leaveOpen: true);
        foreach (var name in (string[])["time", "user", "session", "item", "event", .. Names]) writer.Field(name);
        writer.EndRow();
        var written = 0L;
        Score(rows, from, (numbers, predictions) =>
        {
            for (var row = 0; row < numbers.Length; row++)
            {
                Place(writer, log, rows, numbers[row]);
                for (var h = 0; h < Heads.Count; h++) Field(writer, Heads[h], predictions[h].AsSpan(row * Heads[h].Outputs, Heads[h].Outputs));
                writer.EndRow();
            }

            written += numbers.Length;
            progress?.Invoke(written);
        }, cancel);
        writer.Flush();
        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => _predictor.Dispose();

    /// <summary>Scores every row from a moment on, for somebody else to write.</summary>
    /// <exception cref="InputException">There is no such row, or one cannot be encoded.</exception>
    internal void Score(LogRows rows, long from, Take take, CancellationToken cancel)
    {
        Check(rows, from);
        rows.Run(from, RowsPerCall, (batch, numbers) =>
        {
            _predictor.Run(batch);
            for (var h = 0; h < Heads.Count; h++) _predictor.Predictions(Heads[h], _predictions[h]);
            take(numbers, _predictions);
        }, cancel);
    }

    /// <summary>Writes what names a row.</summary>
    internal static void Place(TableWriter writer, EventLog log, LogRows rows, int row)
    {
        var e = rows.Event(row);
        writer.Field(LogTime.Text(e.Time));
        writer.Field(e.User < 0 ? [] : log.Users[e.User]);
        writer.Field(e.Session < 0 ? [] : log.Sessions[e.Session]);
        writer.Field(e.Item < 0 ? [] : log.Items[e.Item]);
        var id = rows.EventNumber(row) is >= 0 and var number && log.Ids is { } ids ? ids[number] : -1;
        writer.Field(id < 0 ? [] : log.Ids!.Values[id]);
    }

    /// <summary>Writes one task's prediction.</summary>
    internal static void Field(TableWriter writer, TaskHead head, ReadOnlySpan<float> prediction)
    {
        if (head.Outputs == 1) writer.Field(prediction[0]);
        else writer.Field(head.Task.Classes[PredictionJob.Likeliest(prediction)]);
    }

    private void Check(LogRows rows, long from)
    {
        if (rows.CountFrom(from) == 0) throw new InputException($"the log has no row of the source '{_source}' from {LogTime.Text(from)} on; name a later log with -c, or an earlier moment with --after");
    }
}
