using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>A wish to put given items into the order that a visitor likes best.</summary>
public sealed record RankRequest
{
    /// <summary>The most items of one request.</summary>
    public const int MostItems = 1000;

    /// <summary>The user's id; null where nobody is known yet.</summary>
    public string? User { get; init; }

    /// <summary>The visit's id; null where none is told.</summary>
    public string? Session { get; init; }

    /// <summary>The place in the shop, whose value formula counts.</summary>
    /// <value>Default: home.</value>
    public string Scenario { get; init; } = "home";

    /// <summary>The items' ids, at most <see cref="MostItems"/>; those that the shop does not know are scored by what is known of anything unknown.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Whether the scenario's rules apply too; else every item is in the answer.</summary>
    /// <value>Default: false.</value>
    public bool Rules { get; init; }

    /// <summary>What is known of the request; columns of the events by name.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the answer may take before it is made of less; null: as the scenario says.</summary>
    [JsonPropertyName("deadline_ms"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? Deadline { get; init; }
}
