using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>An event as it is sent.</summary>
internal sealed record EventBody
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? User { get; init; }

    public string? Session { get; init; }

    public string? Item { get; init; }

    [JsonConverter(typeof(TimeConverter))]
    public long? Time { get; init; }

    public double? Quantity { get; init; }

    public double? Price { get; init; }

    public double? Value { get; init; }

    public int? Position { get; init; }

    public string? Scenario { get; init; }

    public string? Recommendation { get; init; }

    public string? Text { get; init; }

    [JsonConverter(typeof(ObjectTextConverter))]
    public string? Context { get; init; }

    /// <summary>An event that was taken, as it is sent.</summary>
    public static EventBody Of(EventRecord record) => new()
    {
        Id = record.Id,
        Type = record.Type,
        User = record.User,
        Session = record.Session,
        Item = record.Item,
        Time = record.Time,
        Quantity = record.Quantity,
        Price = record.Price,
        Value = record.Value,
        Position = record.Position,
        Scenario = record.Scenario,
        Recommendation = record.Recommendation,
        Text = record.Text,
        Context = record.Context,
    };

    /// <summary>The event as the store takes it.</summary>
    /// <param name="now">The time of an event with an id that does not say its own.</param>
    public EventRecord Record(long now) => new()
    {
        Id = Id,
        Type = Type ?? "",
        User = User,
        Session = Session,
        Item = Item,
        Time = Time ?? now,
        Quantity = Quantity,
        Price = Price,
        Value = Value,
        Position = Position,
        Scenario = Scenario,
        Recommendation = Recommendation,
        Text = Text,
        Context = Context,
    };
}
