using System.Text;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>
/// Reads events as most are sent, from their bytes straight into records. What is not as it should be is left to <see cref="WireJson"/>, which reads it again from its beginning and says what is wrong.
/// </summary>
internal sealed class EventReader
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // texts that many events of a body have alike
    private string? _type;
    private string? _scenario;
    private string? _session;
    private string? _user;

    /// <summary>Reads the event that the reader stands at the beginning of; null where it must be read again: the reader then stands anywhere within it.</summary>
    /// <param name="reader">The reader, at the brace.</param>
    /// <param name="json">What it reads.</param>
    /// <param name="now">The time of an event with an id that does not say its own.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public EventRecord? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, long now)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        var (id, type, user, session, item, scenario, recommendation, text, context) = (default(string), default(string), default(string), default(string), default(string), default(string), default(string), default(string), default(string));
        var (time, quantity, price, value, position) = (default(long?), default(double?), default(double?), default(double?), default(int?));
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped) return null;
            var field = Field(reader.ValueSpan);
            // every name once
            if (field < 0 || (seen & 1 << field) != 0) return null;
            seen |= 1 << field;
            if (!reader.Read()) return null;
            if (reader.TokenType == JsonTokenType.Null) continue;
            var isRead = true;
            switch (field)
            {
                case 0: isRead = Text(ref reader, ref id); break;
                case 1: isRead = Again(ref reader, ref _type, ref type); break;
                case 2: isRead = Again(ref reader, ref _user, ref user); break;
                case 3: isRead = Again(ref reader, ref _session, ref session); break;
                case 4: isRead = Text(ref reader, ref item); break;
                case 5: isRead = (time = TimeConverter.Time(ref reader)) is not null; break;
                case 6: isRead = Number(ref reader, ref quantity); break;
                case 7: isRead = Number(ref reader, ref price); break;
                case 8: isRead = Number(ref reader, ref value); break;
                case 9: isRead = Whole(ref reader, ref position); break;
                case 10: isRead = Again(ref reader, ref _scenario, ref scenario); break;
                case 11: isRead = Text(ref reader, ref recommendation); break;
                case 12: isRead = Text(ref reader, ref text); break;
                default: isRead = Object(ref reader, json, ref context); break;
            }

            if (!isRead) return null;
        }

        if (reader.TokenType != JsonTokenType.EndObject || (time is null && id is null)) return null;
        return new EventRecord
        {
            Id = id,
            Type = type ?? "",
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
        };
    }

    private static int Field(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => 0,
        4 when name.SequenceEqual("type"u8) => 1,
        4 when name.SequenceEqual("user"u8) => 2,
        7 when name.SequenceEqual("session"u8) => 3,
        4 when name.SequenceEqual("item"u8) => 4,
        4 when name.SequenceEqual("time"u8) => 5,
        8 when name.SequenceEqual("quantity"u8) => 6,
        5 when name.SequenceEqual("price"u8) => 7,
        5 when name.SequenceEqual("value"u8) => 8,
        8 when name.SequenceEqual("position"u8) => 9,
        8 when name.SequenceEqual("scenario"u8) => 10,
        14 when name.SequenceEqual("recommendation"u8) => 11,
        4 when name.SequenceEqual("text"u8) => 12,
        7 when name.SequenceEqual("context"u8) => 13,
        _ => -1,
    };

    private static bool Text(ref Utf8JsonReader reader, ref string? text)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped) return false;
        try
        {
            text = s_strict.GetString(reader.ValueSpan);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // what an event says as the one before it did is the same text
    private static bool Again(ref Utf8JsonReader reader, ref string? before, ref string? text)
    {
        if (before is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(before))
        {
            text = before;
            return true;
        }

        if (!Text(ref reader, ref text)) return false;
        before = text;
        return true;
    }

    private static bool Number(ref Utf8JsonReader reader, ref double? number)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value)) return false;
        number = value;
        return true;
    }

    private static bool Whole(ref Utf8JsonReader reader, ref int? number)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var value)) return false;
        number = value;
        return true;
    }

    private static bool Object(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref string? text)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        try
        {
            text = s_strict.GetString(json[start..(int)reader.BytesConsumed]);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
