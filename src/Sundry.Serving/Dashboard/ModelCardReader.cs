using System.Text.Json;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>Reads a model's card from its bundle: what it is (model.json), what it reads and predicts (encoder.json), how well (metrics.json).</summary>
internal static class ModelCardReader
{
    private static readonly string[] s_shown = ["auc", "normalized_entropy", "logloss", "ece", "calibration", "rmse", "mae", "r2", "poisson_deviance", "accuracy", "f1"];

    /// <summary>The card of the model in a folder.</summary>
    /// <exception cref="InputException">A file of it is not there or not readable.</exception>
    public static ModelCard Read(string folder, string version)
    {
        try
        {
            using var model = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "model.json")));
            using var stream = File.OpenRead(Path.Combine(folder, "encoder.json"));
            var layout = Encoder.Load(stream).Layout;
            var results = Path.Combine(folder, "metrics.json");
            using var metrics = File.Exists(results) ? JsonDocument.Parse(File.ReadAllBytes(results)) : null;
            var root = model.RootElement;
            var trained = root.GetProperty("tasks").EnumerateArray().Select(t => t.GetString()).ToList();
            var ranking = Path.Combine(folder, RankingInfo.FileName);
            return new ModelCard
            {
                Name = Text(root, "name"),
                Version = version,
                Trained = File.GetLastWriteTimeUtc(Path.Combine(folder, "model.json")),
                Program = Text(root, "program"),
                Architecture = Text(root.GetProperty("model"), "architecture"),
                Balancing = Text(root, "balancing"),
                Seed = root.GetProperty("seed").GetInt32(),
                Parameters = Value(metrics, "parameters") is { } parameters ? (long)parameters : null,
                Seconds = Value(metrics, "seconds"),
                Rows = metrics is not null && metrics.RootElement.TryGetProperty("rows", out var rows) ? [.. rows.EnumerateObject().Select(r => new NamedCount(r.Name, r.Value.GetInt64()))] : [],
                Tasks = [.. layout.Tasks.Where(t => trained.Contains(t.Name)).Select(t => new ModelCard.Task(t.Name, Words(t), Measures(metrics, t)))],
                Features = [.. Features(layout)],
                Formula = File.Exists(ranking) ? Formula(File.ReadAllBytes(ranking)) : null,
                Configuration = Text(root, "configuration"),
                HasReport = File.Exists(Path.Combine(folder, "report.html")),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"the model's card cannot be read: {e.Message}; copy the whole model folder again", folder);
        }
    }

    private static string Words(TaskSchema task) =>
        ConfigWords.Of(task.Type) + (task.Main ? "" : ", only helps") + (task.Source == SourceSchema.Main ? "" : $", about {task.Source}") + (task.After.Count > 0 ? $", after {string.Join(", ", task.After)}" : "");

    private static List<ModelCard.Measure> Measures(JsonDocument? metrics, TaskSchema task)
    {
        if (Part(metrics, "tasks", task.Name) is not { Values: { ValueKind: JsonValueKind.Object } values, Part: var part }) return [];
        var intervals = Part(metrics, "intervals", task.Name, part)?.Values;
        var measures = new List<ModelCard.Measure>();
        foreach (var metric in s_shown)
        {
            if (!values.TryGetProperty(metric, out var value)) continue;
            double? low = null, high = null;
            if (intervals is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(metric, out var ends) && ends.ValueKind == JsonValueKind.Array && ends.GetArrayLength() == 2)
                (low, high) = (Number(ends[0]), Number(ends[1]));
            measures.Add(new($"{metric} ({part})", Number(value), low, high, Gate(metric, low, high, task)));
        }

        return measures;
    }

    // guessing: one half of the pairs in order, the base rate for everybody, the mean for everybody
    private static bool? Gate(string metric, double? low, double? high, TaskSchema task) => metric switch
    {
        "auc" when low is not null => low > 0.5,
        "normalized_entropy" when high is not null => high < 1,
        "r2" when low is not null => low > 0,
        "rmse" when high is not null && task.LabelDeviation > 0 => high < task.LabelDeviation,
        _ => null,
    };

    private static (JsonElement Values, string Part)? Part(JsonDocument? metrics, string section, string task, string? part = null)
    {
        if (metrics is null || !metrics.RootElement.TryGetProperty(section, out var tasks) || tasks.ValueKind != JsonValueKind.Object || !tasks.TryGetProperty(task, out var parts)) return null;
        foreach (var name in part is null ? ["test", "validation"] : new[] { part })
            if (parts.TryGetProperty(name, out var values)) return (values, name);
        return null;
    }

    private static IEnumerable<ModelCard.Feature> Features(Layout layout)
    {
        foreach (var field in layout.Ids) yield return new(field.Name, field.Vectors is null ? "categorical" : "vector", $"{PageWords.Count(field.Rows)} values");
        foreach (var bag in layout.Bags)
            yield return new(bag.Name, bag.Text is not null || bag.Weights is not null ? "text" : bag.Length > 0 ? "sequence" : "several values", $"{PageWords.Count(bag.Rows)} values{(bag.Length > 0 ? $", the last {PageWords.Count(bag.Length)}" : "")}");
        foreach (var number in layout.Numbers) yield return new(number, "numeric", "a number");
    }

    private static string? Formula(byte[] json)
    {
        using var ranking = JsonDocument.Parse(json);
        if (!ranking.RootElement.TryGetProperty("weights", out var weights)) return null;
        var terms = weights.EnumerateObject().Select(w => $"{PageWords.Number(w.Value.GetDouble())} × {w.Name}").ToList();
        return terms.Count == 0 ? null : $"{Text(ranking.RootElement, "method")}: {string.Join(" + ", terms)}";
    }

    private static double? Value(JsonDocument? json, string name) => json is not null && json.RootElement.TryGetProperty(name, out var value) ? Number(value) : null;

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.ToString() : "";
}
