using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>A model of any size over made-up columns, to measure with: as many id fields as asked, of equally many values each, and binary tasks.</summary>
public sealed record SyntheticModel
{
    private const int MostUnits = 65536;
    private const string HistoryName = "history";

    /// <summary>Id columns; all of one width, so that they share one table.</summary>
    /// <value>Default: 26.</value>
    public int Fields { get; init; } = 26;

    /// <summary>Rows of the embedding table, all fields together.</summary>
    /// <value>Default: 1,000,000.</value>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Floats of an embedding.</summary>
    /// <value>Default: 16.</value>
    public int Embedding { get; init; } = 16;

    /// <summary>Members of a history in each row, of the first field's values; 0 for no history.</summary>
    /// <value>Default: 0.</value>
    public int History { get; init; }

    /// <summary>What reads the history; the first field is what it is held against.</summary>
    /// <value>Default: mean.</value>
    public SequenceEncoding Encoder { get; init; } = SequenceEncoding.Mean;

    /// <summary>How tasks share, in the words of <see cref="ModelOptions.Architecture"/>.</summary>
    /// <value>Default: mmoe.</value>
    public string Architecture { get; init; } = "mmoe";

    /// <summary>Experts of an mmoe.</summary>
    /// <value>Default: 8.</value>
    public int Experts { get; init; } = 8;

    /// <summary>Layers of an expert.</summary>
    /// <value>Default: [256, 128].</value>
    public IReadOnlyList<int> Layers { get; init; } = [256, 128];

    /// <summary>Layers of a shared bottom.</summary>
    /// <value>Default: [64].</value>
    public IReadOnlyList<int> Bottom { get; init; } = [64];

    /// <summary>Hidden layers of a task's tower.</summary>
    /// <value>Default: [64].</value>
    public IReadOnlyList<int> Tower { get; init; } = [64];

    /// <summary>Binary tasks.</summary>
    /// <value>Default: 2.</value>
    public int Tasks { get; init; } = 2;

    /// <summary>What stands between a hidden layer and its activation.</summary>
    /// <value>Default: none.</value>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>Share of hidden values that are set to 0 in training.</summary>
    /// <value>Default: 0.</value>
    public double Dropout { get; init; }

    /// <summary>Seed of the weights, the ids and the labels.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Builds the graph.</summary>
    /// <exception cref="InputException">A size is out of its range, or the architecture is unknown.</exception>
    public MultiTaskModel Create()
    {
        Check();
        return new(Columns(), new ModelOptions
        {
            Architecture = Architecture,
            Embedding = Embedding,
            Bottom = Bottom,
            Experts = new ExpertOptions { Count = Experts, Layers = Layers },
            Tower = Tower,
            Normalization = Normalization,
            Dropout = Dropout,
            Sequences = History == 0 ? new Dictionary<string, SequenceOptions>() : new Dictionary<string, SequenceOptions> { [HistoryName] = new() { Encoder = Encoder, Target = Encoder == SequenceEncoding.Din ? "field0" : null } },
        });
    }

    /// <summary>Refuses what cannot be built.</summary>
    /// <exception cref="InputException">A size is out of its range.</exception>
    public void Check()
    {
        Within("fields", Fields, 1, 10_000);
        Within("embedding", Embedding, 1, 4096);
        Within("experts", Experts, 1, 1024);
        Within("tasks", Tasks, 1, 1000);
        Within("history", History, 0, 10_000);
        if (History == 0 && Encoder != SequenceEncoding.Mean) throw new InputException($"encoder {ConfigWords.Of(Encoder)} has nothing to read; give the rows a history, such as history 100");
        Within("seed", Seed, 0, int.MaxValue);
        if (Rows < Fields) throw new InputException($"rows {Rows} is too few: each of the {Fields} fields needs at least one");
        if (Dropout is not (>= 0 and <= 0.95)) throw new InputException($"dropout {Dropout} is not from 0 to 0.95");
        if (Layers.Count == 0) throw new InputException("an expert has at least one layer; write layers such as 256,128");
        foreach (var (name, layers) in new[] { ("layers", Layers), ("bottom", Bottom), ("tower", Tower) })
            foreach (var units in layers)
                Within(name, units, 1, MostUnits);
    }

    internal static void Within(string name, long value, long least, long most)
    {
        if (value < least || value > most) throw new InputException($"{name} {value} is not from {least} to {most}");
    }

    private int RowsOf(int field) => Rows / Fields + (field < Rows % Fields ? 1 : 0);

    private Layout Columns() => new(
        [.. Enumerable.Range(0, Fields).Select(f => new IdField($"field{f}", $"field{f}", RowsOf(f), null))],
        History == 0 ? [] : [new BagField(HistoryName, HistoryName, RowsOf(0), null, Pooling.Mean) { Length = History, Table = "field0" }],
        [],
        [.. Enumerable.Range(0, Tasks).Select(t => new TaskSchema($"task{t}", TaskType.Binary, ["0", "1"], 1, "", 1, "", null, 1) { LabelMean = 0.5 })]);
}
