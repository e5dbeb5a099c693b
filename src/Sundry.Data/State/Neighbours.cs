using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>Items next to a row in the shop's graph, as a sequence: those that friends took, that were taken together with the row's item, or that are of its brand or category.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Edges">What makes neighbours.</param>
/// <param name="Events">The types of the events that make edges.</param>
/// <param name="Length">The most items of a row, and all that is kept of a node.</param>
/// <param name="Sample">Which are kept.</param>
/// <param name="Within">How far apart two events of one user are at most that make their items neighbours, in milliseconds.</param>
/// <param name="Window">How old an edge is at most that a row sees, in milliseconds; 0 for any age.</param>
public sealed record Neighbours(string Name, EdgeKind Edges, IReadOnlyList<string> Events, int Length, EdgeSample Sample, long Within, long Window)
{
    /// <summary>Whether rows must have a user to have some.</summary>
    public bool NeedsUser => Edges == EdgeKind.Friends;

    /// <summary>Whether rows must have an item to have some.</summary>
    public bool NeedsItem => !NeedsUser;

    /// <summary>What draws a random sample: another name draws another.</summary>
    internal ulong Seed => ByteHash.Of(Encoding.UTF8.GetBytes(Name));

    /// <summary>The neighbours that a feature's options describe.</summary>
    internal static Neighbours From(string name, FeatureOptions options) => new(
        name, options.Edges ?? throw new InputException($"features.{name} says not which edges lead to neighbours; set features.{name}.edges"), options.Events, options.Most, options.Sample,
        Duration.Parse(options.Within ?? "1d", $"features.{name}.within"), options.Window is { } window ? Duration.Parse(window, $"features.{name}.window") : 0);

    /// <summary>Writes it as a JSON object.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("edges", Edges.ToString());
        json.WriteStartArray("events");
        foreach (var text in Events) json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteNumber("length", Length);
        json.WriteString("sample", Sample.ToString());
        json.WriteNumber("within", Within);
        json.WriteNumber("window", Window);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Its values do not fit together.</exception>
    internal static Neighbours Read(JsonElement json)
    {
        var read = new Neighbours(
            json.GetProperty("name").GetString()!,
            Enum.Parse<EdgeKind>(json.GetProperty("edges").GetString()!),
            [.. json.GetProperty("events").EnumerateArray().Select(text => text.GetString()!)],
            json.GetProperty("length").GetInt32(),
            Enum.Parse<EdgeSample>(json.GetProperty("sample").GetString()!),
            json.GetProperty("within").GetInt64(),
            json.GetProperty("window").GetInt64());
        bool holds = Enum.IsDefined(read.Edges) && Enum.IsDefined(read.Sample) && read.Length is >= 1 and <= 1 << 16 && read.Within >= 0 && read.Window >= 0;
        return holds ? read : throw new InvalidDataException($"the encoder is damaged: the neighbours '{read.Name}' are out of bounds");
    }
}
