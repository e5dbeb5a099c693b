using System.Globalization;
using System.Text;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// As <see cref="PredictionJob"/>, with two more columns: <c>value</c>, by the bundle's formula, and <c>rank</c> within the row's group, 1 for the best. A group's rows may
/// stand anywhere in the table, so the rows are written to a temporary file first; memory grows by some 30 bytes a row.
/// </summary>
public sealed class RankedPredictionJob : IDisposable
{
    internal const string Value = "value";
    internal const string RankColumn = "rank";

    private readonly Bundle _bundle;
    private readonly RankingInfo _ranking;
    private readonly PredictionJob _job;

    /// <summary>Prepares to score and rank with a bundle.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="source">The source that the rows are of; only the main one's are ranked.</param>
    /// <param name="allTasks">As for <see cref="PredictionJob"/>.</param>
    /// <exception cref="InputException">The bundle keeps no ranking, or the rows are of another source.</exception>
    public RankedPredictionJob(Bundle bundle, string source = SourceSchema.Main, bool allTasks = false)
    {
        _bundle = bundle;
        _ranking = Ranking(bundle, source, " FILES");
        _job = new PredictionJob(bundle, source, allTasks);
    }

    /// <summary>Scores and ranks every row of <paramref name="reader"/>.</summary>
    /// <param name="reader">The rows, with the group's column and those that the formula multiplies by; label columns may be missing.</param>
    /// <param name="output">Takes the CSV.</param>
    /// <param name="skipBadRows">Whether rows that cannot be encoded are left out rather than stop.</param>
    /// <param name="progress">Told the rows that are scored so far.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="InputException">A column is missing or taken, or a row cannot be encoded.</exception>
    public long Run(TableReader reader, Stream output, bool skipBadRows, Action<long>? progress, CancellationToken cancel)
    {
        foreach (var name in new[] { Value, RankColumn })
            if (reader.Header.Contains(name)) throw new InputException($"it already has a column '{name}'; remove or rename it", reader.Files[0]);
        var keeper = new RankedRowsKeeper(_ranking, _bundle, _job.Heads, reader);
        using var rows = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose,
        });
        var count = _job.Run(reader, rows, skipBadRows, keeper, progress, cancel);
        var (values, ranks) = keeper.Rank(_ranking.Formula());
        rows.Position = 0;
        var buffer = new byte[1 << 16];
        CopyHeader(rows, output, buffer);
        for (var row = 0; row < count; row++)
        {
            if (row % PredictionJob.RowsPerCall == 0) cancel.ThrowIfCancellationRequested();
            Copy(rows, output, keeper.Ends[row] - rows.Position, buffer);
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{values[row]:R},{ranks[row]}")));
            Copy(rows, output, 1, buffer);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _job.Dispose();

    /// <summary>The ranking that a bundle keeps.</summary>
    internal static RankingInfo Ranking(Bundle bundle, string source, string files)
    {
        var ranking = bundle.Ranking ?? throw new InputException($"the model keeps no ranking; add 'ranking' to its configuration and train again, or fit one with 'sundry rank MODEL{files} --fit --set ranking.group=… --set ranking.goal.ndcg=…'");
        return source == SourceSchema.Main ? ranking : throw new InputException($"the ranking orders rows of data.train or data.rows, not those of the source '{source}'; leave out --rank or --source");
    }

    // a column's name may hold a line break in quotes
    private static void CopyHeader(Stream rows, Stream output, byte[] buffer)
    {
        var quoted = false;
        long end = 0;
        for (int c; (c = rows.ReadByte()) >= 0 && (quoted || c != '\n'); end++)
            if (c == '"') quoted = !quoted;
        rows.Position = 0;
        Copy(rows, output, end, buffer);
        output.Write(Encoding.ASCII.GetBytes($",{Value},{RankColumn}"));
        Copy(rows, output, 1, buffer);
    }

    private static void Copy(Stream from, Stream to, long bytes, byte[] buffer)
    {
        while (bytes > 0)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(bytes, buffer.Length));
            if (read == 0) throw new EndOfStreamException("the temporary file of the predictions was cut short");
            to.Write(buffer, 0, read);
            bytes -= read;
        }
    }
}
