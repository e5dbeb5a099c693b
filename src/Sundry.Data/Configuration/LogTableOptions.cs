using System.ComponentModel;

namespace Sundry.Data;

/// <summary>One table of a log: files, or a query. In short form its files alone, <c>items: items.csv</c>.</summary>
[ConfigShorthand(nameof(Files))]
public record LogTableOptions : IConfigChecked
{
    /// <summary>The files: a path, a glob, or a list of them, relative to the configuration file; each may be gzipped.</summary>
    /// <value>Default: none, where there is a <see cref="Query"/>.</value>
    [Description("The files: a path, a glob, or a list of them, relative to this file; each may be gzipped")]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The database of the query: an SQLite file, or <c>postgres://user@host/name</c>.</summary>
    /// <value>Default: none, where there are <see cref="Files"/>.</value>
    [Description("The database of the query: an SQLite file, or postgres://user@host/name (its password from PGPASSWORD)")]
    public string? Database { get; init; }

    /// <summary>A SELECT whose rows are the table.</summary>
    /// <value>Default: none, where there are <see cref="Files"/>.</value>
    [Description("A SELECT whose rows are the table")]
    public string? Query { get; init; }

    /// <summary>What the table calls our columns: our name to the table's. A column that is not listed has our name.</summary>
    /// <value>Default: none, every column has our name.</value>
    [Description("What the table calls our columns: our name to the table's, such as {user: visitorid}")]
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>How the files are written.</summary>
    /// <value>Default: auto, by the file's name.</value>
    [Description("How the files are written; auto goes by the file's name")]
    public TableFormat Format { get; init; } = TableFormat.Auto;

    /// <summary>The one character between fields; <c>tab</c> is a word for the tab.</summary>
    /// <value>Default: auto, by the format.</value>
    [ConfigNull("auto")]
    [Description("The character between fields, or the word tab; auto goes by the format")]
    public string? Delimiter { get; init; }

    /// <summary>Whether the first line of each file names the columns.</summary>
    /// <value>Default: auto, true unless <see cref="Names"/> are given.</value>
    [ConfigNull("auto")]
    [Description("Whether the first line of each file names the columns; auto: unless 'names' does")]
    public bool? Header { get; init; }

    /// <summary>Names of the columns in order, for files without a header.</summary>
    /// <value>Default: none.</value>
    [Description("Names of the columns in order, for files without a header line")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Files.Count == 0 && Query is null && Database is null) yield return (nameof(Files), "there are neither 'files' nor a 'query'; name a file, or give 'database' and 'query'");
        if (Files.Count > 0 && (Query ?? Database) is not null) yield return (nameof(Query), "there are both 'files' and a query; keep one of them, and make two tables of it where both are meant");
        if (Files.Count == 0 && Database is null != Query is null)
            yield return (nameof(Query), Query is null ? "'database' needs a 'query'; write a SELECT" : "'query' needs a 'database'; name an SQLite file or give postgres://user@host/name");
        // a table to train on calls its names 'columns'
        foreach (var (property, message) in Tabular().Check())
            yield return (property == nameof(DataOptions.Columns) ? nameof(Names) : property, message.Replace("'columns'", "'names'", StringComparison.Ordinal));
    }

    /// <summary>The same table with its paths as <paramref name="move"/> has them; a database's URL stays.</summary>
    /// <param name="move">Gives a path its new form.</param>
    public LogTableOptions Moved(Func<string, string> move)
    {
        ArgumentNullException.ThrowIfNull(move);
        return this with { Files = [.. Files.Select(move)], Database = Database is null || Database.Contains("://", StringComparison.Ordinal) ? Database : move(Database) };
    }

    /// <summary>How the files are read.</summary>
    /// <param name="data">The section that the table stands in: what becomes of bad rows.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    internal ReadOptions Reading(DataOptions data, string folder) => ReadOptions.Of(Tabular(data.OnBadRow), folder);

    // its files as if they were a table to train on
    private DataOptions Tabular(BadRowRule onBadRow = BadRowRule.Stop) => new()
    {
        Train = ["events"],
        Format = Format,
        Delimiter = Delimiter,
        Header = Header,
        Columns = Names,
        OnBadRow = onBadRow,
    };
}
