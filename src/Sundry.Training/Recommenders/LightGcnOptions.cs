using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="LightGcnRecommender"/> is built and learned.</summary>
public sealed record LightGcnOptions
{
    /// <summary>Floats a row.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 1024)]
    [Description("Factors of each user and item")]
    public int Factors { get; init; } = 64;

    /// <summary>Layers of propagation.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 10)]
    [Description("Layers of propagation")]
    public int Layers { get; init; } = 3;

    /// <summary>Passes over the interactions.</summary>
    /// <value>Default: 50.</value>
    [Range(1, 100_000)]
    [Description("Passes over the interactions")]
    public int Epochs { get; init; } = 50;

    /// <summary>Triples a step.</summary>
    /// <value>Default: 1024.</value>
    [Range(1, 1 << 20)]
    [Description("Triples of user, item and negative a step; each step propagates over the whole graph")]
    public int Batch { get; init; } = 1024;

    /// <summary>Adam's step.</summary>
    /// <value>Default: 0.005.</value>
    [Range(1e-9, 10)]
    [Description("Adam's step")]
    public double LearningRate { get; init; } = 0.005;

    /// <summary>The weight of the squared first-layer rows of a batch.</summary>
    /// <value>Default: 1e-4.</value>
    [Range(0, 10)]
    [Description("The weight of the squared rows of a batch")]
    public double Regularization { get; init; } = 1e-4;

    /// <summary>The weight of an edge between friends, an interaction's being 1; 0 leaves friends out.</summary>
    /// <value>Default: 1.</value>
    [Range(0, 1000)]
    [Description("The weight of an edge between friends, an interaction's being 1; 0 leaves friends out")]
    public double Friends { get; init; } = 1;

    /// <summary>The weight of an edge between an item or user and one of its values; 0 leaves them out.</summary>
    /// <value>Default: 0.</value>
    [Range(0, 1000)]
    [Description("The weight of an edge between an item or user and one of its values; 0 leaves them out")]
    public double Attributes { get; init; }
}
