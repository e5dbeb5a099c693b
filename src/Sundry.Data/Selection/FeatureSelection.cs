namespace Sundry.Data;

/// <summary>Decides which columns are features and of what kind, where the configuration leaves that open.</summary>
internal static class FeatureSelection
{
    // enough to tell numbers from categories, and a small part of reading the file
    private const int SampleRows = 20_000;

    // users of a large table hardly come twice in a small sample of it, and look like names there
    private const int SecondSampleRows = 200_000;

    /// <summary>The features in order, none of automatic kind.</summary>
    /// <param name="request">The configuration.</param>
    /// <param name="options">How the files are read.</param>
    /// <param name="notes">Receives why columns were left out.</param>
    /// <exception cref="InputException">A feature is no column, or is a label, or none is left.</exception>
    public static List<KeyValuePair<string, FeatureOptions>> Choose(DataRequest request, ReadOptions options, List<string> notes)
    {
        using var reader = TableReader.Open(request.Data.Train, options);
        var header = reader.Header;
        var file = reader.Files[0];
        foreach (var name in request.Exclude) header.Require(name, file, "named in 'exclude'");
        var roles = Roles(request);
        var chosen = new List<KeyValuePair<string, FeatureOptions>>();
        if (request.Features is { } features)
        {
            foreach (var (name, feature) in features)
            {
                header.Require(name, file, "named in 'features'");
                if (roles.TryGetValue(name, out var role)) throw new InputException($"'{name}' is {role} and cannot be a feature; remove it from 'features'");
                if (request.Exclude.Contains(name)) notes.Add($"'{name}' is in 'features' and in 'exclude', and was left out.");
                else chosen.Add(new(name, feature));
            }
        }
        else
        {
            foreach (var name in header)
                if (!roles.ContainsKey(name) && !request.Exclude.Contains(name)) chosen.Add(new(name, new FeatureOptions()));
        }

        if (chosen.Exists(static feature => feature.Value.Kind == FeatureKind.Auto)) Infer(reader, chosen, request, notes);
        if (chosen.Count == 0) throw new InputException("no column is left to be a feature; name some in 'features'", file);
        return chosen;
    }

    // what a column is for, where it is for something else than to be a feature
    private static Dictionary<string, string> Roles(DataRequest request)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, task) in request.Tasks) roles[task.Label ?? name] = $"the label of the task '{name}'";
        if (request.Data.Weight is { } weight) roles[weight] = "the rows' weight";
        return roles;
    }

    private static void Infer(TableReader reader, List<KeyValuePair<string, FeatureOptions>> chosen, DataRequest request, List<string> notes)
    {
        var samples = new List<(int Place, int Column, ColumnSample Sample)>();
        for (int i = 0; i < chosen.Count; i++)
            if (chosen[i].Value.Kind == FeatureKind.Auto) samples.Add((i, reader.Header.IndexOf(chosen[i].Key), new ColumnSample(chosen[i].Key)));
        bool more = Sample(reader, samples, SampleRows);
        var verdicts = new FeatureVerdict[samples.Count];
        for (int i = 0; i < verdicts.Length; i++) verdicts[i] = FeatureInference.Judge(samples[i].Sample, request.Data.Missing);
        var refused = samples.FindAll(entry => verdicts[samples.IndexOf(entry)].Options is null && entry.Sample.Texts > SampleRows / 2);
        if (more && refused.Count > 0)
        {
            Sample(reader, refused, SecondSampleRows - SampleRows);
            foreach (var entry in refused) verdicts[samples.IndexOf(entry)] = FeatureInference.Judge(entry.Sample, request.Data.Missing);
        }

        for (int i = samples.Count - 1; i >= 0; i--)
        {
            int place = samples[i].Place;
            if (verdicts[i].Options is { } found)
            {
                chosen[place] = new(chosen[place].Key, With(chosen[place].Value, found));
                continue;
            }

            notes.Insert(0, $"'{chosen[place].Key}' is no feature: {verdicts[i].Note}.");
            chosen.RemoveAt(place);
        }
    }

    // false where the table ended
    private static bool Sample(TableReader reader, List<(int Place, int Column, ColumnSample Sample)> samples, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            if (!reader.Read()) return false;
            var row = reader.Current;
            foreach (var (_, column, sample) in samples) sample.Add(row[column]);
        }

        return true;
    }

    // what was configured stays; only the kind was open, and the separator where it has its default
    private static FeatureOptions With(FeatureOptions given, FeatureOptions found) => new()
    {
        Kind = found.Kind,
        MinCount = given.MinCount,
        Hash = given.Hash,
        Encoding = given.Encoding,
        Log = given.Log,
        Buckets = given.Buckets,
        Separator = given.Separator == new FeatureOptions().Separator ? found.Separator : given.Separator,
        Pooling = given.Pooling,
        Embedding = given.Embedding,
    };
}
