using System.Globalization;
using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>A truth file, read: for each row of the table beside it, what its labels were drawn from.</summary>
public sealed class Truth
{
    private readonly long[] _ids;
    private readonly float[][] _columns;

    private Truth(long[] ids, float[][] columns)
    {
        _ids = ids;
        _columns = columns;
    }

    /// <summary>Rows.</summary>
    public int Count => _ids.Length;

    /// <summary>The impression of each row.</summary>
    public IReadOnlyList<long> ImpressionIds => _ids;

    /// <summary>
    /// The true values of a label: a probability over all impressions for <c>click</c>, <c>cart</c> and <c>purchase</c>, the expectation given
    /// that the label exists for <c>rating</c> and <c>dwell</c>, the share of position bias for <c>examination</c>; [rows], or null for a label
    /// that the truth says nothing about.
    /// </summary>
    public float[]? Of(string label)
    {
        var column = Array.IndexOf(TruthTable.Columns, label) - 1;
        return column < 0 ? null : _columns[column];
    }

    /// <summary>Reads a truth file.</summary>
    /// <exception cref="InputException">The file is missing or is not a truth file; the message says where.</exception>
    public static Truth Read(string path)
    {
        var ids = new List<long>();
        var columns = Enumerable.Range(1, TruthTable.Columns.Length - 1).Select(_ => new List<float>()).ToArray();
        using var reader = Open(path);
        if (reader.ReadLine() != string.Join(',', TruthTable.Columns))
            throw new InputException("is not a truth file of the simulator; simulate the shop again", path, 1);
        for (var line = 2L; reader.ReadLine() is { } text; line++)
        {
            var fields = text.Split(',');
            if (fields.Length != TruthTable.Columns.Length || !long.TryParse(fields[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var id))
                throw Broken(path, line);
            ids.Add(id);
            for (var i = 1; i < fields.Length; i++)
            {
                if (!float.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) throw Broken(path, line);
                columns[i - 1].Add(value);
            }
        }

        return new Truth([.. ids], [.. columns.Select(c => c.ToArray())]);
    }

    /// <summary>Reads the truth beside a table and makes sure that both speak of the same impressions in the same order.</summary>
    /// <param name="table">The table, as <c>test.csv</c>; its truth is <c>test.truth.csv</c> in the same folder.</param>
    /// <exception cref="InputException">A file is missing, or the two do not belong together; the message says where.</exception>
    public static Truth Beside(string table)
    {
        var path = Path.ChangeExtension(table, ".truth.csv");
        var truth = Read(path);
        using var reader = Open(table);
        reader.ReadLine();
        var row = 0;
        for (; reader.ReadLine() is { } text; row++)
        {
            var id = text.AsSpan(0, Math.Max(0, text.IndexOf(',')));
            if (row < truth.Count && long.TryParse(id, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value == truth._ids[row]) continue;
            throw new InputException($"does not belong to {path}: the impressions differ; simulate the shop again", table, row + 2);
        }

        if (row < truth.Count)
            throw new InputException($"ends after {row} rows, but {path} has {truth.Count}; simulate the shop again", table);
        return truth;
    }

    /// <summary>Reads the truth of an event log and makes sure that its rows are the log's impressions, in the order of the events.</summary>
    /// <param name="events">The file of events.</param>
    /// <param name="path">The truth.</param>
    /// <exception cref="InputException">A file is missing, or the two do not belong together; the message says where.</exception>
    public static Truth OfLog(string events, string path)
    {
        var truth = Read(path);
        using var reader = TableReader.Open([events]);
        var (id, type) = (reader.Header.ToList().IndexOf("id"), reader.Header.ToList().IndexOf("type"));
        var row = 0;
        while (reader.Read())
        {
            if (!reader.Current[type].SequenceEqual("impression"u8)) continue;
            if (row < truth.Count && long.TryParse(reader.Current[id], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value == truth._ids[row++]) continue;
            throw new InputException($"does not belong to {path}: the impressions differ; simulate the shop again", events, reader.Current.Line);
        }

        if (row < truth.Count) throw new InputException($"has {row} impressions, but {path} has {truth.Count}; simulate the shop again", events);
        return truth;
    }

    private static StreamReader Open(string path)
    {
        if (!File.Exists(path)) throw new InputException("does not exist; simulate the shop again, or leave the truth out", path);
        return new StreamReader(path);
    }

    private static InputException Broken(string path, long line) =>
        new("is not a row of a truth file; simulate the shop again", path, line);
}
