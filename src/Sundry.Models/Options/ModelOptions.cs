using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The model: how tasks share, and how large its parts are.</summary>
public sealed record ModelOptions : IConfigChecked
{
    /// <summary>How tasks share: single_task, shared_bottom, mmoe, cgc or ple.</summary>
    /// <value>Default: mmoe.</value>
    [Description("How tasks share: single_task, shared_bottom, mmoe, cgc or ple")]
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

    /// <summary>Layers that every task shares (shared_bottom), or that each task has (single_task).</summary>
    /// <value>Default: [128].</value>
    [Description("Layers of the shared bottom (shared_bottom), or of each task's own (single_task)")]
    public IReadOnlyList<int> Bottom { get; init; } = [128];

    /// <summary>The experts of mmoe, cgc and ple.</summary>
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

    /// <summary>What a gate's logits are divided by before the softmax; greater is smoother.</summary>
    /// <value>Default: 1.</value>
    [Range(1e-3, 1e3)]
    [Description("What a gate's logits are divided by before the softmax; greater is smoother")]
    public double GateTemperature { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (!Architectures.Names.Contains(Architecture))
            yield return (nameof(Architecture), $"there is no architecture '{Architecture}'{NearestName.Ask(Architecture, Architectures.Names)} (they are {string.Join(", ", Architectures.Names)})");
        foreach (var (name, layers) in new[] { (nameof(Bottom), Bottom), (nameof(Tower), Tower) })
            if (layers.Any(units => units is < 1 or > 65536))
                yield return (name, "a layer has from 1 to 65536 units");
    }
}
