using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// How the tasks' losses become one step: a word, <c>balancing: cagrad</c>, or a method with its settings, <c>balancing: {method: cagrad, c: 0.4}</c>.
/// A setting that is null takes the method's default; one that the method does not know is refused.
/// </summary>
[ConfigShorthand(nameof(Method))]
public sealed record BalancingOptions : IConfigChecked
{
    /// <summary>The balancer's word.</summary>
    /// <value>Default: equal.</value>
    [Description("How the tasks' losses or gradients are combined; docs/balancing has a page for each")]
    public string Method { get; init; } = "equal";

    /// <summary>cagrad: how far the step may turn from the mean gradient, as a share of its length.</summary>
    /// <value>Default: 0.4.</value>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("cagrad: how far the step may turn from the mean gradient, as a share of its length; 0.4 unless given")]
    public double? C { get; init; }

    /// <summary>cagrad: what the step is divided by.</summary>
    /// <value>Default: squared.</value>
    [AllowedValues("squared", "linear", "none")]
    [Description("cagrad: what the step is divided by: squared (1 + c², unless given), linear (1 + c) or none")]
    public string? Rescale { get; init; }

    /// <summary>mgda: what each gradient is divided by before the shortest combination is looked for.</summary>
    /// <value>Default: none.</value>
    [AllowedValues("none", "norm", "loss", "loss_norm")]
    [Description("mgda: what each gradient is divided by: none (unless given), its norm, its loss, or loss_norm, both")]
    public string? Normalize { get; init; }

    /// <summary>mgda: the gradients that are looked at.</summary>
    /// <value>Default: parameters.</value>
    [AllowedValues("parameters", "representation")]
    [Description("mgda: which gradients are looked at, those of the shared parameters (unless given) or of the shared representation")]
    public string? Of { get; init; }

    /// <summary>aligned_mtl: which eigenvalue the others are brought to.</summary>
    /// <value>Default: min.</value>
    [AllowedValues("min", "median", "mean")]
    [Description("aligned_mtl: which eigenvalue the others are brought to: min (unless given), median or mean")]
    public string? Scale { get; init; }

    /// <summary>nash_mtl: steps between two solutions.</summary>
    /// <value>Default: 1.</value>
    [Range(1, 100_000)]
    [Description("nash_mtl: steps between two solutions; 1 unless given")]
    public int? Every { get; init; }

    /// <summary>nash_mtl: the greatest norm of the combined gradient; 0 for any.</summary>
    /// <value>Default: 1.</value>
    [Range(0.0, 1e9)]
    [Description("nash_mtl: greatest norm of the combined gradient, 0 for any; 1 unless given")]
    public double? MaxNorm { get; init; }

    /// <summary>upgrad, dualproj: what is added to the diagonal of the Gram matrix, as a share of its trace.</summary>
    /// <value>Default: 0.0001.</value>
    [Range(0.0, 1.0)]
    [Description("upgrad, dualproj: what is added to the diagonal of the Gram matrix, as a share of its trace; 0.0001 unless given")]
    public double? Ridge { get; init; }

    /// <summary>gradnorm: how strongly tasks that learn slowly are favoured.</summary>
    /// <value>Default: 1.5.</value>
    [Range(0.0, 10.0)]
    [Description("gradnorm: how strongly tasks that learn slowly are favoured; 1.5 unless given")]
    public double? Alpha { get; init; }

    /// <summary>uncertainty, imtl_l, gradnorm, famo: the learning rate of the task weights, which have an Adam of their own.</summary>
    /// <value>Default: 0.01 for uncertainty and imtl_l, 0.025 for gradnorm and famo.</value>
    [Range(1e-9, 10.0)]
    [Description("uncertainty, imtl_l, gradnorm, famo: learning rate of the task weights; 0.01 for the first two and 0.025 for the others unless given")]
    public double? Rate { get; init; }

    /// <summary>famo: weight decay of the logits of the task weights.</summary>
    /// <value>Default: 0.001.</value>
    [Range(0.0, 1.0)]
    [Description("famo: weight decay of the logits of the task weights; 0.001 unless given")]
    public double? Decay { get; init; }

    /// <summary>gradvac: share of a step's cosine in the cosine that is aimed at; metabalance: share of the past in the mean norms.</summary>
    /// <value>Default: 0.01 for gradvac, 0.9 for metabalance.</value>
    [Range(0.0, 1.0)]
    [Description("gradvac: share of a step's cosine in the one that is aimed at, 0.01 unless given; metabalance: share of the past in the mean norms, 0.9 unless given")]
    public double? Beta { get; init; }

    /// <summary>metabalance: how far norms are brought to the main task's; 0 leaves them, 1 makes them equal.</summary>
    /// <value>Default: 0.7.</value>
    [Range(0.0, 1.0)]
    [Description("metabalance: how far norms are brought to the main task's, from 0 (not) to 1 (equal); 0.7 unless given")]
    public double? Relax { get; init; }

    /// <summary>metabalance: the task whose norm the others are brought to.</summary>
    /// <value>Default: the first.</value>
    [Description("metabalance: the task whose gradient norm the others are brought to; the first unless given")]
    public string? Main { get; init; }

    /// <summary>dwa: the softmax's temperature; higher is more even.</summary>
    /// <value>Default: 2.</value>
    [Range(1e-3, 1e6)]
    [Description("dwa: temperature, higher is more even; 2 unless given")]
    public double? Temperature { get; init; }

    /// <summary>soft_max, stch: how smooth the maximum is; towards 0 only the worst task is learned.</summary>
    /// <value>Default: 0.5 for soft_max, 1 for stch.</value>
    [Range(1e-6, 1e6)]
    [Description("soft_max, stch: how smooth the maximum is; 0.5 for soft_max and 1 for stch unless given")]
    public double? Mu { get; init; }

    /// <summary>soft_max: whether losses are divided by their first value.</summary>
    /// <value>Default: true.</value>
    [Description("soft_max: whether losses are divided by those of the first step; true unless given")]
    public bool? Relative { get; init; }

    /// <summary>stch: epochs of plain log losses, from the last of which each task's scale is taken.</summary>
    /// <value>Default: 1.</value>
    [Range(1, 100_000)]
    [Description("stch: epochs of plain log losses, the last of which gives each task's scale; 1 unless given")]
    public int? WarmUp { get; init; }

    /// <summary>decay: by task, what its weight is multiplied by each epoch; 1 for those that are not named.</summary>
    [Description("decay: by task, what its weight is multiplied by each epoch or step; 1 for a task that is not named")]
    public IReadOnlyDictionary<string, double>? Factors { get; init; }

    /// <summary>decay: how often the factors apply.</summary>
    /// <value>Default: epoch.</value>
    [AllowedValues("epoch", "step")]
    [Description("decay: how often the factors apply, each epoch (unless given) or each step")]
    public string? Per { get; init; }

    /// <summary>searched: how many weightings are tried.</summary>
    /// <value>Default: 12.</value>
    [Range(2, 10_000)]
    [Description("searched: how many weightings are tried, equal weights being the first; 12 unless given")]
    public int? Trials { get; init; }

    /// <summary>searched: by task, the weight that was found; none, and it is searched for.</summary>
    [Description("searched: by task, the weight that was found; without it 'train' and 'compare' search for it, and 'train' writes it into the bundle's configuration")]
    public IReadOnlyDictionary<string, double>? Weights { get; init; }

    /// <summary>The tasks that the options name.</summary>
    public IEnumerable<string> TaskNames => (Factors?.Keys ?? []).Concat(Weights?.Keys ?? []).Concat(Main is null ? [] : [Main]);

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (!Balancers.Names.Contains(Method))
        {
            yield return (nameof(Method), $"there is no balancing '{Method}'{NearestName.Ask(Method, Balancers.Names)} (they are {string.Join(", ", Balancers.Names)})");
            yield break;
        }

        if (Balancers.Find(Method) is not { } word) yield break;
        foreach (var property in typeof(BalancingOptions).GetProperties())
        {
            if (property.Name is nameof(Method) or nameof(TaskNames) || property.GetValue(this) is null || word.Settings.Contains(property.Name)) continue;
            var known = word.Settings.Count == 0 ? "which has no settings" : $"whose settings are {string.Join(", ", word.Settings.Select(ConfigWords.Of))}";
            yield return (property.Name, $"'{ConfigWords.Of(property.Name)}' is no setting of '{Method}', {known}; remove it");
        }

        if (Factors is not null && Factors.Values.Any(f => f is not (> 0 and <= 10))) yield return (nameof(Factors), "a factor must be above 0 and at most 10");
        if (Weights is not null && (Weights.Values.Any(w => !(w >= 0 && double.IsFinite(w))) || Weights.Values.All(w => w == 0))) yield return (nameof(Weights), "a weight is a number of at least 0, and one of them is above it");
        if (Method == "decay" && Factors is not { Count: > 0 }) yield return (nameof(Method), "'decay' needs 'factors', such as {method: decay, factors: {click: 0.9}}");
    }
}
