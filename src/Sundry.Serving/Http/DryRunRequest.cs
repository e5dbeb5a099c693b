using System.Text.Json;

namespace Sundry.Serving;

/// <summary>What a scenario or a rule would do.</summary>
public sealed record DryRunRequest
{
    /// <summary>The request to answer.</summary>
    public RecommendRequest Request { get; init; } = new();

    /// <summary>The scenario as it would be saved; null: as it is.</summary>
    public JsonElement? Scenario { get; init; }

    /// <summary>A further rule; null: none.</summary>
    public JsonElement? Rule { get; init; }
}
