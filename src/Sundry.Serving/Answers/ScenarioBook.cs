using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The scenarios and rules of one moment: what is built in, over it the configuration's, over it the store's.</summary>
internal sealed class ScenarioBook
{
    /// <summary>Documents that are scenarios.</summary>
    public const string ScenarioKind = "scenario";

    /// <summary>Documents that are rules.</summary>
    public const string RuleKind = "rule";

    private ScenarioBook(long changed, Dictionary<string, ScenarioOptions> scenarios, SortedDictionary<string, RuleDocument> rules, HashSet<string> wrong, bool wrongRules) =>
        (Changed, Scenarios, Rules, Wrong, WrongRules) = (changed, scenarios, rules, wrong, wrongRules);

    /// <summary>The position of the last change of a document.</summary>
    public long Changed { get; }

    /// <summary>Scenarios by name.</summary>
    public IReadOnlyDictionary<string, ScenarioOptions> Scenarios { get; }

    /// <summary>Rules by name.</summary>
    public IReadOnlyDictionary<string, RuleDocument> Rules { get; }

    /// <summary>Scenarios whose documents cannot be read; what stands behind them holds.</summary>
    public IReadOnlySet<string> Wrong { get; }

    /// <summary>Whether a rule cannot be read, and does not hold.</summary>
    public bool WrongRules { get; }

    /// <summary>Reads all documents.</summary>
    public static ScenarioBook Read(ServeSection defaults, IEnumerable<StoredDocument> documents, long changed)
    {
        var scenarios = new Dictionary<string, ScenarioOptions>(BuiltInScenarios.All, StringComparer.Ordinal);
        var rules = new SortedDictionary<string, RuleDocument>(StringComparer.Ordinal);
        foreach (var (name, options) in defaults.Scenarios) scenarios[name] = options;
        foreach (var (name, rule) in defaults.Rules) rules[name] = rule;
        var (wrong, wrongRules) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var document in documents)
        {
            if (document.Content is null) continue;
            try
            {
                if (document.Kind == ScenarioKind) scenarios[document.Name] = Scenario(document.Content, document.Name);
                else if (document.Kind == RuleKind) rules[document.Name] = Rule(document.Content, document.Name);
            }
            catch (InputException)
            {
                // put past the server's check; an answer says that it goes without
                if (document.Kind == ScenarioKind) wrong.Add(document.Name);
                else wrongRules = true;
            }
        }

        foreach (var name in wrong)
            scenarios.TryAdd(name, BuiltInScenarios.All[BuiltInScenarios.Home]);
        return new ScenarioBook(changed, scenarios, rules, wrong, wrongRules);
    }

    /// <summary>Reads a scenario.</summary>
    /// <param name="json">It as JSON.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="InputException">It is none; the sentence names key and place.</exception>
    public static ScenarioOptions Scenario(string json, string name)
    {
        var options = ConfigReader.Read<ScenarioOptions>(json, $"scenario {name}");
        ScenarioRules.Check(options.Filter, "filter", new RuleNames());
        ScenarioRules.Check(options.Rules, "rules.");
        return options;
    }

    /// <summary>Reads rules.</summary>
    /// <param name="json">They as JSON.</param>
    /// <param name="name">Their name, for messages.</param>
    /// <exception cref="InputException">They are none; the sentence names key and place.</exception>
    public static RuleDocument Rule(string json, string name)
    {
        var rule = ConfigReader.Read<RuleDocument>(json, $"rule {name}");
        ScenarioRules.Check(rule, "");
        return rule;
    }
}
