namespace Sundry.Data;

/// <summary>What features say of one another: whose table they share, and which sequence they go along with.</summary>
internal static class SharedTables
{
    /// <summary>What the table of a feature is called: as the feature is, unless it shares one.</summary>
    public static string Key(string name, FeatureOptions options) => options.SharedTable ?? name;

    /// <summary>Holds what is said against the features that there are.</summary>
    /// <exception cref="InputException">A name is none of them, or not of a kind that goes with it.</exception>
    public static void Check(IReadOnlyList<KeyValuePair<string, FeatureOptions>> features)
    {
        var names = features.Select(f => f.Key).ToList();
        foreach (var (name, options) in features)
        {
            if (options.SharedTable is { } table && table != name) CheckTable(features, name, table);
            if (options.Along is not { } along) continue;
            var lead = features.FirstOrDefault(f => f.Key == along).Value;
            if (lead is null) throw new InputException($"features.{name}.along names '{along}', which is no feature{NearestName.Ask(along, names)}");
            if (lead.Kind != FeatureKind.Sequence || lead.Along is not null || along == name)
                throw new InputException($"features.{name}.along names '{along}', which is {(lead.Kind != FeatureKind.Sequence ? "no sequence" : "itself one that goes along")}; name the sequence of items");
            if (lead.Most != options.Most)
                throw new InputException($"features.{name} goes along with '{along}' and has another length ({options.Most} and {lead.Most}); give both the same");
        }
    }

    private static void CheckTable(IReadOnlyList<KeyValuePair<string, FeatureOptions>> features, string name, string table)
    {
        var owner = features.FirstOrDefault(f => f.Key == table).Value;
        if (owner is null)
        {
            if (features.First(f => f.Key == name).Value.Table is not null && features.Count(f => f.Value.SharedTable == table) < 2)
                throw new InputException($"features.{name}.table names '{table}', which is no feature, and no other feature names it{NearestName.Ask(table, features.Select(f => f.Key))}");
        }
        else if (owner.Kind is not (FeatureKind.Categorical or FeatureKind.MultiCategorical or FeatureKind.Sequence))
        {
            throw new InputException($"features.{name}.table names '{table}', which is {ConfigWords.Of(owner.Kind)} and has no vocabulary to share; name a categorical feature");
        }
        else if (owner.Table is { } further && further != table)
        {
            throw new InputException($"features.{name}.table names '{table}', which shares the table '{further}' itself; write 'table: {further}'");
        }
    }
}
