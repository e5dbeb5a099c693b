using System.Data.Common;

namespace Sundry.Data;

/// <summary>What is to be prepared: the parts of a configuration that the data depends on.</summary>
/// <param name="Data">The files, how they are written and split.</param>
/// <param name="Features">The features in order; null: every column that is no label, no weight and not excluded.</param>
/// <param name="Exclude">Columns that are no features.</param>
/// <param name="Tasks">The tasks in order, at least one.</param>
/// <param name="BaseDirectory">What relative paths are relative to: the configuration's folder.</param>
/// <param name="Groups">Columns that are kept beside the validation and test rows, for ranking.</param>
public sealed record DataRequest(
    DataOptions Data,
    IReadOnlyDictionary<string, FeatureOptions>? Features,
    IReadOnlyList<string> Exclude,
    IReadOnlyDictionary<string, TaskOptions> Tasks,
    string BaseDirectory,
    GroupColumns? Groups = null)
{
    /// <summary>Opens the database that a log names, for reading; null where there is nobody who can.</summary>
    public Func<string, DbConnection>? OpenDatabase { get; init; }

    /// <summary>The clock that tells which events lie in the future.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Reads the log that rows are made from; null where all rows are read from tables. It is called where rows are not found prepared.</summary>
    public Func<EventLog>? Log { get; init; }

    /// <summary>What the log depends on, as a text that is another where the log is another; null: the log is read to find out.</summary>
    public string? LogKey { get; init; }
}
