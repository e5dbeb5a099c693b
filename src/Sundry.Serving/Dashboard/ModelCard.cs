namespace Sundry.Serving;

/// <summary>What is to be known of a model before one trusts it.</summary>
public sealed record ModelCard
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The version by which answers name it.</summary>
    public required string Version { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Trained { get; init; }

    /// <summary>The version of the program that trained it.</summary>
    public required string Program { get; init; }

    /// <summary>How its tasks share.</summary>
    public required string Architecture { get; init; }

    /// <summary>How their losses were combined.</summary>
    public required string Balancing { get; init; }

    /// <summary>The seed.</summary>
    public int Seed { get; init; }

    /// <summary>Trained weights; null where it is not on record.</summary>
    public long? Parameters { get; init; }

    /// <summary>Seconds of training; null where they are not on record.</summary>
    public double? Seconds { get; init; }

    /// <summary>Rows by part: train, validation, test.</summary>
    public IReadOnlyList<NamedCount> Rows { get; init; } = [];

    /// <summary>What it predicts.</summary>
    public required IReadOnlyList<Task> Tasks { get; init; }

    /// <summary>What it reads.</summary>
    public required IReadOnlyList<Feature> Features { get; init; }

    /// <summary>The formula that makes one value of its outputs; null where there is none.</summary>
    public string? Formula { get; init; }

    /// <summary>The whole configuration that it was trained by.</summary>
    public required string Configuration { get; init; }

    /// <summary>Whether a report lies beside it.</summary>
    public bool HasReport { get; init; }

    /// <summary>One thing that the model predicts.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">What kind of thing: binary, regression, count, multiclass, ranking.</param>
    /// <param name="Measures">How well, on rows that were not trained on.</param>
    public sealed record Task(string Name, string Type, IReadOnlyList<Measure> Measures);

    /// <summary>A metric of a task.</summary>
    /// <param name="Metric">Which.</param>
    /// <param name="Value">Its value; null where it is undefined.</param>
    /// <param name="Low">The low end of its 95 % interval; null where there is none.</param>
    /// <param name="High">The high end.</param>
    /// <param name="Gate">Whether it is surely better than guessing; null where that is not asked of this metric.</param>
    public sealed record Measure(string Metric, double? Value, double? Low, double? High, bool? Gate);

    /// <summary>One thing that the model reads.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">What kind of thing.</param>
    /// <param name="Size">How many values it knows, or how long it is.</param>
    public sealed record Feature(string Name, string Kind, string Size);
}
