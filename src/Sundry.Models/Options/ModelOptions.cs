using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The model: how tasks share, and how large its parts are.</summary>
public sealed record ModelOptions : IConfigChecked
{
    /// <summary>How tasks share: one of <see cref="Architectures.Names"/>.</summary>
    /// <value>Default: mmoe.</value>
    [Description("How tasks share: single_task, shared_bottom, mmoe, ple, esmm, aitm … (docs/architectures has a page on each)")]
    public string Architecture { get; init; } = "mmoe";

    /// <summary>Width of the embedding of an id, where the feature does not set its own.</summary>
    /// <value>Default: 8.</value>
    [Range(1, 4096)]
    [Description("Floats in the embedding of an id, where the feature does not set its own")]
    public int Embedding { get; init; } = 8;

    /// <summary>Standard deviation of an embedding's first values.</summary>
    /// <value>Default: 0.01.</value>
    [Range(0.0, 10.0)]
    [Description("Standard deviation of an embedding's first values")]
    public double EmbeddingDeviation { get; init; } = 0.01;

    /// <summary>Layers that every task shares (shared_bottom, dbmtl), or that each task has (single_task and others without experts).</summary>
    /// <value>Default: [128].</value>
    [Description("Layers of the shared bottom (shared_bottom, dbmtl), or of each task's own (single_task and others without experts)")]
    public IReadOnlyList<int> Bottom { get; init; } = [128];

    /// <summary>How features act together before and beside the architecture.</summary>
    /// <value>Default: none.</value>
    [Description("How features act together before and beside the architecture: linear and fm add to each task's logits, dcn and cin to what the architecture reads (docs/features/crosses.md)")]
    public IReadOnlyList<Interaction> Interactions { get; init; } = [];

    /// <summary>The cross layers (dcn).</summary>
    [Description("The cross layers (interactions: dcn)")]
    public CrossOptions Cross { get; init; } = new();

    /// <summary>Feature maps of each layer of the compressed interaction network (cin).</summary>
    /// <value>Default: [16, 16].</value>
    [Description("Feature maps of each layer of the compressed interaction network (interactions: cin)")]
    public IReadOnlyList<int> Maps { get; init; } = [16, 16];

    /// <summary>How sequences become vectors, by feature; the others are pooled.</summary>
    /// <value>Default: none.</value>
    [Description("How sequences become vectors, by feature, each an encoder or a map of options; the others are pooled (docs/features/sequences.md)")]
    public IReadOnlyDictionary<string, SequenceOptions> Sequences { get; init; } = new Dictionary<string, SequenceOptions>();

    /// <summary>The experts that tasks mix (mmoe, omoe, dselect_k, cgc, ple, stem).</summary>
    [Description("The experts that tasks mix (mmoe, omoe, dselect_k, cgc, ple, stem)")]
    public ExpertOptions Experts { get; init; } = new();

    /// <summary>Hidden layers of each task's tower.</summary>
    /// <value>Default: [16].</value>
    [Description("Hidden layers of each task's tower")]
    public IReadOnlyList<int> Tower { get; init; } = [16];

    /// <summary>What follows each hidden layer.</summary>
    /// <value>Default: relu.</value>
    [Description("What follows each hidden layer")]
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>What stands between a hidden layer and its activation.</summary>
    /// <value>Default: batch.</value>
    [Description("What stands between a hidden layer and its activation: none, batch or layer normalisation")]
    public Normalization Normalization { get; init; } = Normalization.Batch;

    /// <summary>Share of hidden values that are set to 0 in training.</summary>
    /// <value>Default: 0.1.</value>
    [Range(0.0, 0.95)]
    [Description("Share of hidden values that are set to 0 in training")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Standard deviation of the noise that training adds to numbers, which are standardised.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 10.0)]
    [Description("Standard deviation of the normal noise that training adds to numbers, in standard deviations of the number")]
    public double Noise { get; init; }

    /// <summary>Standard deviation of the noise that training adds to embeddings.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 10.0)]
    [Description("Standard deviation of the normal noise that training adds to embeddings, whose first values have embedding_deviation")]
    public double EmbeddingNoise { get; init; }

    /// <summary>Mixup: training mixes the features of pairs of rows, λ : 1 − λ, and counts both rows' losses by the same shares; λ is drawn from Beta(α, α) each step.</summary>
    /// <value>Default: 0, none.</value>
    [Range(0.0, 4.0)]
    [Description("Mixup: training mixes features of pairs of rows and counts the losses of both labels by the same shares, drawn from Beta(mixup, mixup) each step; 0.1 to 0.4 is usual, 0 for none")]
    public double Mixup { get; init; }

    /// <summary>What a gate's logits are divided by before the softmax; greater is smoother.</summary>
    /// <value>Default: 1.</value>
    [Range(1e-3, 1e3)]
    [Description("What a gate's logits are divided by before the softmax; greater is smoother")]
    public double GateTemperature { get; init; } = 1;

    /// <summary>What is added to the loss of how far a task's probability exceeds that of a task it may not exceed (<c>at_most</c>; in aitm also <c>after</c>).</summary>
    /// <value>Default: 0.6.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the mean by which a task's probability exceeds that of the tasks it should not exceed (at_most; in aitm also after)")]
    public double Calibration { get; init; } = 0.6;

    /// <summary>Weight of the mean squared distance between the hidden layers of the tasks' networks (soft_sharing).</summary>
    /// <value>Default: 0.001.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the squared distance between the hidden layers of the tasks' networks, mean over pairs (soft_sharing)")]
    public double Distance { get; init; } = 1e-3;

    /// <summary>The share of the other tasks' columns that a column begins with (cross_stitch).</summary>
    /// <value>Default: 0.1.</value>
    [Range(0.0, 1.0)]
    [Description("The share of the other tasks' columns that a task begins with (cross_stitch)")]
    public double Stitch { get; init; } = 0.1;

    /// <summary>How the conditional towers learn from the rows that were selected (escm2).</summary>
    [Description("How conditional towers learn from rows that came to be seen (escm2)")]
    public CounterfactualOptions Counterfactual { get; init; } = new();

    /// <summary>The feature that says which shop or scenario a row is from (pepnet, star).</summary>
    /// <value>Default: none.</value>
    [Description("The feature that says which shop or scenario a row is from (pepnet, star)")]
    public string? Scenario { get; init; }

    /// <summary>The features that say who a row is about, beside the scenario, for the gates of the tasks' layers (pepnet).</summary>
    /// <value>Default: none.</value>
    [Description("The features that say who a row is about, such as user and item, for the gates of the tasks' layers (pepnet)")]
    public IReadOnlyList<string> Personal { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (!Architectures.Names.Contains(Architecture))
            yield return (nameof(Architecture), $"there is no architecture '{Architecture}'{NearestName.Ask(Architecture, Architectures.Names)} (they are {string.Join(", ", Architectures.Names)})");
        if (Interactions.GroupBy(i => i).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return (nameof(Interactions), $"'{ConfigWords.Of(twice.Key)}' stands there twice");
        if (Maps.Count == 0) yield return (nameof(Maps), "a compressed interaction network has at least one layer, such as 'maps: [16]'");
        foreach (var (name, layers) in new[] { (nameof(Bottom), Bottom), (nameof(Tower), Tower), (nameof(Maps), Maps) })
            if (layers.Any(units => units is < 1 or > 65536))
                yield return (name, "a layer has from 1 to 65536 units");
    }
}
