using System.Globalization;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>What a search makes as great as it can.</summary>
public sealed class TuneObjective
{
    private const string Regretless = "no-regret";

    private readonly string _metric;
    private readonly IReadOnlyDictionary<string, double> _weights;

    private TuneObjective(string text, bool noRegret, string metric, IReadOnlyDictionary<string, double> weights)
    {
        Text = text;
        NoRegret = noRegret;
        _metric = metric;
        _weights = weights;
    }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>Whether it is the mean gain over single-task models, provided that no task loses.</summary>
    public bool NoRegret { get; }

    /// <summary>Reads <c>no-regret</c>, <c>mean</c>, a task, <c>TASK.METRIC</c>, or weights <c>TASK=W,TASK=W</c>; null: no-regret where there are several tasks, else the mean.</summary>
    /// <exception cref="InputException">It names an unknown task or metric.</exception>
    public static TuneObjective Parse(string? text, IReadOnlyDictionary<string, TaskOptions> tasks)
    {
        text ??= tasks.Count > 1 ? Regretless : "mean";
        var none = new Dictionary<string, double>();
        if (text is Regretless or "no_regret") return new(Regretless, true, "mean", none);
        if (text == "mean") return new(text, false, text, none);
        if (text.Contains('=', StringComparison.Ordinal)) return new(text, false, "mean", Weights(text, tasks));
        // a task's name may hold dots
        if (tasks.TryGetValue(text, out var whole)) return new($"{text}.{whole.Metric ?? TaskMetrics.Default(whole.Type)}", false, text, none);
        var (task, metric) = text.LastIndexOf('.') is var dot and > 0 ? (text[..dot], text[(dot + 1)..]) : (text, "");
        if (!tasks.TryGetValue(task, out var named)) throw Unknown(task, tasks);
        var known = TaskMetrics.Names(named.Type);
        if (!known.Contains(metric)) throw new InputException($"the objective '{text}' names a metric that task '{task}' does not have{NearestName.Ask(metric, known)} (they are {string.Join(", ", known)})");
        return new(text, false, text, none);
    }

    /// <summary>What chooses the epoch of a trial: the same as what chooses the trial, as far as one model can be judged alone.</summary>
    /// <param name="configured">The configuration's, which keeps its patience, and for <c>no-regret</c> and <c>mean</c> all else.</param>
    public EarlyStoppingOptions EarlyStopping(EarlyStoppingOptions configured) => NoRegret || Text == "mean" ? configured : new()
    {
        Patience = configured.Patience,
        Metric = _metric,
        Weights = _weights,
    };

    private static Dictionary<string, double> Weights(string text, IReadOnlyDictionary<string, TaskOptions> tasks)
    {
        // a task that is not named counts 1 in an early stopping's mean, but nothing here
        var weights = tasks.Keys.ToDictionary(name => name, _ => 0.0);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.LastIndexOf('=');
            var name = at > 0 ? part[..at].Trim() : part;
            if (!tasks.ContainsKey(name)) throw Unknown(name, tasks);
            if (at < 0 || !double.TryParse(part[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(weight >= 0 && double.IsFinite(weight)))
                throw new InputException($"the weight of task '{name}' in the objective '{text}' is no number of at least 0; write such as {name}=1");
            weights[name] = weight;
        }

        return weights.Values.Any(w => w > 0) ? weights : throw new InputException($"every task weighs 0 in the objective '{text}'; give one of them a weight above 0");
    }

    private static InputException Unknown(string name, IReadOnlyDictionary<string, TaskOptions> tasks) =>
        new($"the objective names task '{name}', which is not under 'tasks'{NearestName.Ask(name, [.. tasks.Keys, "mean", Regretless])} (it can be {Regretless}, mean, a task, TASK.METRIC, or weights TASK=W,TASK=W; the tasks are {string.Join(", ", tasks.Keys)})");
}
