using System.IO.Compression;

namespace Sundry.Data;

/// <summary>A table that an import writes; gzipped where its name ends in <c>.gz</c>.</summary>
internal sealed class ImportTable : IDisposable
{
    private readonly TableWriter _writer;
    private readonly int _columns;
    private readonly Action<long> _counted;

    public ImportTable(string path, ReadOnlySpan<string> columns, Action<long> counted)
    {
        Stream stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        if (path.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionLevel.Fastest);
        _writer = new TableWriter(stream);
        _columns = columns.Length;
        _counted = counted;
        foreach (var column in columns) _writer.Field(column);
        _writer.EndRow();
    }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row.</summary>
    public void Row(params ReadOnlySpan<string> fields)
    {
        if (fields.Length != _columns) throw new ArgumentException($"{fields.Length} fields for {_columns} columns", nameof(fields));
        foreach (var field in fields) _writer.Field(field);
        End();
    }

    /// <summary>Writes a row as it was read.</summary>
    public void Row(RawRow row)
    {
        _writer.Fields(row);
        End();
    }

    /// <summary>Writes the next field of a row that <see cref="End"/> ends; a list of values is joined by bars.</summary>
    public void Field(ReadOnlySpan<byte> field) => _writer.Field(field.Length > 0 && field[0] == JsonLinesReader.ListMark ? ColumnBuilder.Joined(field) : field);

    /// <summary>Ends a row.</summary>
    public void End()
    {
        _writer.EndRow();
        Rows++;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _counted(Rows);
    }
}
