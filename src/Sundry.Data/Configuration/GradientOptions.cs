using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>
/// What part of its gradient a task passes on to each block of the model, from 0 (it reads the block without teaching it) to 1. In short form a number alone,
/// that of <see cref="Representation"/>.
/// </summary>
[ConfigShorthand(nameof(Representation))]
public sealed record GradientOptions
{
    /// <summary>The part that leaves the task's tower: it applies to all that comes before.</summary>
    /// <value>Default: 1.</value>
    [Range(0.0, 1.0)]
    [Description("What the tower passes on to all that comes before it; 0 for a task that teaches its tower alone")]
    public double Representation { get; init; } = 1;

    /// <summary>The part that enters what the task shares with others, such as experts or a bottom: it applies to what these pass on to the embeddings too.</summary>
    /// <value>Default: 1.</value>
    [Range(0.0, 1.0)]
    [Description("What is passed on to experts and layers that tasks share, and through them; the task's gate and its own experts learn in full")]
    public double Shared { get; init; } = 1;

    /// <summary>The part that enters embedding tables, on whatever way.</summary>
    /// <value>Default: 1.</value>
    [Range(0.0, 1.0)]
    [Description("What is passed on to embedding rows, on whatever way; below 1 it takes a backward walk for each task")]
    public double Embedding { get; init; } = 1;
}
