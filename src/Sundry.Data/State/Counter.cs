using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// A number that a shop's past says of a user, an item, a category or a pair of them. With a window W an event of age a weighs e^(−a/W), so that a steady stream
/// counts as many events as a sliding window of length W would hold, while one number and one time are all that is kept.
/// </summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Of">Of what events are counted.</param>
/// <param name="Events">The types of the events.</param>
/// <param name="Measure">What is said of them.</param>
/// <param name="Field">The field that sums, means and last values are of.</param>
/// <param name="Per">The types of the events that the measure is divided by; empty for none.</param>
/// <param name="Window">The window in milliseconds; 0 for the whole past.</param>
/// <param name="Prior">With <paramref name="Per"/>: as many such events at the whole shop's rate are added, so that few events say little.</param>
/// <param name="Days">Counts whole days (UTC), this many, and says how much there was a day; 0 for moments.</param>
/// <param name="Lag">With <paramref name="Days"/>: how many days before the row's own the last of them is, at least 1.</param>
/// <param name="Tree">Whether an event counts for those above its category too, in the log's tree.</param>
/// <param name="Level">With <paramref name="Tree"/>: which of the categories of the row it is read of.</param>
public sealed record Counter(string Name, CounterOf Of, IReadOnlyList<string> Events, CounterMeasure Measure, EventField Field, IReadOnlyList<string> Per, long Window, double Prior, int Days = 0, int Lag = 0,
    bool Tree = false, CategoryLevel Level = CategoryLevel.Own)
{
    /// <summary>The most whole days that a counter sums, and the most that it looks back over.</summary>
    public const int MostDays = 366;

    /// <summary>Whether rows must have a user to be told.</summary>
    public bool NeedsUser => Of is CounterOf.User or CounterOf.UserItem or CounterOf.UserCategory;

    /// <summary>Whether rows must have an item to be told.</summary>
    public bool NeedsItem => Of is CounterOf.Item or CounterOf.Category or CounterOf.UserItem or CounterOf.UserCategory;

    /// <summary>The counter that a feature's options describe.</summary>
    internal static Counter From(string name, FeatureOptions options) => new(
        name, options.By, options.Events, options.Measure, options.Field, options.Per, options.Window is { } window ? Duration.Parse(window, $"features.{name}.window") : 0, options.Prior,
        options.Days ?? (options.Lag is null ? 0 : 1), options.Days is null && options.Lag is null ? 0 : options.Lag ?? 1,
        options.Tree, options.Level);

    /// <summary>Writes it as a JSON object.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("of", Of.ToString());
        Write(json, "events", Events);
        json.WriteString("measure", Measure.ToString());
        json.WriteString("field", Field.ToString());
        Write(json, "per", Per);
        json.WriteNumber("window", Window);
        json.WriteNumber("prior", Prior);
        if (Days > 0)
        {
            json.WriteNumber("days", Days);
            json.WriteNumber("lag", Lag);
        }

        if (Tree) json.WriteString("tree", Level.ToString());

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Its values do not fit together.</exception>
    internal static Counter Read(JsonElement json)
    {
        var counter = new Counter(
            json.GetProperty("name").GetString()!,
            Word<CounterOf>(json, "of"),
            Texts(json.GetProperty("events")),
            Word<CounterMeasure>(json, "measure"),
            Word<EventField>(json, "field"),
            Texts(json.GetProperty("per")),
            json.GetProperty("window").GetInt64(),
            json.GetProperty("prior").GetDouble(),
            json.TryGetProperty("days", out var days) ? days.GetInt32() : 0,
            json.TryGetProperty("lag", out var lag) ? lag.GetInt32() : 0,
            json.TryGetProperty("tree", out _),
            json.TryGetProperty("tree", out _) ? Word<CategoryLevel>(json, "tree") : CategoryLevel.Own);
        bool whole = counter.Days == 0 ? counter.Lag == 0 : counter is { Days: >= 1 and <= MostDays, Lag: >= 1 and <= MostDays, Measure: CounterMeasure.Count or CounterMeasure.Sum } && counter.Of is not (CounterOf.UserItem or CounterOf.UserCategory);
        whole &= !counter.Tree || counter.Of is CounterOf.Category or CounterOf.UserCategory;
        return whole && counter.Window >= 0 && counter.Prior >= 0 && double.IsFinite(counter.Prior) ? counter : throw new InvalidDataException($"the encoder is damaged: the counter '{counter.Name}' is out of bounds");
    }

    private static T Word<T>(JsonElement json, string key)
        where T : struct, Enum =>
        Enum.TryParse(json.GetProperty(key).GetString(), out T word) && Enum.IsDefined(word) ? word : throw new InvalidDataException($"the encoder is damaged: a counter's '{key}' is none");

    private static void Write(Utf8JsonWriter json, string key, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
