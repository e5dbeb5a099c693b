using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>The section <c>data</c>: which rows there are, how they are written, and how they are split.</summary>
public sealed record DataOptions : IConfigChecked
{
    /// <summary>The training rows: a path, a glob, or a list of them, relative to the configuration file.</summary>
    /// <value>Default: none, where there is a <see cref="Log"/>.</value>
    [Description("Training rows: a path, a glob, or a list of them, relative to this file; either these or a log")]
    public IReadOnlyList<string> Train { get; init; } = [];

    /// <summary>A shop's events, in place of a table of training rows.</summary>
    /// <value>Default: none, where there are <see cref="Train"/> files.</value>
    [Description("A shop's events, in place of a table of training rows (docs/log.md)")]
    public LogOptions? Log { get; init; }

    /// <summary>The rows that are made from a log, in place of <see cref="Train"/>.</summary>
    /// <value>Default: none.</value>
    [Description("Which rows are made from the log: impressions, views, users, item_days, reviews, or a type of event")]
    public RowsOptions? Rows { get; init; }

    /// <summary>The test rows, written as <see cref="Train"/> is.</summary>
    /// <value>Default: none; <see cref="Split"/> then holds test rows back.</value>
    [Description("Test rows: a path, a glob, or a list of them; without them split.test holds rows back")]
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>The validation rows: a share of the training rows, or files.</summary>
    /// <value>Default: 10%.</value>
    [Description("Validation rows: a share of the training rows, such as 10%, or a path, a glob or a list of them")]
    public ValidationOptions Validation { get; init; } = new() { Share = new Share(0.1) };

    /// <summary>How rows are held back for test and validation where no files are given for them.</summary>
    /// <value>Default: random, 20% for the test.</value>
    [Description("How rows are held back for test and validation where no files are given for them")]
    public SplitOptions Split { get; init; } = new();

    /// <summary>How the files are written.</summary>
    /// <value>Default: auto, by the file's name.</value>
    [Description("How the files are written; auto goes by the file's name. Each may be gzipped")]
    public TableFormat Format { get; init; } = TableFormat.Auto;

    /// <summary>The one character between fields; <c>tab</c> is a word for the tab.</summary>
    /// <value>Default: auto, by the format.</value>
    [ConfigNull("auto")]
    [Description("The character between fields, or the word tab; auto goes by the format")]
    public string? Delimiter { get; init; }

    /// <summary>Whether the first line of each file names the columns.</summary>
    /// <value>Default: auto, true unless <see cref="Columns"/> are given; see <see cref="HasHeader"/>.</value>
    [ConfigNull("auto")]
    [Description("Whether the first line of each file names the columns; auto: unless 'columns' does")]
    public bool? Header { get; init; }

    /// <summary>Names of the columns in order, for files without a header; with <c>header: true</c> they replace the file's own.</summary>
    /// <value>Default: none.</value>
    [Description("Names of the columns in order, for files without a header line")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The column that holds each row's weight, a number ≥ 0; it is never a feature.</summary>
    /// <value>Default: none, every row weighs 1.</value>
    [Description("The column that holds each row's weight, a number of at least 0")]
    public string? Weight { get; init; }

    /// <summary>What happens when a row cannot be used.</summary>
    /// <value>Default: stop.</value>
    [Description("What happens when a row cannot be used: stop and name it, or skip, count and list it")]
    public BadRowRule OnBadRow { get; init; } = BadRowRule.Stop;

    /// <summary>With <c>on_bad_row: skip</c>, the share of bad rows above which the work stops all the same: the file is then not what it was taken for.</summary>
    /// <value>Default: 50%.</value>
    [Description("With on_bad_row: skip, the share of bad rows above which the work stops all the same")]
    public Share MaxBadRows { get; init; } = new(0.5);

    /// <summary>
    /// The texts that mean that a value is missing, compared exactly. A missing category is a category of its own, so that
    /// listing a text here that is a category does no harm; a missing label leaves the row out of that task.
    /// </summary>
    /// <value>Default: the empty field, NA, N/A, n/a, NaN, nan, NULL, null, \N and ?.</value>
    [Description("Texts that mean that a value is missing, compared exactly")]
    public IReadOnlyList<string> Missing { get; init; } = ["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "\\N", "?"];

    /// <summary>Training on a part of a binary task's negatives.</summary>
    /// <value>Default: none.</value>
    [Description("Trains on a part of the negative rows of one binary task")]
    public SamplingOptions? Sampling { get; init; }

    /// <summary>Further tables, each of rows of its own, by name; a task says which it is about (<see cref="TaskOptions.Source"/>).</summary>
    /// <value>Default: none.</value>
    [Description("Further tables, each of rows of its own, by name; a task's source says which it is about")]
    public IReadOnlyDictionary<string, SourceOptions> Sources { get; init; } = new OrderedDictionary<string, SourceOptions>();

    /// <summary>The folder of the encoded columns, relative to the configuration file.</summary>
    /// <value>Default: .sundry.</value>
    [Description("Folder of the encoded columns, relative to this file")]
    public string Cache { get; init; } = ".sundry";

    /// <summary>Features that may predict a label almost perfectly without stopping the training.</summary>
    /// <value>Default: none.</value>
    [Description("Features that may predict a label almost perfectly without stopping the training")]
    public IReadOnlyList<string> AllowLeak { get; init; } = [];

    /// <summary>How well a single feature may predict a label on validation (AUC, R², or the share of errors that it removes from guessing the most frequent class) before training stops.</summary>
    /// <value>Default: 0.995. 1 turns the guard off.</value>
    [Range(0.5, 1.0)]
    [Description("How well one feature alone may predict a label on validation (AUC for binary, R² for numbers, share of errors removed for classes; 0.5 to 1) before training stops; 1 turns the guard off")]
    public double LeakThreshold { get; init; } = 0.995;

    /// <summary>The seed of the random split and of the sampling.</summary>
    /// <value>Default: 1.</value>
    [Range(0L, long.MaxValue)]
    [Description("Seed of the random split and of the sampling")]
    public long Seed { get; init; } = 1;

    /// <summary>Whether the first line of each file names its columns, <see cref="Header"/> being resolved.</summary>
    public bool HasHeader => Header ?? Columns.Count == 0;

    /// <summary><see cref="Delimiter"/> as a character; null: by the format.</summary>
    public char? DelimiterCharacter => Delimiter is null ? null : Delimiter is "tab" or "\\t" ? '\t' : Delimiter[0];

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Rows is not null)
        {
            if (Train.Count + Test.Count + Validation.Files.Count > 0) yield return (nameof(Rows), "rows are made from the log or read from tables; remove 'rows', or the tables");
            if (Weight is not null) yield return (nameof(Weight), "rows of a log have no column of weights; remove 'weight'");
            if (Split.Column is not null) yield return (ConfigKey.Under(nameof(Split), "column"), "rows of a log know their time and user; remove 'column'");
        }
        else if (Split.By is SplitRule.Time or SplitRule.User && string.IsNullOrEmpty(Split.Column) && Log is null)
        {
            yield return (ConfigKey.Under(nameof(Split), "by"), Split.By == SplitRule.Time ? "a split by time needs 'column', the name of the time column" : "a split by user needs 'column', the name of the user column");
        }

        if (Train.Count == 0 && Log is null && Rows is null) yield return (nameof(Train), "'train' names no file; give a path, a glob, or a list of them, or a shop's events as 'log'");
        if (Train.Count > 0 && Log is not null) yield return (nameof(Log), "there are both 'train' and 'log'; keep the table of rows or the shop's events");
        if (Delimiter is not null and not ("tab" or "\\t") && Delimiter.Length != 1)
            yield return (nameof(Delimiter), $"the delimiter '{Delimiter}' is not one character; write one, such as \";\", or the word tab");
        if (Delimiter is "\"" or "\n" or "\r") yield return (nameof(Delimiter), "quotes and line ends cannot be delimiters; write another character");
        if (Header == false && Columns.Count == 0 && Format != TableFormat.Jsonl) yield return (nameof(Header), "files without a header need 'columns', the list of their columns' names");
        var twice = Columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) yield return (nameof(Columns), $"'columns' names '{twice.Key}' twice; each column needs its own name");
    }
}
