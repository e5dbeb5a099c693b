using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="LogisticFactorRecommender"/> descends; the defaults are those that the paper publishes for MovieLens-1M, with 64 factors for its 192.</summary>
public sealed record LogisticFactorOptions
{
    /// <summary>Floats a row.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 4096)]
    [Description("Factors of each user and item")]
    public int Factors { get; init; } = 64;

    /// <summary>Passes over the interactions.</summary>
    /// <value>Default: 100.</value>
    [Range(1, 100_000)]
    [Description("Passes over the interactions")]
    public int Epochs { get; init; } = 100;

    /// <summary>Items drawn for each interaction as negatives, in every pass anew.</summary>
    /// <value>Default: 8.</value>
    [Range(1, 1000)]
    [Description("Items drawn for each interaction as negatives, in every pass anew")]
    public int Negatives { get; init; } = 8;

    /// <summary>The step.</summary>
    /// <value>Default: 0.002.</value>
    [Range(1e-9, 10)]
    [Description("The step of stochastic gradient descent")]
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Shrinkage of the rows that a step touches.</summary>
    /// <value>Default: 0.005.</value>
    [Range(0, 10)]
    [Description("Shrinkage of the rows that a step touches")]
    public double Regularization { get; init; } = 0.005;

    /// <summary>The standard deviation of the first factors.</summary>
    /// <value>Default: 0.1.</value>
    [Range(1e-9, 10)]
    [Description("Standard deviation of the first factors")]
    public double Deviation { get; init; } = 0.1;
}
