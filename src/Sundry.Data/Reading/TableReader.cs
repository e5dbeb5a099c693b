namespace Sundry.Data;

/// <summary>
/// Streams the rows of one or several files: CSV, TSV or JSON Lines, plain or gzipped. A file after the first may order its columns differently;
/// rows follow the first file's <see cref="Header"/>. Not for use by several threads at once.
/// </summary>
public sealed class TableReader : IDisposable
{
    /// <summary>Opens the files and reads the first one's header.</summary>
    /// <param name="paths">Paths or globs (<c>*</c>, <c>?</c> and <c>**</c>), in reading order.</param>
    /// <param name="options">How they are written, and what becomes of rows that cannot be read.</param>
    /// <exception cref="InputException">A file is missing, empty, a folder, not text, or has no usable header.</exception>
    public static TableReader Open(IReadOnlyList<string> paths, ReadOptions? options = null) => throw new NotSupportedException();

    /// <summary>The columns' names, in order.</summary>
    public IReadOnlyList<string> Header => throw new NotSupportedException();

    /// <summary>The files, globs resolved, in reading order.</summary>
    public IReadOnlyList<string> Files => throw new NotSupportedException();

    /// <summary>Rows read so far, refused ones among them.</summary>
    public long RowsRead => throw new NotSupportedException();

    /// <summary>Rows that could not be read and were skipped.</summary>
    public RefusedRows Refused => throw new NotSupportedException();

    /// <summary>The row that the last <see cref="Read"/> found.</summary>
    public RawRow Current => throw new NotSupportedException();

    /// <summary>Moves to the next row; false after the last one.</summary>
    /// <exception cref="InputException">The row or the file cannot be read.</exception>
    public bool Read() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
