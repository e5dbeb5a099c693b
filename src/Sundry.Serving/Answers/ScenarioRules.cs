using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Makes rules of numbers out of rules as people write them.</summary>
internal static class ScenarioRules
{
    /// <summary>A scenario's rules: its own and those of all documents that are for it.</summary>
    /// <param name="name">The scenario's name.</param>
    /// <param name="options">The scenario.</param>
    /// <param name="documents">The shop's rules by name.</param>
    /// <param name="names">The attributes' names.</param>
    /// <param name="items">Gives an item's number, or -1; a pin of an item that is not there yet is left out.</param>
    /// <exception cref="InputException">A rule is none.</exception>
    public static RuleSet Compile(string name, ScenarioOptions options, IEnumerable<KeyValuePair<string, RuleDocument>> documents, RuleNames names, Func<string, int> items)
    {
        var rules = new RuleOptions
        {
            HideSeen = options.HideSeen,
            HideBought = TimeSpan.FromDays(options.HideBoughtDays),
            Relevance = options.Relevance,
            DiversityPool = options.DiversityPool,
            AtLeast = options.AtLeast,
        };
        if (options.Filter is { } filter) rules = rules with { Filters = [new FilterRule { Where = Not(filter, names) }] };
        rules = Add(rules, options.Rules, items);
        foreach (var (_, document) in documents)
            if (document.Scenarios.Count == 0 || document.Scenarios.Contains(name, StringComparer.Ordinal)) rules = Add(rules, document, items);
        return RuleSet.Compile(rules, name, names);
    }

    /// <summary>Refuses a document that no scenario could be compiled with, naming the part.</summary>
    /// <exception cref="InputException">A condition is none.</exception>
    public static void Check(RuleDocument document, string path)
    {
        var names = new RuleNames();
        for (var i = 0; i < document.Filters.Count; i++) Check(document.Filters[i].Where, $"{path}filters[{i}].where", names);
        for (var i = 0; i < document.Pins.Count; i++) Check(document.Pins[i].Where, $"{path}pins[{i}].where", names);
        for (var i = 0; i < document.Boosts.Count; i++) Check(document.Boosts[i].Where, $"{path}boosts[{i}].where", names);
    }

    /// <summary>Refuses a condition that is none, naming its key.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static void Check(string? where, string key, RuleNames names)
    {
        if (where is null) return;
        try
        {
            RuleExpression.Parse(where, names);
        }
        catch (InputException e)
        {
            throw new InputException($"{key}: {e.Message}");
        }
    }

    // parsed by itself first, so that 'a) or (b' is refused
    private static string Not(string filter, RuleNames names) => $"not ({RuleExpression.Parse(filter, names).Text})";

    private static RuleOptions Add(RuleOptions rules, RuleDocument document, Func<string, int> items) => rules with
    {
        Filters = [.. rules.Filters, .. document.Filters.Select(f => new FilterRule { Where = f.Where, Soft = f.Soft })],
        Caps = [.. rules.Caps, .. document.Caps.Select(c => new CapRule { By = c.By, AtMost = c.AtMost })],
        Pins = [.. rules.Pins, .. document.Pins.Select(p => (Pin: p, Item: items(p.Item))).Where(p => p.Item >= 0).Select(p => new PinRule { Item = p.Item, Place = p.Pin.Place, Where = p.Pin.Where })],
        Boosts = [.. rules.Boosts, .. document.Boosts.Select(b => new BoostRule { Factor = b.Factor, Where = b.Where })],
    };
}
