using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>The bodies of a load, one after the other: who asks is drawn anew each time. Not for several threads at once.</summary>
internal sealed class LoadRequests(LoadBenchmarkOptions options, IReadOnlyList<string> users, IReadOnlyList<string> items, TimeProvider clock)
{
    private static readonly string[] s_types = ["impression", "impression", "impression", "view", "click", "cart"];

    private readonly Random _random = new(options.Seed);
    private readonly string _run = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
    private long _sent;

    /// <summary>Where they are sent to.</summary>
    public string Path => options.Kind switch
    {
        LoadKind.Recommend => "v1/recommend",
        LoadKind.Rank => "v1/rank",
        _ => "v1/events",
    };

    /// <summary>The next body.</summary>
    public byte[] Next()
    {
        var buffer = new ArrayBufferWriter<byte>(options.Kind == LoadKind.Events ? 200 * options.Size : 256);
        using var json = new Utf8JsonWriter(buffer);
        switch (options.Kind)
        {
            case LoadKind.Recommend:
                json.WriteStartObject();
                json.WriteString("user", Any(users));
                json.WriteNumber("count", options.Size);
                json.WriteEndObject();
                break;
            case LoadKind.Rank:
                json.WriteStartObject();
                json.WriteString("user", Any(users));
                json.WriteStartArray("items");
                var chosen = new HashSet<string>();
                while (chosen.Count < Math.Min(options.Size, items.Count)) chosen.Add(Any(items));
                foreach (var item in chosen) json.WriteStringValue(item);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                json.WriteStartArray();
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                for (var i = 0; i < options.Size; i++) WriteEvent(json, now);
                json.WriteEndArray();
                break;
        }

        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteEvent(Utf8JsonWriter json, long now)
    {
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{_run}-{_sent++:x8}"));
        json.WriteString("type", s_types[_random.Next(s_types.Length)]);
        json.WriteString("user", Any(users));
        json.WriteString("item", Any(items));
        json.WriteNumber("time", now);
        json.WriteNumber("position", _random.Next(1, 21));
        json.WriteString("scenario", "home");
        json.WriteEndObject();
    }

    private string Any(IReadOnlyList<string> names) => names[_random.Next(names.Count)];
}
