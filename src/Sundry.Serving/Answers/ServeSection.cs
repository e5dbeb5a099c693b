using System.ComponentModel;

namespace Sundry.Serving;

/// <summary>The section <c>serve:</c> of a configuration: scenarios and rules that hold where the store says nothing else.</summary>
public sealed record ServeSection
{
    /// <summary>Scenarios by name; those that are built in and named here are replaced.</summary>
    [Description("Scenarios by name: the places in the shop that answers are for")]
    public IReadOnlyDictionary<string, ScenarioOptions> Scenarios { get; init; } = new OrderedDictionary<string, ScenarioOptions>();

    /// <summary>Rules by name, for all scenarios or those that they name.</summary>
    [Description("Rules by name: filters, caps, pins and boosts for all scenarios, or for those that each names")]
    public IReadOnlyDictionary<string, RuleDocument> Rules { get; init; } = new OrderedDictionary<string, RuleDocument>();
}
