using System.Globalization;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Reads events as a shop sends them: one JSON object, an array of them, or one a line. One that is not right is refused by itself; only what is no JSON at all stops the others.
/// </summary>
internal static class EventReader
{
    /// <summary>The most events of one request.</summary>
    public const int MostEvents = 10_000;

    private static readonly string[] s_fields = ["id", "type", "user", "session", "item", "time", "quantity", "price", "value", "position", "scenario", "recommendation", "text", "context"];
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 16 };
    private static readonly JsonReaderOptions s_lines = new() { MaxDepth = 16, AllowMultipleValues = true };
    private static readonly EventTypes s_types = new();

    /// <summary>Reads them.</summary>
    /// <param name="body">The body.</param>
    /// <param name="lines">Whether it is one event a line.</param>
    /// <param name="now">The time of an event that tells none: Unix time in milliseconds.</param>
    /// <returns>For each event what it says, or why it is refused.</returns>
    /// <exception cref="ProblemException">The body is no JSON, or holds too many.</exception>
    public static List<(EventRecord? Event, string? Refused)> Read(ReadOnlySpan<byte> body, bool lines, long now)
    {
        var events = new List<(EventRecord?, string?)>();
        try
        {
            var reader = new Utf8JsonReader(body, lines ? s_lines : s_options);
            if (!lines)
            {
                if (!reader.Read()) throw ProblemException.Field("body", "the body is empty", "send an event, or an array of them");
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    Add(events, ref reader, now);
                    if (reader.Read()) throw ProblemException.Field("body", "something follows the event", "send an array, or one event a line as application/x-ndjson");
                    return events;
                }
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Add(events, ref reader, now);
            if (!lines && reader.Read()) throw ProblemException.Field("body", "something follows the events", "send one array");
        }
        catch (JsonException e)
        {
            throw ProblemException.Field("body", $"the body is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it), and none of its events was taken", "send an event, an array of events, or one a line as application/x-ndjson");
        }

        return events;
    }

    private static void Add(List<(EventRecord?, string?)> events, ref Utf8JsonReader reader, long now)
    {
        if (events.Count == MostEvents) throw ProblemException.Field("body", $"the request holds more than {MostEvents} events, and none was taken", "send them in several requests");
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            events.Add((null, "it is no JSON object; send one such as {\"type\":\"view\",\"user\":\"u1\",\"item\":\"i1\"}"));
            return;
        }

        events.Add(One(ref reader, now));
    }

    private static (EventRecord?, string?) One(ref Utf8JsonReader reader, long now)
    {
        string? id = null, type = null, user = null, session = null, item = null, scenario = null, recommendation = null, text = null, context = null, refused = null;
        double? quantity = null, price = null, value = null;
        int? position = null;
        long? time = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = -1;
            for (var i = 0; i < s_fields.Length && field < 0; i++)
                if (reader.ValueTextEquals(s_fields[i])) field = i;
            if (field < 0) refused ??= Unknown(reader.GetString()!);
            else if ((seen >> field & 1) == 1) refused ??= $"it has '{s_fields[field]}' twice; keep one";
            else seen |= 1 << field;
            reader.Read();
            switch (field)
            {
                case 0: id = Text(ref reader, field, ref refused); break;
                case 1: type = Type(ref reader, ref refused); break;
                case 2: user = Text(ref reader, field, ref refused); break;
                case 3: session = Text(ref reader, field, ref refused); break;
                case 4: item = Text(ref reader, field, ref refused); break;
                case 5: time = Time(ref reader, ref refused); break;
                case 6: quantity = Number(ref reader, field, ref refused); break;
                case 7: price = Number(ref reader, field, ref refused); break;
                case 8: value = Number(ref reader, field, ref refused); break;
                case 9:
                    if (Number(ref reader, field, ref refused) is not { } place) break;
                    if (place != Math.Floor(place) || place is < 0 or > int.MaxValue) refused ??= "'position' is no whole number from 1; send the place on the page, or leave it out";
                    else position = (int)place;
                    break;
                case 10: scenario = Text(ref reader, field, ref refused); break;
                case 11: recommendation = Text(ref reader, field, ref refused); break;
                case 12: text = Text(ref reader, field, ref refused); break;
                case 13: context = Context(ref reader, ref refused); break;
                default: reader.Skip(); break;
            }
        }

        if (refused is null && type is null) refused = "it has no 'type'; fill it in, such as view or purchase";
        return refused is not null ? (null, refused) : (new EventRecord
        {
            Id = id,
            Type = type!,
            User = user,
            Session = session,
            Item = item,
            Time = time ?? now,
            Quantity = quantity,
            Price = price,
            Value = value,
            Position = position,
            Scenario = scenario,
            Recommendation = recommendation,
            Text = text,
            Context = context,
        }, null);
    }

    private static string Unknown(string name) => name.Length > 100
        ? $"it has a field whose name has {name.Length} letters; leave it out"
        : $"'{name}' is no field of an event{NearestName.Ask(name, s_fields).TrimEnd('?')}; put what is the shop's own into 'context'";

    // the words that every shop has, without a text each time
    private static string? Type(ref Utf8JsonReader reader, ref string? refused)
    {
        if (reader.TokenType == JsonTokenType.String)
            foreach (var name in s_types.Names)
                if (reader.ValueTextEquals(name)) return name;
        return Text(ref reader, 1, ref refused);
    }

    private static string? Text(ref Utf8JsonReader reader, int field, ref string? refused)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                try
                {
                    return reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    refused ??= $"'{s_fields[field]}' is no text in UTF-8; send one";
                    return null;
                }

            default:
                reader.Skip();
                refused ??= $"'{s_fields[field]}' is no text; put it into quotation marks";
                return null;
        }
    }

    private static double? Number(ref Utf8JsonReader reader, int field, ref string? refused)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        reader.Skip();
        refused ??= $"'{s_fields[field]}' is no number; send one without quotation marks, or leave it out";
        return null;
    }

    private static long? Time(ref Utf8JsonReader reader, ref string? refused)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when reader.TryGetInt64(out var ms):
                return ms;
            case JsonTokenType.String when reader.TryGetDateTimeOffset(out var moment):
                return moment.ToUnixTimeMilliseconds();
            case JsonTokenType.String when Text(ref reader, 5, ref refused) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other):
                return other.ToUnixTimeMilliseconds();
        }

        reader.Skip();
        refused ??= "'time' is no time; send one such as 2026-01-31T23:59:59.123Z, or milliseconds since 1970 as a whole number";
        return null;
    }

    private static string? Context(ref Utf8JsonReader reader, ref string? refused)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.GetRawText();
        }

        reader.Skip();
        refused ??= "'context' is no JSON object; send one such as {\"device\":\"phone\"}";
        return null;
    }
}
