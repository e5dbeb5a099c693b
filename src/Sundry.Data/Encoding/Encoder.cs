using System.Text.Json;

namespace Sundry.Data;

/// <summary>What was fitted on the training part, and nothing but it: turns raw rows into batches, the same way in training and in serving.</summary>
public sealed class Encoder
{
    private const string Format = "sundry-encoder";
    private const int Version = 1;

    internal Encoder(IReadOnlyList<FeatureEncoder> features, IReadOnlyList<TaskEncoder> tasks, MissingTexts missing, string? weight, IReadOnlyList<SourceSchema>? sources = null)
    {
        Features = features;
        Tasks = tasks;
        Missing = missing;
        Weight = weight;
        var ids = new List<IdField>();
        var bags = new List<BagField>();
        var numbers = new List<string>();
        var pieces = new List<NumberPieces>();
        for (int i = 0; i < features.Count; i++)
        {
            int first = ids.Count;
            if (features[i].Pieces > 0) pieces.Add(new NumberPieces(features[i].Name, numbers.Count, features[i].Pieces, features[i].Embedding));
            features[i].Describe(ids, bags, numbers);
            // a row of a source without the feature has an id of its own, the last
            if (sources?.Any(source => !source.Features.Contains(features[i].Name)) == true)
                for (int field = first; field < ids.Count; field++) ids[field] = ids[field] with { Rows = ids[field].Rows + 1 };
        }

        var schemas = new TaskSchema[tasks.Count];
        for (int i = 0; i < schemas.Length; i++) schemas[i] = tasks[i].Schema;
        Layout = new Layout(ids, bags, numbers, schemas) { Sources = sources ?? [], Pieces = pieces };
        InputColumns = [.. features.SelectMany(feature => feature.Columns).Distinct()];
    }

    /// <summary>The columns that it produces.</summary>
    public Layout Layout { get; }

    /// <summary>The columns that features are made from, those of all sources; a table to predict on must have those of its own.</summary>
    public IReadOnlyList<string> InputColumns { get; }

    /// <summary>The counters among the features, for who encodes samples from a log; empty where rows are those of tables.</summary>
    public IReadOnlyList<Counter> Counters { get; internal init; } = [];

    /// <summary>The columns of the log that it was fitted on; null where rows are those of tables.</summary>
    public LogColumns? LogColumns { get; internal init; }

    /// <summary>Which rows of a log the sources are that are made from one.</summary>
    internal IReadOnlyList<LogSource> Rows { get; init; } = [];

    internal IReadOnlyList<FeatureEncoder> Features { get; }

    internal IReadOnlyList<TaskEncoder> Tasks { get; }

    internal MissingTexts Missing { get; }

    internal string? Weight { get; }

    /// <summary>Reads an encoder that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The document is not one, or its values do not fit together.</exception>
    public static Encoder Load(Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or InputException or ArgumentException)
        {
            throw new InvalidDataException($"the encoder is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes it as one JSON document.</summary>
    public void Save(Stream json)
    {
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = false });
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("missing");
        foreach (var text in Missing.Texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
        if (Weight is not null) writer.WriteString("weight", Weight);
        if (Layout.Sources.Count > 0) SourceSchemaJson.Write(writer, Layout.Sources);
        writer.WriteStartArray("features");
        var tables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feature in Features)
        {
            feature.Write(writer, tables);
            // a vocabulary of a million must not lie in memory twice
            if (writer.BytesPending > 1 << 16) writer.Flush();
        }

        writer.WriteEndArray();
        if (Counters.Count > 0)
        {
            writer.WriteStartArray("counters");
            foreach (var counter in Counters) counter.Write(writer);
            writer.WriteEndArray();
        }

        if (Rows.Count > 0) LogSource.Write(writer, Rows);
        LogColumns?.Write(writer);
        writer.WriteStartArray("tasks");
        foreach (var task in Tasks) task.Write(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Binds it to a table's columns.</summary>
    /// <param name="header">The table's columns, in order.</param>
    /// <param name="file">The table's file, for messages.</param>
    /// <param name="source">The source that its rows are of.</param>
    /// <exception cref="InputException">A feature's column is missing, or there is no such source. Label, mask and weight columns may be missing: labels are NaN then, weights 1.</exception>
    public RowEncoder For(IReadOnlyList<string> header, string file, string source = SourceSchema.Main) => new(this, header, file, Source(source));

    /// <summary>What is known of a source; where there is one alone, all features and the weight.</summary>
    /// <exception cref="InputException">There is no such source.</exception>
    public SourceSchema Source(string name)
    {
        if (Layout.Sources.Count == 0 && name == SourceSchema.Main) return new SourceSchema(name, [.. Features.Select(feature => feature.Name)], Weight);
        if (Layout.Sources.FirstOrDefault(source => source.Name == name) is { } known) return known;
        var names = Layout.Sources.Count == 0 ? [SourceSchema.Main] : Layout.Sources.Select(source => source.Name).ToArray();
        throw new InputException($"the model has no source '{name}'{NearestName.Ask(name, names)} (they are {string.Join(", ", names)})");
    }

    /// <summary>What a source's rows are that are made from a log, such as <c>impressions</c> or <c>users</c>; null where they are those of a table.</summary>
    public string? RowsOf(string source) => Rows.FirstOrDefault(rows => rows.Source == source)?.Kind;

    /// <summary>The columns that the features of a source's rows are made from.</summary>
    public IReadOnlySet<string> ColumnsOf(SourceSchema source) => Features.Where(feature => source.Features.Contains(feature.Name)).SelectMany(feature => feature.Columns).ToHashSet(StringComparer.Ordinal);

    private static Encoder Read(JsonElement root)
    {
        if (root.GetProperty("format").GetString() != Format) throw new InvalidDataException("the document is not an encoder");
        int version = root.GetProperty("version").GetInt32();
        if (version != Version) throw new InvalidDataException($"the encoder is of version {version}; this program reads version {Version}");
        var missing = new List<string>();
        foreach (var text in root.GetProperty("missing").EnumerateArray()) missing.Add(text.GetString()!);
        var features = new List<FeatureEncoder>();
        var tables = new Dictionary<string, Vocabulary>(StringComparer.Ordinal);
        foreach (var feature in root.GetProperty("features").EnumerateArray()) features.Add(FeatureEncoder.Read(feature, tables));
        var tasks = new List<TaskEncoder>();
        foreach (var task in root.GetProperty("tasks").EnumerateArray())
        {
            tasks.Add(TaskEncoder.Read(task));
            if (tasks[^1].Where is { } where) RowFilter.Parse(where);
        }

        return new Encoder(features, tasks, new MissingTexts(missing), root.TryGetProperty("weight", out var weight) ? weight.GetString() : null, root.TryGetProperty("sources", out var sources) ? SourceSchemaJson.Read(sources, features, tasks) : [])
        {
            Rows = root.TryGetProperty("rows", out var rows) ? LogSource.Read(rows) : [],
            LogColumns = root.TryGetProperty("log", out var log) ? Data.LogColumns.Read(log) : null,
            Counters = root.TryGetProperty("counters", out var counters) ? [.. counters.EnumerateArray().Select(Counter.Read)] : [],
        };
    }
}
