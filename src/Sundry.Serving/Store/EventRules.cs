using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Which events are refused, and in which words. An event that is not refused can be stored as it is by every database.</summary>
public sealed class EventRules
{
    /// <summary>The most characters of an id, a type, a user, a session, an item, a scenario or an answer's id.</summary>
    public const int LongestName = 256;

    /// <summary>The most characters of what was written or searched.</summary>
    public const int LongestText = 10_000;

    /// <summary>The most characters of the context.</summary>
    public const int LongestContext = 8_192;

    private static readonly EventTypes s_known = new();

    /// <summary>Types of the shop's own, beside those that every shop knows.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> OwnTypes { get; init; } = [];

    /// <summary>Whether an event of any other type is taken too.</summary>
    /// <value>Default: no, it is refused.</value>
    public bool AnyType { get; init; }

    /// <summary>How far ahead of this machine's clock an event's time may be.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Why an event is refused and how to mend it, or null where it is taken.</summary>
    /// <param name="record">The event.</param>
    /// <param name="now">This machine's clock: Unix time in milliseconds.</param>
    public string? Problem(EventRecord record, long now)
    {
        ArgumentNullException.ThrowIfNull(record);
        return TypeProblem(record.Type) ?? TimeProblem(record.Time, now) ?? NumberProblem(record) ?? NameProblem(record) ?? ContextProblem(record.Context);
    }

    private string? TypeProblem(string type)
    {
        if (string.IsNullOrEmpty(type)) return "the event has no type; fill in 'type'";
        if (s_known.Find(type) >= 0 || OwnTypes.Contains(type)) return null;
        if (AnyType) return StoredText.Problem("type", type, LongestName);
        return StoredText.Problem("type", type, LongestName) ?? $"'{type}' is not a known type of events{NearestName.Ask(type, [.. s_known.Names, .. OwnTypes])}";
    }

    private string? TimeProblem(long time, long now)
    {
        if (time < 0) return $"the time {time} lies before 1970; give milliseconds since then, or a time such as 2026-01-31T23:59:59Z";
        return time > now + (long)ClockSkew.TotalMilliseconds
            ? $"the time {time} lies in the future, more than {ClockSkew.TotalSeconds:0} seconds ahead of this machine's clock; correct the time or its unit (milliseconds since 1970)"
            : null;
    }

    private static string? NumberProblem(EventRecord record)
    {
        if (record.Quantity is { } quantity && !(quantity >= 0 && double.IsFinite(quantity)))
            return $"the quantity {quantity} is no number from 0; send returns as events of the type 'return'";
        if (record.Price is { } price && !(price >= 0 && double.IsFinite(price))) return $"the price {price} is no number from 0; send what one costs, or leave it out";
        if (record.Value is { } value && !double.IsFinite(value)) return $"the value {value} is not a finite number; leave it out where there is none";
        return record.Position is not (null or (>= 0 and <= short.MaxValue)) ? $"the position {record.Position} is not from 1 to {short.MaxValue}; send the place on the page, or leave it out" : null;
    }

    private static string? NameProblem(EventRecord record)
    {
        if (string.IsNullOrEmpty(record.User) && string.IsNullOrEmpty(record.Session)) return "the event has neither a user nor a session; fill in one of them";
        return StoredText.Problem("id", record.Id, LongestName)
            ?? StoredText.Problem("user", record.User, LongestName)
            ?? StoredText.Problem("session", record.Session, LongestName)
            ?? StoredText.Problem("item", record.Item, LongestName)
            ?? StoredText.Problem("scenario", record.Scenario, LongestName)
            ?? StoredText.Problem("recommendation", record.Recommendation, LongestName)
            ?? StoredText.Problem("text", record.Text, LongestText, mayBeEmpty: true);
    }

    private static string? ContextProblem(string? context) =>
        context is null ? null : StoredText.Problem("context", context, LongestContext) ?? StoredJson.Problem("context", context);
}
