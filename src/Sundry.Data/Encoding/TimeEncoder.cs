using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// A date feature: ids of the hour, the weekday and the month, each where training rows differ in it, and its age in days before the newest training row,
/// standardised.
/// </summary>
internal sealed class TimeEncoder(string name, int? embedding, TimeParts parts, bool missing, long reference, NumberScale? age) : FeatureEncoder(name, embedding)
{
    public const string Kind = "date";

    private const double DayMilliseconds = 86_400_000;

    private readonly int _first = missing ? 2 : 1;

    public override int IdCount => (parts.HasFlag(TimeParts.Hour) ? 1 : 0) + (parts.HasFlag(TimeParts.Weekday) ? 1 : 0) + (parts.HasFlag(TimeParts.Month) ? 1 : 0);

    public override int NumberCount => (age is null ? 0 : 1) + (missing ? 1 : 0);

    /// <summary>How many rows its tables have in all.</summary>
    public int Rows => IdCount * _first + (parts.HasFlag(TimeParts.Hour) ? 24 : 0) + (parts.HasFlag(TimeParts.Weekday) ? 7 : 0) + (parts.HasFlag(TimeParts.Month) ? 12 : 0);

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers)
    {
        if (parts.HasFlag(TimeParts.Hour)) ids.Add(new IdField(Name + ":hour", Name, _first + 24, Embedding));
        if (parts.HasFlag(TimeParts.Weekday)) ids.Add(new IdField(Name + ":weekday", Name, _first + 7, Embedding));
        if (parts.HasFlag(TimeParts.Month)) ids.Add(new IdField(Name + ":month", Name, _first + 12, Embedding));
        if (age is not null) numbers.Add(Name + ":age");
        if (missing) numbers.Add(Name + ":missing");
    }

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        long time = Missing;
        if (!missing && !TimeText.TryParse(field, out time)) return Problem(field);
        Encode(time, ids, numbers);
        return null;
    }

    /// <summary>Stands for a missing time.</summary>
    public const long Missing = long.MinValue;

    /// <summary>What is wrong with a field that is no time.</summary>
    public static string Problem(ReadOnlySpan<byte> field) => $"{FieldText.Quote(field)} is not a date; write {TimeText.Forms}, or add it to data.missing";

    /// <summary>Encodes a time in milliseconds since 1970.</summary>
    public void Encode(long time, Span<int> ids, Span<float> numbers)
    {
        bool absent = time == Missing;
        var (hour, weekday, month) = absent ? default : Calendar(time);
        int id = 0;
        int number = 0;
        if (parts.HasFlag(TimeParts.Hour)) ids[id++] = absent ? _first - 1 : _first + hour;
        if (parts.HasFlag(TimeParts.Weekday)) ids[id++] = absent ? _first - 1 : _first + weekday;
        if (parts.HasFlag(TimeParts.Month)) ids[id] = absent ? _first - 1 : _first + month;
        if (age is { } scale) numbers[number++] = absent ? 0 : scale.Apply(Days(time, reference));
        if (missing) numbers[number] = absent ? 1 : 0;
    }

    /// <summary>The days from a time to a later one.</summary>
    public static double Days(long time, long reference) => (reference - time) / DayMilliseconds;

    /// <summary>Hour 0..23, weekday 0..6 from Sunday, month 0..11.</summary>
    public static (int Hour, int Weekday, int Month) Calendar(long time)
    {
        var date = DateTime.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMillisecond);
        return (date.Hour, (int)date.DayOfWeek, date.Month - 1);
    }

    public static TimeEncoder ReadBody(string name, int? embedding, JsonElement json)
    {
        int parts = json.GetProperty("parts").GetInt32();
        Check(parts is >= 0 and <= 7, "the calendar parts");
        NumberScale? age = json.TryGetProperty("age", out var s) ? NumberScale.Read(s) : null;
        return new TimeEncoder(name, embedding, (TimeParts)parts, json.GetProperty("missing_row").GetBoolean(), json.GetProperty("reference").GetInt64(), age);
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        json.WriteNumber("parts", (int)parts);
        json.WriteBoolean("missing_row", missing);
        json.WriteNumber("reference", reference);
        if (age is not { } scale) return;
        json.WritePropertyName("age");
        scale.Write(json);
    }
}

/// <summary>The calendar parts that a date feature is taken apart into.</summary>
[Flags]
internal enum TimeParts
{
    None = 0,
    Hour = 1,
    Weekday = 2,
    Month = 4,
}
