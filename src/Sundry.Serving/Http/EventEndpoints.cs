using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>What happened in the shop.</summary>
internal static class EventEndpoints
{
    private const string Lines = "application/x-ndjson";
    private static readonly string[] s_kinds = ["application/json", Lines];

    public static void MapEvents(this IEndpointRouteBuilder routes, RunningShop running, HttpLimits limits, TimeProvider clock) => routes
        .Route("POST", "/events", KeyScopes.Ingest, "Takes an event, an array of events, or one a line; answers for each when all that is accepted is on the disk and in the next answer", async http =>
        {
            var body = await BodyReader.Read(http, limits.BodyBytes, s_kinds);
            var told = EventReader.Read(body.Span, http.Request.ContentType?.StartsWith(Lines, StringComparison.OrdinalIgnoreCase) == true, clock.GetUtcNow().ToUnixTimeMilliseconds());
            var right = new List<EventRecord>(told.Count);
            foreach (var (e, _) in told)
                if (e is not null) right.Add(e);
            var receipts = right.Count == 0 ? [] : await running.Server.Tell(right, http.RequestAborted);
            foreach (var receipt in receipts) Count(receipt.Outcome);
            for (var i = told.Count - right.Count; i > 0; i--) Count(EventOutcome.Refused);
            await http.Json(Write(told, receipts));
        })
        .Accepts<EventRecord[]>("application/json", Lines).Produces<EventsAnswer>();

    private static void Count(EventOutcome outcome) => HttpInstruments.Events.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        EventOutcome.Accepted => "accepted",
        EventOutcome.Duplicate => "duplicate",
        _ => "refused",
    }));

    private static ReadOnlyMemory<byte> Write(List<(EventRecord? Event, string? Refused)> told, IReadOnlyList<EventReceipt> receipts)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * told.Count + 128);
        using var json = new Utf8JsonWriter(buffer);
        int next = 0, accepted = 0, duplicates = 0;
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (var (e, refused) in told)
        {
            var receipt = e is null ? new EventReceipt(EventOutcome.Refused, null, 0, refused) : receipts[next++];
            json.WriteStartObject();
            switch (receipt.Outcome)
            {
                case EventOutcome.Accepted:
                    accepted++;
                    json.WriteString("outcome"u8, "accepted"u8);
                    break;
                case EventOutcome.Duplicate:
                    duplicates++;
                    json.WriteString("outcome"u8, "duplicate"u8);
                    break;
                default:
                    json.WriteString("outcome"u8, "refused"u8);
                    json.WriteString("reason"u8, receipt.Reason);
                    break;
            }

            if (receipt.Id is { } id) json.WriteString("id"u8, id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("accepted"u8, accepted);
        json.WriteNumber("duplicates"u8, duplicates);
        json.WriteNumber("refused"u8, told.Count - accepted - duplicates);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
