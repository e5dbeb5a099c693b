using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>A wish for items to show to a visitor.</summary>
public sealed record RecommendRequest
{
    /// <summary>The user's id; null where nobody is known yet.</summary>
    public string? User { get; init; }

    /// <summary>The visit's id, by which somebody unknown is followed; null where none is told.</summary>
    public string? Session { get; init; }

    /// <summary>The place in the shop: a scenario's name.</summary>
    /// <value>Default: home.</value>
    public string Scenario { get; init; } = "home";

    /// <summary>How many items.</summary>
    /// <value>Default: 20.</value>
    public int Count { get; init; } = 20;

    /// <summary>The item whose page is open; null elsewhere.</summary>
    public string? Item { get; init; }

    /// <summary>The items in the cart.</summary>
    public IReadOnlyList<string> Cart { get; init; } = [];

    /// <summary>What is searched for; null where nothing is.</summary>
    public string? Query { get; init; }

    /// <summary>The category that the answer is for; null: all.</summary>
    public string? Category { get; init; }

    /// <summary>A condition of this request alone, in the language of the rules, such as <c>price &lt; 50</c>; null: none.</summary>
    public string? Filter { get; init; }

    /// <summary>Items that are not wanted.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What is known of the request: device, region and the like; columns of the events by name.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>The id of the answer whose next page this is; null: a first page.</summary>
    public string? After { get; init; }

    /// <summary>Whether the answer says why each item is there.</summary>
    /// <value>Default: true.</value>
    public bool Explain { get; init; } = true;

    /// <summary>How long the answer may take before it is made of less; null: as the scenario says.</summary>
    [JsonPropertyName("deadline_ms"), JsonConverter(typeof(Milliseconds))]
    public TimeSpan? Deadline { get; init; }
}
