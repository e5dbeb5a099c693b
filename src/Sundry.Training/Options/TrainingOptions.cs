using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>How the model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>How gradients change weights; embedding rows take each optimiser's lazy form.</summary>
    /// <value>Default: adam.</value>
    [Description("How gradients change weights: adam (weight decay as L2), adamw (decoupled), adagrad or sgd; embedding rows change only when a batch touches them")]
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate at its height.</summary>
    /// <value>Default: 0.003.</value>
    [Range(1e-9, 100.0)]
    [Description("The learning rate at its height")]
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>What the learning rate does over the training.</summary>
    /// <value>Default: cosine.</value>
    [Description("What the learning rate does: constant, cosine (falls to 0 over all epochs), or plateau (halves when validation stops improving)")]
    public Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <summary>Steps over which the rate first rises.</summary>
    /// <value>Default: 0.</value>
    [Range(0L, 1_000_000_000L)]
    [Description("Steps over which the learning rate first rises")]
    public long WarmUp { get; init; }

    /// <summary>Weight decay: L2 with adam, adagrad and sgd; decoupled with adamw.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 10.0)]
    [Description("Weight decay; of an embedding row only in the steps that touch it")]
    public double WeightDecay { get; init; }

    /// <summary>L1 of the weights of layers, and of embedding rows in the steps that touch them: a weight is exactly 0 while its gradient is smaller than this.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 10.0)]
    [Description("L1 of the weights of layers, and of an embedding row in the steps that touch it; a weight that its gradient holds back less than this becomes exactly 0")]
    public double L1 { get; init; }

    /// <summary>Momentum of sgd.</summary>
    /// <value>Default: 0.9.</value>
    [Range(0.0, 0.9999)]
    [Description("Momentum of sgd")]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Greatest norm of a step's gradients; larger ones are scaled down. Null for none.</summary>
    /// <value>Default: none.</value>
    [ConfigNull("none")]
    [Range(1e-9, 1e9)]
    [Description("Greatest norm of a step's gradients, or none")]
    public double? Clip { get; init; }

    /// <summary>Rows a step.</summary>
    /// <value>Default: 1024.</value>
    [Range(1, 1 << 20)]
    [Description("Rows a step")]
    public int Batch { get; init; } = 1024;

    /// <summary>The most passes over the training rows.</summary>
    /// <value>Default: 10.</value>
    [Range(1, 100_000)]
    [Description("The most passes over the training rows")]
    public int Epochs { get; init; } = 10;

    /// <summary>When to stop before the last epoch; the best epoch's weights are kept in any case.</summary>
    [Description("When to stop before the last epoch; the weights of the best epoch are kept in any case")]
    public EarlyStoppingOptions EarlyStopping { get; init; } = new();

    /// <summary>How the losses or gradients of the tasks are combined.</summary>
    /// <value>Default: equal.</value>
    [Description("How the losses or gradients of the tasks are combined: a word such as equal, or a method with its settings")]
    public BalancingOptions Balancing { get; init; } = new();

    /// <summary>One step in so many has the tasks' gradients compared; 0 for none, null for about 3 % of an epoch's time. The weights do not depend on it.</summary>
    /// <value>Default: auto (null).</value>
    [ConfigNull("auto")]
    [Range(0, 1_000_000_000)]
    [Description("One step in so many has the tasks' gradients compared, for the report: auto (for some 3% of the time), or 0 for none. The weights do not depend on it")]
    public int? Diagnostics { get; init; }

    /// <summary>Embeddings of users and items that begin as rows of LightGCN; null for random ones.</summary>
    /// <value>Default: none.</value>
    [Description("Embeddings of users and items that begin as rows of LightGCN on the graph of the training rows, in place of random ones (docs/features/initial.md)")]
    public InitialOptions? Initial { get; init; }

    /// <summary>How batches are drawn from several sources.</summary>
    /// <value>Default: mixed.</value>
    [Description("How batches are drawn from several sources (data.sources): a word such as in_turn, or a map")]
    public SourceDrawOptions Sources { get; init; } = new();

    /// <summary>Seed of the first weights, the order of the rows and the dropout.</summary>
    /// <value>Default: 1.</value>
    [Range(0, int.MaxValue)]
    [Description("Seed of the first weights, the order of the rows and the dropout")]
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 for one a processor. The result does not depend on it.</summary>
    /// <value>Default: 0.</value>
    [Range(0, 1024)]
    [Description("Threads; 0 for one a processor. The result does not depend on it")]
    public int Threads { get; init; }

    /// <summary>Parts of a batch that are worked on side by side. The result depends on it in the last digits; with mixup, in which rows are paired.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 1024)]
    [Description("Parts of a batch that threads work on side by side; more than threads brings nothing. The result depends on it in its last digits; with mixup, in which rows are paired")]
    public int Shards { get; init; } = 2;
}
