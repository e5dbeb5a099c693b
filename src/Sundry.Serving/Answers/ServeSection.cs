using System.ComponentModel;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The section <c>serve:</c> of a configuration: scenarios and rules that hold where the store says nothing else.</summary>
public sealed record ServeSection : IConfigChecked
{
    /// <summary>As <see cref="Vectors"/>: those of the model's own table of items.</summary>
    public const string VectorsOfModel = "model";

    /// <summary>Scenarios by name; those that are built in and named here are replaced.</summary>
    [Description("Scenarios by name: the places in the shop that answers are for")]
    public IReadOnlyDictionary<string, ScenarioOptions> Scenarios { get; init; } = new OrderedDictionary<string, ScenarioOptions>();

    /// <summary>Rules by name, for all scenarios or those that they name.</summary>
    [Description("Rules by name: filters, caps, pins and boosts for all scenarios, or for those that each names")]
    public IReadOnlyDictionary<string, RuleDocument> Rules { get; init; } = new OrderedDictionary<string, RuleDocument>();

    /// <summary>What the source <c>vectors</c> searches: a file of factors, or <c>model</c>.</summary>
    /// <value>Default: none.</value>
    [Description("What the source 'vectors' searches: a file that 'sundry recommend lists --keep FILE' wrote, or 'model', the embeddings of items of the model that answers; none without it")]
    public string? Vectors { get; init; }

    /// <summary>Reads the section <c>serve</c> of a file, whatever else is in it.</summary>
    /// <exception cref="InputException">The file lacks it, or anything in it is wrong; with line and column, or the key.</exception>
    public static ServeSection Load(string path) => ConfigReader.ReadSection<ServeSection, ServeSection>(path, "serve").In(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>The same with paths that start from a folder, the configuration's.</summary>
    public ServeSection In(string folder) => Vectors is null or VectorsOfModel ? this : this with { Vectors = Path.Combine(folder, Vectors) };

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        foreach (var (name, scenario) in Scenarios)
            if ((Problem(() => ScenarioRules.Check(scenario.Filter, "filter", new RuleNames())) ?? Problem(() => ScenarioRules.Check(scenario.Rules, "rules."))) is { } problem)
                yield return (ConfigKey.Under(nameof(Scenarios), name), problem);
        foreach (var (name, rule) in Rules)
            if (Problem(() => ScenarioRules.Check(rule, "")) is { } problem) yield return (ConfigKey.Under(nameof(Rules), name), problem);
    }

    private static string? Problem(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
