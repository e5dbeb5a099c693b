using System.Diagnostics;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>What happened: taken, committed, and in the next answer before it is acknowledged.</summary>
internal static class EventRoutes
{
    private static readonly JsonReaderOptions s_reading = new() { MaxDepth = WireJson.Deepest };

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        new("POST", "/v1/events", KeyScopes.Ingest, "Tells events: one, an array, or a line each. Answered after they are committed and the next answer sees them", Take)
        {
            Body = WireJson.Strict.EventBody,
            Takes = [HttpRoute.Json, HttpRoute.Lines],
            Example = """[{"id":"e-1","type":"view","user":"u-7","session":"s-1","item":"p-3","time":"2026-01-31T12:00:00Z"},{"id":"e-2","type":"purchase","user":"u-7","item":"p-3","quantity":1,"price":59.9,"time":1769860805}]""",
            Answer = """{"accepted":1,"duplicate":1,"refused":0,"events":[{"outcome":"accepted","id":"e-1"},{"outcome":"duplicate","id":"e-2"}]}""",
        },
    ];

    private static async Task Take(HttpCall call)
    {
        var started = Stopwatch.GetTimestamp();
        var now = call.Surface.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        List<Line> lines;
        using (var body = await call.Body()) lines = call.Is(HttpRoute.Lines) ? OfLines(body.Bytes, now) : OfJson(body.Bytes, now);
        List<EventRecord> records = [.. lines.Where(l => l.Record is not null).Select(l => l.Record!)];
        var receipts = records.Count == 0 ? [] : await call.Shop.Tell(records, call.Cancel);
        var (counts, at) = (new int[3], 0);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var line in lines)
            {
                var receipt = line.Record is null ? new EventReceipt(EventOutcome.Refused, line.Id, 0, line.Problem!.Detail + "; " + line.Problem.Mend) : receipts[at++];
                counts[(int)receipt.Outcome]++;
                json.WriteStartObject();
                json.WriteString("outcome", receipt.Outcome switch { EventOutcome.Accepted => "accepted"u8, EventOutcome.Duplicate => "duplicate"u8, _ => "refused"u8 });
                if (receipt.Id is not null) json.WriteString("id", receipt.Id);
                if (receipt.Reason is not null) json.WriteString("reason", receipt.Reason);
                if (line.Problem?.Field is { } field) json.WriteString("field", field);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("accepted", counts[0]);
            json.WriteNumber("duplicate", counts[1]);
            json.WriteNumber("refused", counts[2]);
            json.WriteEndObject();
        });
        HttpMeters.Told(counts[0], counts[1], counts[2], Stopwatch.GetElapsedTime(started));
    }

    private static List<Line> OfJson(ReadOnlyMemory<byte> body, long now)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span, s_reading);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject) throw new ProblemException(new Problem(400, "wrong_type", "the body is neither an event nor a list of events", "write {…} or […]"));
                // a lone event is refused as a whole, so that a mistake cannot go unseen
                return [new Line(Fit(WireJson.Read(body.Span, WireJson.Strict.EventBody), now, out var problem), null, problem)];
            }

            var lines = new List<Line>();
            var events = new EventReader();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var beginning = reader;
                var start = (int)reader.TokenStartIndex;
                Count(lines);
                if (events.Read(ref reader, body.Span, now) is { } record)
                {
                    lines.Add(new Line(record, record.Id, null));
                    continue;
                }

                reader = beginning;
                reader.Skip();
                lines.Add(One(body.Span[start..(int)reader.BytesConsumed], now, $"[{lines.Count}]"));
            }

            return reader.Read() ? throw new ProblemException(JsonFault.Syntax("something follows the list", "")) : lines;
        }
        catch (JsonException e)
        {
            throw new ProblemException(JsonFault.Syntax(JsonFault.Short(e), ""));
        }
    }

    private static List<Line> OfLines(ReadOnlyMemory<byte> body, long now)
    {
        var lines = new List<Line>();
        var events = new EventReader();
        var number = 0;
        foreach (var range in body.Span.Split((byte)'\n'))
        {
            number++;
            var line = body.Span[range].Trim(" \t\r"u8);
            if (line.IsEmpty) continue;
            Count(lines);
            lines.Add(Plain(events, line, now) is { } record ? new Line(record, record.Id, null) : One(line, now, $"line {number}"));
        }

        return lines;
    }

    // a line that is as it should be
    private static EventRecord? Plain(EventReader events, ReadOnlySpan<byte> line, long now)
    {
        try
        {
            var reader = new Utf8JsonReader(line, s_reading);
            reader.Read();
            return events.Read(ref reader, line, now) is { } record && !reader.Read() ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Count(List<Line> lines)
    {
        if (lines.Count == StoredEvents.MostPerBatch) throw new ProblemException(new Problem(413, "too_many", $"there are more than {StoredEvents.MostPerBatch} events", "send them in several requests"));
    }

    private static Line One(ReadOnlySpan<byte> json, long now, string at)
    {
        try
        {
            var body = WireJson.Read(json, WireJson.Strict.EventBody, at);
            return new Line(Fit(body, now, out var problem), body.Id, problem);
        }
        catch (ProblemException e)
        {
            return new Line(null, null, e.Problem);
        }
    }

    private static EventRecord? Fit(EventBody body, long now, out Problem? problem)
    {
        problem = body.Time is null && body.Id is null ? new Problem(422, "missing_field", "the event has neither a time nor an id", "give it one of them, so that it can be sent again and counts once") { Field = "time" } : null;
        return problem is null ? body.Record(now) : null;
    }

    private readonly record struct Line(EventRecord? Record, string? Id, Problem? Problem);
}
