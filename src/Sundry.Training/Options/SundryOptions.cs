using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>The whole of a <c>sundry.yaml</c>.</summary>
public sealed record SundryOptions : IConfigChecked
{
    /// <summary>What the model is called.</summary>
    /// <value>Default: model.</value>
    [Description("What the model is called; its folder is models/NAME unless --out says otherwise")]
    public string Name { get; init; } = "model";

    /// <summary>Which rows there are, how they are written, and how they are split.</summary>
    [Required]
    [Description("Which rows there are, how they are written, and how they are split")]
    public DataOptions Data { get; init; } = new();

    /// <summary>The features by column; null makes one of every column that is neither label, weight nor excluded.</summary>
    /// <value>Default: auto (null).</value>
    [ConfigNull("auto")]
    [Description("The features by column, each a kind or a map of options; auto makes one of every column that is left")]
    public IReadOnlyDictionary<string, FeatureOptions>? Features { get; init; }

    /// <summary>Columns that are no features.</summary>
    /// <value>Default: none.</value>
    [Description("Columns that are no features")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What to predict, by name.</summary>
    [Required]
    [Description("What to predict, by name")]
    public IReadOnlyDictionary<string, TaskOptions> Tasks { get; init; } = new Dictionary<string, TaskOptions>();

    /// <summary>How tasks share, and how large the parts of the model are.</summary>
    [Description("How tasks share, and how large the parts of the model are")]
    public ModelOptions Model { get; init; } = new();

    /// <summary>How the model is trained.</summary>
    [Description("How the model is trained")]
    public TrainingOptions Training { get; init; } = new();

    /// <summary>How the outputs of the tasks become one ranking; null for none.</summary>
    /// <value>Default: none.</value>
    [Description("How the outputs of the tasks become one ranking (docs/ranking.md)")]
    public RankingOptions? Ranking { get; init; }

    /// <summary>What <c>tune</c> searches; nothing else reads it.</summary>
    /// <value>Default: none.</value>
    [Description("What 'sundry tune' searches, by which measure, and for how long; nothing else reads it")]
    public TuneOptions? Tune { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Tasks.Count == 0) yield return (nameof(Tasks), "'tasks' names nothing to predict; give at least one, such as 'click: binary'");
        if (Name.Length == 0 || Name is "." or ".." || Name.AsSpan().IndexOfAny("/\\:\0") >= 0)
            yield return (nameof(Name), $"'{Name}' cannot be a folder's name; use letters, digits, '-' and '_'");
        foreach (var (name, key, message) in TaskRelations.Check(Tasks))
            yield return (ConfigKey.Under(nameof(Tasks), name, key), message);
        foreach (var (task, key, message) in SourceRelations.Check(Data, Tasks))
            yield return (task is null ? ConfigKey.Under(nameof(Data), "sources", key) : ConfigKey.Under(nameof(Tasks), task, key), message);
        if (SourceRules.Refuse(this) is { } mixed) yield return (ConfigKey.Under(nameof(Model), mixed.Key), mixed.Message);
        if (Architectures.Names.Contains(Model.Architecture) && Architectures.Create(Model.Architecture).Refuse([.. Tasks.Select(t => TaskSchema.Of(t.Key, t.Value))], Model) is { } refusal)
            yield return (ConfigKey.Under(nameof(Model), "architecture"), refusal);
        if (Unbalanced() is { } refused) yield return refused;
        if (Training.EarlyStopping.Metric.Split('.', 2) is [var watched, var by] && Tasks.TryGetValue(watched, out var stopped) && WrongMetric(watched, stopped.Type, by) is { } wrong)
            yield return (nameof(Training), "'early_stopping.metric': " + wrong);
        foreach (var unknown in Unranked()) yield return unknown;
        if (Features is not null && Training.Initial is { } initial)
            foreach (var (key, feature) in new[] { ("users", initial.Users), ("items", initial.Items) })
                if (!Features.ContainsKey(feature))
                    yield return (ConfigKey.Under(nameof(Training), "initial", key), $"'{feature}' is not under 'features'{NearestName.Ask(feature, Features.Keys)}");
        foreach (var name in Training.EarlyStopping.TaskNames)
            if (!Tasks.ContainsKey(name))
                yield return (nameof(Training), $"'early_stopping' names task '{name}', which is not under 'tasks'{NearestName.Ask(name, Tasks.Keys)}");
    }

    private IEnumerable<(string Property, string Message)> Unranked()
    {
        if (Ranking is null) yield break;
        string[] ranked = [.. Tasks.Where(t => t.Value.Main && t.Value.Source == SourceSchema.Main).Select(t => t.Key)];
        if (ranked.Length == 0 && Tasks.Values.Any(t => t.Main))
            yield return (nameof(Ranking), "'ranking' orders rows of data.train, and every task that is wanted for itself is about another source; remove 'ranking', or give 'data.train' such a task");
        else
            foreach (var (key, message) in Ranking.Unknown(ranked, Tasks))
                yield return (ConfigKey.Under(nameof(Ranking), key.Split('.')), message);
    }

    // what balancing would ignore, or could not work with
    private (string Property, string Message)? Unbalanced()
    {
        var (method, word) = (Training.Balancing.Method, Balancers.Find(Training.Balancing.Method));
        if (word is { TakesWeights: false } && Tasks.FirstOrDefault(t => t.Value.Weight != 1) is { Key: { } task, Value: { } weighted })
            return (nameof(Tasks), $"task '{task}' has weight {weighted.Weight}, which 'balancing: {method}' would ignore; set 'training.balancing: weighted' or remove the weight");
        if (Tasks.Count > 0 && Tasks.Values.All(t => t.Weight == 0))
            return (nameof(Tasks), "every task has weight 0, so that nothing would be learned; give one of them a weight above 0");
        if ((NegativeLoss(method) ?? SourceRules.Refuse(this, method)) is { } unfit) return (nameof(Training), unfit);
        foreach (var name in Training.Balancing.TaskNames)
            if (!Tasks.ContainsKey(name))
                return (nameof(Training), $"'balancing' names task '{name}', which is not under 'tasks'{NearestName.Ask(name, Tasks.Keys)}");
        return null;
    }

    /// <summary>Why a balancer cannot work with a loss of these tasks; null where it can.</summary>
    internal string? NegativeLoss(string method) =>
        Balancers.Find(method) is { NeedsPositiveLosses: true } && Tasks.Count > 1
        && Tasks.FirstOrDefault(t => t.Value.Type == TaskType.Count && t.Value.Loss is TaskLoss.Auto or TaskLoss.Poisson) is { Key: { } count }
            ? $"'balancing: {method}' compares losses by ratio, and the Poisson loss of task '{count}' can be negative; set 'loss: squared' for it or choose another balancing"
            : null;

    private static string? WrongMetric(string task, TaskType type, string metric)
    {
        var known = TaskMetrics.Names(type);
        return known.Contains(metric) ? null : $"task '{task}' has no metric '{metric}'{NearestName.Ask(metric, known)} (they are {string.Join(", ", known)})";
    }

    /// <summary>What the data room needs of it.</summary>
    /// <param name="folder">The folder that relative paths start from: the configuration file's.</param>
    public DataRequest Request(string folder) => new(Data, Features, Exclude, Tasks, folder, Ranking?.Columns([.. Tasks.Keys]));
}
