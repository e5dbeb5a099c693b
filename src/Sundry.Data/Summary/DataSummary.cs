namespace Sundry.Data;

/// <summary>What was found while the data was prepared, for people and for the report.</summary>
public sealed record DataSummary
{
    /// <summary>The parts in the order train, validation, test.</summary>
    public IReadOnlyList<SplitSummary> Splits { get; init; } = [];

    /// <summary>How rows were assigned to parts, as one sentence.</summary>
    public string SplitBy { get; init; } = "";

    /// <summary>How many rows the files hold, refused ones among them.</summary>
    public long RowsRead { get; init; }

    /// <summary>How many rows were left out because they could not be read.</summary>
    public long RowsRefused { get; init; }

    /// <summary>The first refused rows, at most 100.</summary>
    public IReadOnlyList<RefusedRow> Refused { get; init; } = [];

    /// <summary>How many negatives of the training part were left out by down-sampling.</summary>
    public long RowsSampledOut { get; init; }

    /// <summary>The features in the configuration's order, those that were dropped among them.</summary>
    public IReadOnlyList<FeatureSummary> Features { get; init; } = [];

    /// <summary>The sources, the main one first; empty where it is the only one.</summary>
    public IReadOnlyList<SourceSummary> Sources { get; init; } = [];

    /// <summary>The tasks in the configuration's order.</summary>
    public IReadOnlyList<TaskSummary> Tasks { get; init; } = [];

    /// <summary>The log that rows were made of; null where all are those of tables.</summary>
    public LogFigures? Log { get; init; }

    /// <summary>The sources whose rows were made of the log.</summary>
    public IReadOnlyList<SampleSummary> Samples { get; init; } = [];

    /// <summary>What the user should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How long preparing took; where the cache was used, how long it took when the cache was made.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether the encoded rows came from the cache.</summary>
    public bool FromCache { get; init; }
}
