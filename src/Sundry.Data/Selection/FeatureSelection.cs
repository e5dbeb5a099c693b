namespace Sundry.Data;

/// <summary>Decides which columns are features and of what kind, where the configuration leaves that open.</summary>
internal static class FeatureSelection
{
    // enough to tell numbers from categories, and a small part of reading the file
    private const int SampleRows = 20_000;

    // users of a large table hardly come twice in a small sample of it, and look like names there
    private const int SecondSampleRows = 200_000;

    /// <summary>The features in order, none of automatic kind; those of each source are added to it.</summary>
    /// <param name="request">The configuration.</param>
    /// <param name="sources">The sources; a column that several have is one feature, decided on by the first of them.</param>
    /// <param name="notes">Receives why columns were left out.</param>
    /// <exception cref="InputException">A feature is no column, or is a label, or none is left.</exception>
    public static List<KeyValuePair<string, FeatureOptions>> Choose(DataRequest request, IReadOnlyList<SourceTable> sources, List<string> notes)
    {
        var roles = Roles(request, sources);
        var all = new List<KeyValuePair<string, FeatureOptions>>();
        var headers = new List<IReadOnlyList<string>>();
        foreach (var source in sources)
        {
            using var reader = source.Samples is null ? TableReader.Open(source.Data.Train, source.Options) : null;
            var derived = source.Samples?.Derived(request.Features);
            IReadOnlyList<string> header = reader?.Header ?? [.. source.Samples!.Columns.Names, .. derived!.Keys];
            headers.Add(header);
            if (headers.Count == sources.Count) CheckNames(request, roles, headers, sources.Count == 1 ? File(source) : string.Join(", ", sources.Select(File)), notes);
            if (derived is not null && source.Samples!.Columns.Names.FirstOrDefault(derived.ContainsKey) is { } twice) throw new InputException($"'{twice}' is a column of the log's rows already; give the {ConfigWords.Of(derived[twice].Kind)} another name under 'features'");
            IReadOnlyList<string> automatic = derived is null ? header : [.. source.Samples!.Columns.Automatic, .. derived.Keys];
            var names = Columns(source, header, automatic, request, roles);
            var fresh = names.Where(name => !all.Exists(f => f.Key == name))
                .Select(name => new KeyValuePair<string, FeatureOptions>(name, request.Features?.GetValueOrDefault(name) ?? derived?.GetValueOrDefault(name) ?? new FeatureOptions())).ToList();
            if (source.Samples is null && fresh.Concat(all).FirstOrDefault(f => f.Value.Tree && names.Contains(f.Key)).Key is { } tree)
                throw new InputException($"features.{tree}.tree asks for the log's tree of categories, and the rows{source.Of} are those of a table; remove it", File(source));
            if (source.Samples is { } samples) Infer(samples, fresh, request, notes);
            else if (fresh.Exists(static feature => feature.Value.Kind == FeatureKind.Auto)) Infer(reader!, fresh, request, notes);
            all.AddRange(fresh);
            source.Features.UnionWith(names.Where(name => all.Exists(f => f.Key == name)));
            if (source.Features.Count == 0) throw new InputException($"no column{source.Of} is left to be a feature; name some in 'features'", File(source));
        }

        SharedTables.Check(all);
        return all;
    }

    private static string File(SourceTable source) => source.Samples is null ? source.Data.Train[0] : SourceTable.LogName;

    // the columns of a source that may be features, in order
    private static List<string> Columns(SourceTable source, IReadOnlyList<string> header, IReadOnlyList<string> automatic, DataRequest request, Dictionary<string, string> roles)
    {
        var file = File(source);
        foreach (var name in source.Own?.Exclude ?? []) header.Require(name, file, $"named in data.sources.{source.Name}.exclude");
        bool Free(string name) => !roles.ContainsKey(name) && !request.Exclude.Contains(name) && source.Own?.Exclude.Contains(name) != true;
        if (source.Own?.Features is { } own)
        {
            foreach (var name in own)
            {
                foreach (var column in Of(name, request)) header.Require(column, file, $"named in data.sources.{source.Name}.features");
                if (roles.TryGetValue(name, out var role)) throw new InputException($"'{name}' is {role} and cannot be a feature; remove it from data.sources.{source.Name}.features");
                if (request.Features?.ContainsKey(name) == false)
                    throw new InputException($"data.sources.{source.Name}.features names '{name}', which is not under 'features'{NearestName.Ask(name, request.Features.Keys)}");
            }

            return [.. own.Where(Free)];
        }

        return request.Features is { } features ? [.. features.Keys.Where(name => Free(name) && Of(name, request).All(column => header.IndexOf(column) >= 0))] : [.. automatic.Where(Free)];
    }

    // the columns that a feature is made of
    private static IReadOnlyList<string> Of(string name, DataRequest request) => request.Features?.GetValueOrDefault(name)?.Of is { Count: > 0 } of ? of : [name];

    // a name must be a column of some source
    private static void CheckNames(DataRequest request, Dictionary<string, string> roles, List<IReadOnlyList<string>> headers, string files, List<string> notes)
    {
        IReadOnlyList<string> columns = headers.Count == 1 ? headers[0] : [.. headers.SelectMany(header => header).Distinct()];
        foreach (var name in request.Exclude) columns.Require(name, files, "named in 'exclude'");
        foreach (var name in request.Features?.Keys ?? [])
        {
            var made = Of(name, request);
            foreach (var column in made)
            {
                columns.Require(column, files, column == name ? "named in 'features'" : $"named in features.{name}.of");
                if (roles.TryGetValue(column, out var role)) throw new InputException($"'{column}' is {role} and cannot be {(column == name ? "a feature; remove it from 'features'" : $"part of one; remove it from features.{name}.of")}");
            }

            if (request.Features![name].Kind == FeatureKind.Cross && columns.IndexOf(name) >= 0) throw new InputException($"the cross '{name}' is called as a column is; give it another name under 'features'");
            if (request.Exclude.Contains(name)) notes.Add($"'{name}' is in 'features' and in 'exclude', and was left out.");
        }
    }

    // what a column is for, where it is for something else than to be a feature
    private static Dictionary<string, string> Roles(DataRequest request, IReadOnlyList<SourceTable> sources)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        var byEvent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (source.Samples is not { } samples) continue;
            int task = 0;
            foreach (var name in request.Tasks.Keys.Where(source.Tasks.Contains))
                if (samples.Tasks[task++] is not null) byEvent.Add(name);
            // what an event measures is known when it is over
            foreach (var name in new[] { "value", "quantity" })
                if (samples.Columns.Find(name) is { } column && column.From is SampleColumn.Place.Value or SampleColumn.Place.Quantity) roles[name] = "known only after the event";
        }

        foreach (var (name, task) in request.Tasks)
            if (!byEvent.Contains(name)) roles[task.Label ?? name] = $"the label of the task '{name}'";
        foreach (var source in sources)
            if (source.Data.Weight is { } weight) roles[weight] = "the rows' weight";
        return roles;
    }

    // what ids, times and prices are is known; attributes are looked at, one value of each item or user
    private static void Infer(SampleSet samples, List<KeyValuePair<string, FeatureOptions>> chosen, DataRequest request, List<string> notes)
    {
        for (int i = chosen.Count - 1; i >= 0; i--)
        {
            var (name, options) = chosen[i];
            if (options.Kind != FeatureKind.Auto) continue;
            var verdict = samples.Columns.KindOf(name) is { } kind
                ? new FeatureVerdict(new FeatureOptions { Kind = kind }, "", [])
                : FeatureInference.Judge(samples.Columns.Sample(name, SampleRows), request.Data.Missing);
            if (verdict.Options is { Kind: not FeatureKind.Text } found)
            {
                chosen[i] = new(name, With(options, found));
                continue;
            }

            notes.Insert(0, Left(name, verdict));
            chosen.RemoveAt(i);
        }
    }

    private static void Infer(TableReader reader, List<KeyValuePair<string, FeatureOptions>> chosen, DataRequest request, List<string> notes)
    {
        var samples = new List<(int Place, int Column, ColumnSample Sample)>();
        for (int i = 0; i < chosen.Count; i++)
            if (chosen[i].Value.Kind == FeatureKind.Auto) samples.Add((i, reader.Header.IndexOf(chosen[i].Key), new ColumnSample(chosen[i].Key)));
        bool more = Sample(reader, samples, SampleRows);
        var verdicts = new FeatureVerdict[samples.Count];
        for (int i = 0; i < verdicts.Length; i++) verdicts[i] = FeatureInference.Judge(samples[i].Sample, request.Data.Missing);
        var refused = samples.FindAll(entry => verdicts[samples.IndexOf(entry)].Options is null or { Kind: FeatureKind.Text } && entry.Sample.Texts > SampleRows / 2);
        if (more && refused.Count > 0)
        {
            Sample(reader, refused, SecondSampleRows - SampleRows);
            foreach (var entry in refused) verdicts[samples.IndexOf(entry)] = FeatureInference.Judge(entry.Sample, request.Data.Missing);
        }

        for (int i = samples.Count - 1; i >= 0; i--)
        {
            int place = samples[i].Place;
            if (verdicts[i].Options is { Kind: not FeatureKind.Text } found)
            {
                chosen[place] = new(chosen[place].Key, With(chosen[place].Value, found));
                continue;
            }

            notes.Insert(0, Left(chosen[place].Key, verdicts[i]));
            chosen.RemoveAt(place);
        }
    }

    // words are read where somebody asks for it: they cost time, and a model of a log has titles by the thousand
    private static string Left(string name, FeatureVerdict verdict) =>
        verdict.Options is null ? $"'{name}' is no feature: {verdict.Note}." : $"'{name}' is no feature: {verdict.Note}, which is read where 'features' names it with 'kind: text'.";

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
        Length = given.Length,
        Along = given.Along,
        Table = given.Table,
        Of = given.Of,
    };
}
