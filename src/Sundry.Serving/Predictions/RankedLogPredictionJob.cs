using System.Globalization;
using System.Runtime.InteropServices;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// As <see cref="LogPredictionJob"/>, with the rows in lists: those of one group stand together, best first by the bundle's formula, with two more columns, <c>value</c> and <c>rank</c>. Lists come
/// in the order of their first rows. All rows are held until the last is scored: some 12 bytes and 4 an output each.
/// </summary>
public sealed class RankedLogPredictionJob : IDisposable
{
    private static readonly string[] s_names = ["time", "user", "session", "item", "event"];

    private readonly RankingInfo _ranking;
    private readonly LogPredictionJob _job;

    /// <summary>Prepares to score and rank with a bundle.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="source">The source that the rows are of; only the main one's are ranked.</param>
    /// <param name="allTasks">As for <see cref="LogPredictionJob"/>.</param>
    /// <exception cref="InputException">The bundle keeps no ranking, or the rows are of another source.</exception>
    public RankedLogPredictionJob(Bundle bundle, string source = SourceSchema.Main, bool allTasks = false)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _ranking = RankedPredictionJob.Ranking(bundle, source, "");
        _job = new LogPredictionJob(bundle, source, allTasks);
    }

    /// <summary>Scores and ranks every row from a moment on.</summary>
    /// <param name="log">The log.</param>
    /// <param name="rows">Its rows; they have the group's column and those that the formula multiplies by.</param>
    /// <param name="from">The moment, Unix milliseconds.</param>
    /// <param name="output">Takes the CSV; the group's column too, where it is none of those that name a row.</param>
    /// <param name="progress">Told the rows that are scored so far.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="InputException">There is no such row, one cannot be encoded, or the rows lack a column.</exception>
    public long Run(EventLog log, LogRows rows, long from, Stream output, Action<long>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(rows);
        var kept = new RankedOutputs(_ranking, _job.Heads);
        var groups = rows.Groups(kept.Rows.Columns);
        var numbers = new List<int>();
        var predictions = _job.Heads.Select(_ => new List<float>()).ToArray();
        _job.Score(rows, from, (some, scored) =>
        {
            groups.Append(some, kept.Rows);
            kept.Score(scored, some.Length);
            numbers.AddRange(some);
            for (var h = 0; h < predictions.Length; h++) predictions[h].AddRange(scored[h].AsSpan(0, some.Length * _job.Heads[h].Outputs));
            progress?.Invoke(numbers.Count);
        }, cancel);

        var (values, ranks) = kept.Rank(_ranking.Formula());
        using var writer = new TableWriter(output, leaveOpen: true);
        var group = s_names.Contains(_ranking.Group) ? null : _ranking.Group;
        foreach (var name in (string[])[.. s_names, .. group is null ? [] : new[] { group }, .. _job.Names, RankedPredictionJob.Value, RankedPredictionJob.RankColumn]) writer.Field(name);
        writer.EndRow();
        foreach (var row in InLists(kept.Rows.Groups, ranks))
        {
            LogPredictionJob.Place(writer, log, rows, numbers[row]);
            if (group is not null) writer.Field(groups.Text(numbers[row]));
            for (var h = 0; h < predictions.Length; h++)
            {
                var width = _job.Heads[h].Outputs;
                LogPredictionJob.Field(writer, _job.Heads[h], CollectionsMarshal.AsSpan(predictions[h]).Slice(row * width, width));
            }

            writer.Field(values[row].ToString("R", CultureInfo.InvariantCulture));
            writer.Field(ranks[row].ToString(CultureInfo.InvariantCulture));
            writer.EndRow();
        }

        writer.Flush();
        return numbers.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => _job.Dispose();

    // the rows' places, list by list
    private static int[] InLists(ReadOnlySpan<ulong> groups, int[] ranks)
    {
        var places = new Dictionary<ulong, int>();
        var order = new int[groups.Length];
        var keys = new long[groups.Length];
        for (var row = 0; row < groups.Length; row++)
        {
            if (!places.TryGetValue(groups[row], out var list)) places.Add(groups[row], list = places.Count);
            (order[row], keys[row]) = (row, (long)list << 32 | (uint)ranks[row]);
        }

        Array.Sort(keys, order);
        return order;
    }
}
