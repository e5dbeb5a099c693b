namespace Sundry.Data;

/// <summary>How a <see cref="TableReader"/> reads.</summary>
public sealed record ReadOptions
{
    /// <summary>Everything found out from the files' names and first bytes; a header; a bad row ends the reading.</summary>
    public static ReadOptions Default { get; } = new();

    /// <summary>How the files are written.</summary>
    public TableFormat Format { get; init; } = TableFormat.Auto;

    /// <summary>What stands between two fields; null finds it out from the format or the first lines (comma, tab, semicolon or bar).</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first row of each file names its columns.</summary>
    public bool Header { get; init; } = true;

    /// <summary>The columns' names in order: for files without a header, or in place of the file's own.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether a row that cannot be read is counted and listed instead of ending the reading.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Whether files that hold a header and no row are a table without rows, rather than a mistake.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>What relative paths are relative to; the current directory where null.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>How the tables of a configuration are written.</summary>
    /// <param name="data">The section <c>data</c>.</param>
    /// <param name="baseDirectory">The folder that relative paths start from; null for the present one.</param>
    public static ReadOptions Of(DataOptions data, string? baseDirectory = null) => new()
    {
        Format = data.Format,
        Delimiter = data.DelimiterCharacter,
        Header = data.HasHeader,
        Columns = data.Columns,
        SkipBadRows = data.OnBadRow == BadRowRule.Skip,
        BaseDirectory = baseDirectory,
    };
}
