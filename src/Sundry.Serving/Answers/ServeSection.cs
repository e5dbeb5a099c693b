using System.ComponentModel;
using Sundry.Data;

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

    /// <summary>Reads the section <c>serve</c> of a file, whatever else is in it.</summary>
    /// <exception cref="InputException">The file lacks it, or anything in it is wrong; with line and column, or the key.</exception>
    public static ServeSection Load(string path)
    {
        var section = ConfigReader.ReadSection<ServeSection, ServeSection>(path, "serve");
        var names = new RuleNames();
        foreach (var (name, scenario) in section.Scenarios)
        {
            ScenarioRules.Check(scenario.Filter, $"serve.scenarios.{name}.filter", names);
            ScenarioRules.Check(scenario.Rules, $"serve.scenarios.{name}.rules.");
        }

        foreach (var (name, rule) in section.Rules) ScenarioRules.Check(rule, $"serve.rules.{name}.");
        return section;
    }
}
