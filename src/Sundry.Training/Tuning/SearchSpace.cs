using System.Text.RegularExpressions;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>The settings that a search tries, and the trials that it draws from them.</summary>
public sealed partial class SearchSpace
{
    private const int Attempts = 300;

    private readonly SundryOptions _configured;
    private readonly string _yaml;
    private readonly ulong _seed;
    private readonly bool _weighs;
    private readonly HashSet<string> _drawn = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The space of a configuration's <c>tune.try</c>, or where there is none the usual one.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="InputException">A path is unknown or may not be tried, or what is tried for it is no value of it.</exception>
    public SearchSpace(SundryOptions options, ulong seed)
    {
        if (SourceRules.RefuseSearch(options) is { } alternating) throw new InputException(alternating);
        var tried = options.Tune?.Try ?? new Dictionary<string, IReadOnlyList<string>>();
        Dimensions = tried.Count > 0 ? [.. tried.Select(t => SearchDimension.Parse(t.Key, t.Value))] : [.. UsualSpace.Of(options).Select(t => SearchDimension.Parse(t.Key, [t.Value]))];
        _configured = options with { Tune = null };
        _yaml = ConfigWriter.ToYaml(_configured);
        _seed = CounterRandom(seed);
        foreach (var dimension in Dimensions)
            if (Refuse(dimension.Path) is { } reason) throw SearchDimension.Wrong(dimension.Path, reason);
        // weights mean nothing to most balancers; who asks for weights asks for the one that takes them
        _weighs = Dimensions.Any(d => IsWeight(d.Path)) && !Dimensions.Any(d => d.Path.StartsWith("training.balancing", StringComparison.Ordinal))
            && Balancers.Find(options.Training.Balancing.Method) is { TakesWeights: false };
        Dimensions = [.. Dimensions.Select(Checked)];
    }

    /// <summary>What is tried, by setting.</summary>
    public IReadOnlyList<SearchDimension> Dimensions { get; }

    /// <summary>The next trial, never one that was drawn before; null where draws bring nothing new any more. The first is the configuration as it stands.</summary>
    /// <exception cref="InputException">No draw makes a configuration that is allowed.</exception>
    public Trial? Next()
    {
        InputException? refusal = null;
        var number = _count + 1;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // the configuration as it stands is the first draw, unless the file itself is not what can be tried
            Dictionary<string, string> settings = number == 1 && attempt == 0 ? [] : Draw(number, attempt);
            try
            {
                var options = Apply(settings);
                if (!_drawn.Add(ConfigWriter.ToCanonical(options))) continue;
                _count = number;
                return new Trial(number, settings, options);
            }
            catch (InputException e)
            {
                refusal = e;
            }
        }

        if (number <= 2 && refusal is not null) throw new InputException($"none of {Attempts} draws of what is tried makes a configuration that is allowed; the last was refused so: {refusal.Message}");
        return null;
    }

    private Dictionary<string, string> Draw(int number, int attempt)
    {
        var settings = new Dictionary<string, string>();
        var key = Compute.CounterRandom.Derive(_seed, (ulong)number);
        for (var d = 0; d < Dimensions.Count; d++)
            settings[Dimensions[d].Path] = Dimensions[d].At(Compute.CounterRandom.Uniform(key, (ulong)(attempt * Dimensions.Count + d)));
        // in a trial whose balancing would ignore the weights there are none
        var method = settings.GetValueOrDefault("training.balancing", _weighs ? "weighted" : _configured.Training.Balancing.Method);
        if (Balancers.Find(method) is { TakesWeights: false })
            foreach (var path in settings.Keys.Where(IsWeight).ToList())
                settings.Remove(path);
        return settings;
    }

    private SundryOptions Apply(Dictionary<string, string> settings)
    {
        var set = settings.ToList();
        if (_weighs && settings.Count > 0) set.Insert(0, new("training.balancing", "weighted"));
        // where balancing would ignore the file's weights, they give way too
        if (settings.ContainsKey("training.balancing"))
            set.AddRange(Dimensions.Where(d => IsWeight(d.Path) && !settings.ContainsKey(d.Path)).Select(d => new KeyValuePair<string, string>(d.Path, "1")));
        return ConfigReader.Read<SundryOptions>(_yaml, "the configuration", set);
    }

    // each value on its own must be one of the setting, whatever may then hold for several together
    private SearchDimension Checked(SearchDimension dimension)
    {
        if (!dimension.IsRange)
        {
            if (dimension.Path.StartsWith("training.balancing", StringComparison.Ordinal) && dimension.Values.Contains("searched"))
                throw SearchDimension.Wrong(dimension.Path, "'searched' is a search of its own; try weighted, and tasks.NAME.weight beside it");
            if (dimension.Path.StartsWith("training.sources", StringComparison.Ordinal) && dimension.Values.Any(v => v.Contains("alternate", StringComparison.Ordinal)))
                throw SearchDimension.Wrong(dimension.Path, "under 'alternate' an epoch teaches one source alone, and models are judged after few epochs; leave it out");
            foreach (var value in dimension.Values) Try(dimension.Path, value);
            return dimension;
        }

        if (!dimension.Whole)
        {
            // a setting that takes no fraction takes whole numbers
            var between = dimension with { Low = Math.Floor(dimension.Low) + 0.4, High = Math.Floor(dimension.Low) + 0.6, Logarithmic = false };
            if (Explain(dimension.Path, between.At(0.5)) is { } reason && reason.Contains("not a whole number", StringComparison.Ordinal))
                dimension = SearchDimension.Parse(dimension.Path, [dimension + ":int"]);
        }

        Try(dimension.Path, dimension.At(0));
        Try(dimension.Path, dimension.At(1));
        return dimension;
    }

    private void Try(string path, string value)
    {
        if (Explain(path, value) is { } reason) throw new InputException(reason);
    }

    private string? Explain(string path, string value)
    {
        try
        {
            var options = ConfigReader.Read<SundryOptions>(_yaml, "the configuration", [new(path, value)]);
            // a key under 'tasks' that is new would be a new task
            return options.Tasks.Keys.FirstOrDefault(name => !_configured.Tasks.ContainsKey(name)) is { } unknown
                ? $"--try {path}: there is no task '{unknown}'{NearestName.Ask(unknown, _configured.Tasks.Keys)} (they are {string.Join(", ", _configured.Tasks.Keys)})"
                : null;
        }
        catch (InputException e)
        {
            // rules over several settings are judged trial by trial
            var mark = $"--set {path}={value}: ";
            var at = e.Message.IndexOf(mark, StringComparison.Ordinal);
            if (at < 0 || (Together().IsMatch(e.Message) && !e.Message.Contains("there is no ", StringComparison.Ordinal))) return null;
            return $"--try {path}: {e.Message[(at + mark.Length)..]}";
        }
    }

    // why a setting cannot be tried
    private static string? Refuse(string path)
    {
        if (path.StartsWith("data", StringComparison.Ordinal) && (path.Length == 4 || path[4] == '.'))
            return "all trials are judged on the same rows, so nothing under 'data' can be tried";
        if (path is "name" || path.Split('.')[0] is "tune" or "ranking") return "this says nothing about the model; remove it";
        if (path is "training.epochs") return "the epochs are the last rung of every trial; set them for all with --set training.epochs=N";
        if (path is "training.seed" or "training.threads" || path.StartsWith("training.early_stopping", StringComparison.Ordinal))
            return "it is the same for all trials; give --seed, --set or --objective instead";
        var judged = Judged().Match(path);
        if (judged.Success) return $"'{judged.Groups["key"].Value}' says what a task is and how it is judged, which has to be the same for all trials; remove it";
        return null;
    }

    internal static bool IsWeight(string path) => path.StartsWith("tasks.", StringComparison.Ordinal) && path.EndsWith(".weight", StringComparison.Ordinal);

    private static ulong CounterRandom(ulong seed) => Compute.CounterRandom.Derive(seed, "tune");

    [GeneratedRegex(@"^tasks(\..+\.(?<key>type|label|positive|classes|where|metric|main|source))?$")]
    private static partial Regex Judged();

    // what another setting of the same trial can mend
    [GeneratedRegex("balancing: |which '.*' would ignore|'single_task'|needs|after|architecture '|weight 0")]
    private static partial Regex Together();
}
