using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>Turns a task's label field into a label.</summary>
internal sealed class TaskEncoder
{
    private readonly BinaryLabel? _binary;
    private readonly ByteDictionary? _classes;

    /// <summary>Creates it.</summary>
    /// <param name="schema">The task; its classes are known by now.</param>
    /// <param name="label">The label's column.</param>
    /// <param name="positive">Binary: the texts that are positive, as configured.</param>
    /// <param name="where">The rows that the task is defined on, or null.</param>
    public TaskEncoder(TaskSchema schema, string label, IReadOnlyList<string> positive, string? where)
    {
        Schema = schema;
        Label = label;
        Positive = positive;
        Where = where;
        if (schema.Type == TaskType.Binary) _binary = new BinaryLabel(positive);
        if (schema.Type != TaskType.Multiclass) return;
        _classes = new ByteDictionary();
        foreach (var name in schema.Classes) _classes.FindOrAdd(Encoding.UTF8.GetBytes(name));
    }

    public TaskSchema Schema { get; }

    public string Label { get; }

    public IReadOnlyList<string> Positive { get; }

    public string? Where { get; }

    /// <summary>Reads a label; null, or what is wrong with it.</summary>
    public string? Encode(ReadOnlySpan<byte> field, bool missing, out float label)
    {
        label = float.NaN;
        if (missing) return null;
        switch (Schema.Type)
        {
            case TaskType.Binary:
                int value = _binary!.Read(field);
                if (value < 0) return $"{FieldText.Quote(field)} is no label of the task '{Schema.Name}'; write 1 or 0, or name the positive text as tasks.{Schema.Name}.positive";
                label = value;
                return null;
            case TaskType.Multiclass:
                int index = _classes!.Find(field);
                if (index < 0) return $"{FieldText.Quote(field)} is none of the {Schema.Classes.Count} classes of the task '{Schema.Name}'; mend it, or list it in tasks.{Schema.Name}.classes";
                label = index;
                return null;
            default:
                return ReadNumber(Schema.Name, Schema.Type, field, out label);
        }
    }

    /// <summary>Reads the label of a regression or a count; null, or what is wrong with it.</summary>
    public static string? ReadNumber(string task, TaskType type, ReadOnlySpan<byte> field, out float label)
    {
        if (!NumberText.TryParse(field, out label)) return $"{FieldText.Quote(field)} is not a number, which the task '{task}' needs; mend it, or add it to data.missing";
        if (type == TaskType.Count && label < 0) return $"{FieldText.Quote(field)} is below 0, which the count of the task '{task}' cannot be; mend it, or make the task a regression";
        return null;
    }

    /// <summary>Writes it as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Schema.Name);
        json.WriteString("type", Schema.Type.ToString());
        json.WriteString("label", Label);
        Write(json, "positive", Positive);
        if (Schema.Source != SourceSchema.Main) json.WriteString("source", Schema.Source);
        if (Where is not null) json.WriteString("where", Where);
        Write(json, "classes", Schema.Classes);
        json.WriteNumber("weight", Schema.Weight);
        json.WriteString("loss", Schema.Loss);
        json.WriteNumber("delta", Schema.Delta);
        json.WriteString("metric", Schema.Metric);
        if (Schema.ClassWeights is { } weights)
        {
            json.WriteStartArray("class_weights");
            foreach (double weight in weights) json.WriteNumberValue(weight);
            json.WriteEndArray();
        }

        json.WriteNumber("negative_keep_rate", Schema.NegativeKeepRate);
        json.WriteNumber("label_mean", Schema.LabelMean);
        json.WriteNumber("label_deviation", Schema.LabelDeviation);
        if (Schema.After.Count > 0) Write(json, "after", Schema.After);
        if (Schema.AtMost.Count > 0) Write(json, "at_most", Schema.AtMost);
        if (!Schema.Main) json.WriteBoolean("main", false);
        if (Schema.Gradient != new GradientOptions())
        {
            json.WriteStartArray("gradient");
            foreach (double part in new[] { Schema.Gradient.Representation, Schema.Gradient.Shared, Schema.Gradient.Embedding }) json.WriteNumberValue(part);
            json.WriteEndArray();
        }

        if (Schema.LabelSmoothing > 0) json.WriteNumber("label_smoothing", Schema.LabelSmoothing);
        if (Schema.Focal > 0) json.WriteNumber("focal", Schema.Focal);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter)"/> wrote.</summary>
    public static TaskEncoder Read(JsonElement json)
    {
        if (!Enum.TryParse(json.GetProperty("type").GetString(), out TaskType type) || !Enum.IsDefined(type)) throw new InvalidDataException("the encoder is damaged: a task's type is none");
        double[]? weights = null;
        if (json.TryGetProperty("class_weights", out var list))
        {
            weights = new double[list.GetArrayLength()];
            for (int i = 0; i < weights.Length; i++) weights[i] = list[i].GetDouble();
        }

        var schema = new TaskSchema(
            json.GetProperty("name").GetString()!,
            type,
            Texts(json.GetProperty("classes")),
            json.GetProperty("weight").GetDouble(),
            json.GetProperty("loss").GetString()!,
            json.GetProperty("delta").GetDouble(),
            json.GetProperty("metric").GetString()!,
            weights,
            json.GetProperty("negative_keep_rate").GetDouble())
        {
            LabelMean = json.GetProperty("label_mean").GetDouble(),
            LabelDeviation = json.GetProperty("label_deviation").GetDouble(),
        };
        var where = json.TryGetProperty("where", out var w) ? w.GetString() : null;
        // encoders of the first version have none of these
        schema = schema with
        {
            Source = json.TryGetProperty("source", out var source) ? source.GetString()! : SourceSchema.Main,
            Where = where,
            After = json.TryGetProperty("after", out var after) ? Texts(after) : [],
            AtMost = json.TryGetProperty("at_most", out var atMost) ? Texts(atMost) : [],
            Main = !json.TryGetProperty("main", out var main) || main.GetBoolean(),
            Gradient = json.TryGetProperty("gradient", out var parts) ? new() { Representation = parts[0].GetDouble(), Shared = parts[1].GetDouble(), Embedding = parts[2].GetDouble() } : new(),
            LabelSmoothing = json.TryGetProperty("label_smoothing", out var smoothing) ? smoothing.GetDouble() : 0,
            Focal = json.TryGetProperty("focal", out var focal) ? focal.GetDouble() : 0,
        };
        bool fits = schema.LabelSmoothing is >= 0 and <= 0.5 && schema.Focal is >= 0 and <= 10 && schema.NegativeKeepRate is > 0 and <= 1 && schema.LabelDeviation > 0 && double.IsFinite(schema.LabelMean) && double.IsFinite(schema.LabelDeviation)
            && (weights is null || weights.Length == schema.Classes.Count) && type switch
            {
                TaskType.Binary => schema.Classes.Count == 2,
                TaskType.Multiclass => schema.Classes.Count >= 1,
                _ => schema.Classes.Count == 0,
            };
        if (!fits) throw new InvalidDataException($"the encoder is damaged: the task '{schema.Name}' is out of bounds");
        return new TaskEncoder(schema, json.GetProperty("label").GetString()!, Texts(json.GetProperty("positive")), where);
    }

    private static void Write(Utf8JsonWriter json, string key, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement list)
    {
        var texts = new string[list.GetArrayLength()];
        for (int i = 0; i < texts.Length; i++) texts[i] = list[i].GetString()!;
        return texts;
    }
}
