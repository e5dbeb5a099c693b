using System.ComponentModel;

namespace Sundry.Data;

/// <summary>
/// A further table of rows of its own, such as users beside impressions: tasks name it as their <c>source</c>. Columns of equal name are one feature in all sources.
/// What is not said here (bad rows, missing texts, seed, cache) is as <c>data</c> says. In short form its training files alone, <c>reviews: reviews.csv</c>.
/// </summary>
[ConfigShorthand(nameof(Train))]
public sealed class SourceOptions : IConfigChecked
{
    /// <summary>The training rows: a path, a glob, or a list of them.</summary>
    /// <value>Default: none; a source needs these or <see cref="Rows"/>.</value>
    [Description("Training rows of the source: a path, a glob, or a list of them")]
    public IReadOnlyList<string> Train { get; init; } = [];

    /// <summary>The rows that are made from the log, in place of <see cref="Train"/>.</summary>
    /// <value>Default: none.</value>
    [Description("Which rows of the source are made from the log: impressions, views, users, item_days, reviews, or a type of event")]
    public RowsOptions? Rows { get; init; }

    /// <summary>The test rows.</summary>
    /// <value>Default: none; <see cref="Split"/> then holds test rows back.</value>
    [Description("Test rows of the source; without them its split.test holds rows back")]
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>The validation rows: a share of the training rows, or files.</summary>
    /// <value>Default: 10%.</value>
    [Description("Validation rows of the source: a share of its training rows, or a path, a glob or a list of them")]
    public ValidationOptions Validation { get; init; } = new() { Share = new Share(0.1) };

    /// <summary>How rows are held back where no files are given.</summary>
    /// <value>Default: random, 20% for the test.</value>
    [Description("How rows are held back for test and validation; by user, a user goes to the same part in every source")]
    public SplitOptions Split { get; init; } = new();

    /// <summary>The columns that are features, out of the configuration's <c>features</c> where those are a map.</summary>
    /// <value>Default: auto, every column that is neither label, weight nor excluded; where <c>features</c> is a map, those of it that the source has.</value>
    [ConfigNull("auto")]
    [Description("The columns of the source that are features; auto: every one that is left, or, where the top-level features are a map, those of it that the source has")]
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns that are no features of this source.</summary>
    /// <value>Default: none.</value>
    [Description("Columns that are no features of this source, beside those of the top-level exclude")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The rows that are read, as a <see cref="RowFilter"/>; others are as if they were not there.</summary>
    /// <value>Default: all rows.</value>
    [Description("The rows of the source that are used, such as: verified = 1")]
    public string? Where { get; init; }

    /// <summary>The column of the rows' weights.</summary>
    /// <value>Default: none, every row weighs 1.</value>
    [Description("The column of the source that holds each row's weight, a number of at least 0")]
    public string? Weight { get; init; }

    /// <summary>How the files are written.</summary>
    /// <value>Default: auto, by the file's name.</value>
    [Description("How the source's files are written; auto goes by the file's name")]
    public TableFormat Format { get; init; } = TableFormat.Auto;

    /// <summary>The one character between fields; <c>tab</c> is a word for the tab.</summary>
    /// <value>Default: auto, by the format.</value>
    [ConfigNull("auto")]
    [Description("The character between fields, or the word tab; auto goes by the format")]
    public string? Delimiter { get; init; }

    /// <summary>Whether the first line of each file names the columns.</summary>
    /// <value>Default: auto, true unless <see cref="Columns"/> are given.</value>
    [ConfigNull("auto")]
    [Description("Whether the first line of each file names the columns; auto: unless 'columns' does")]
    public bool? Header { get; init; }

    /// <summary>Names of the columns in order, for files without a header.</summary>
    /// <value>Default: none.</value>
    [Description("Names of the columns in order, for files without a header line")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The source as if it were the only table, what it leaves open being taken from <paramref name="main"/>.</summary>
    /// <param name="main">The section <c>data</c>.</param>
    public DataOptions Within(DataOptions main) => new()
    {
        Train = Train,
        Rows = Rows,
        Test = Test,
        Validation = Validation,
        Split = Split,
        Format = Format,
        Delimiter = Delimiter,
        Header = Header,
        Columns = Columns,
        Weight = Weight,
        OnBadRow = main.OnBadRow,
        MaxBadRows = main.MaxBadRows,
        Missing = main.Missing,
        Seed = main.Seed,
    };

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        foreach (var problem in Within(new DataOptions()).Check()) yield return problem;
        if (Features is { Count: 0 }) yield return (nameof(Features), "'features' names no column; name some, or remove it");
        if (Where is not null && RowFilter.Explain(Where) is { } reason) yield return (nameof(Where), reason);
    }
}
