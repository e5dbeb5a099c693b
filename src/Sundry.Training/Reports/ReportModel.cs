using Sundry.Data;

namespace Sundry.Training;

/// <summary>Everything that a report shows; what is empty or null is left out of it.</summary>
public sealed record ReportModel
{
    /// <summary>The configuration's name.</summary>
    public required string Name { get; init; }

    /// <summary>How tasks share, in the configuration's word.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>How task losses are combined, in the configuration's word.</summary>
    public string Balancing { get; init; } = "";

    /// <summary>The command line that reproduces the run.</summary>
    public string Command { get; init; } = "";

    /// <summary>The full configuration, as YAML.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>What was found while the data was prepared.</summary>
    public DataSummary? Summary { get; init; }

    /// <summary>The tasks, in the configuration's order.</summary>
    public IReadOnlyList<TaskReport> Tasks { get; init; } = [];

    /// <summary>The epochs, in order.</summary>
    public IReadOnlyList<EpochRecord> History { get; init; } = [];

    /// <summary>The epoch whose weights were kept, counted as in <see cref="History"/>; null where none was chosen.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Why training ended, as one sentence; empty where there is nothing to say.</summary>
    public string Ending { get; init; } = "";

    /// <summary>How the gates use the experts; empty for architectures without gates.</summary>
    public IReadOnlyList<GateUse> Gates { get; init; } = [];

    /// <summary>What <c>affinity</c> found; null where it was not run.</summary>
    public AffinityResult? Affinity { get; init; }

    /// <summary>What <c>compare</c> found; empty where it was not run.</summary>
    public IReadOnlyList<ComparisonResult> Comparison { get; init; } = [];

    /// <summary>How close models come to the truth; empty where it is unknown.</summary>
    public IReadOnlyList<TruthReport> Truth { get; init; } = [];

    /// <summary>What the reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Duration of training.</summary>
    public double Seconds { get; init; }

    /// <summary>Training rows a second.</summary>
    public double SamplesPerSecond { get; init; }

    /// <summary>Number of trained weights, embedding tables among them.</summary>
    public long Parameters { get; init; }

    /// <summary>Peak memory of the process in MiB; 0 where it was not measured.</summary>
    public double PeakMemoryMiB { get; init; }

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>When the run ended; the report itself reads no clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Versions and machine, as names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
}
