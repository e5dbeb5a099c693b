using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>A line about an item or a user.</summary>
internal sealed record EntityBody
{
    public string? Id { get; init; }

    [JsonConverter(typeof(ObjectTextConverter))]
    public string? Attributes { get; init; }

    [JsonConverter(typeof(ObjectTextConverter))]
    public string? Patch { get; init; }

    public bool? Delete { get; init; }
}

/// <summary>A request that is answered as if something else were saved.</summary>
internal sealed record DryRunBody
{
    public RecommendBody? Request { get; init; }

    [JsonConverter(typeof(ObjectTextConverter))]
    public string? Scenario { get; init; }

    [JsonConverter(typeof(ObjectTextConverter))]
    public string? Rule { get; init; }
}

/// <summary>A key that is wished for.</summary>
internal sealed record KeyBody
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }
}
