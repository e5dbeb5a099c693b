using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>What a visitor is to be shown.</summary>
public sealed record Answer
{
    /// <summary>Its id, which events about its items name and by which the next page is asked for.</summary>
    public required string Id { get; init; }

    /// <summary>The scenario that made it.</summary>
    public required string Scenario { get; init; }

    /// <summary>The items, the best first.</summary>
    public required IReadOnlyList<AnswerItem> Items { get; init; }

    /// <summary>The model that scored it, one and the same for all items; null where none did.</summary>
    public string? Model { get; init; }

    /// <summary>What was left out to be in time or because something was missing, as words such as <c>fewer_candidates</c>; empty where it is whole.</summary>
    public IReadOnlyList<string> Degraded { get; init; } = [];

    /// <summary>The position of the last event that it knows.</summary>
    public long Position { get; init; }

    /// <summary>How long it took to make.</summary>
    [JsonPropertyName("took_ms"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan Took { get; init; }
}
