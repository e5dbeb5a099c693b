using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="BprRecommender"/> descends.</summary>
public sealed record BprOptions
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

    /// <summary>The step.</summary>
    /// <value>Default: 0.05.</value>
    [Range(1e-9, 10)]
    [Description("The step of stochastic gradient descent")]
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Shrinkage of the rows that a step touches.</summary>
    /// <value>Default: 0.01.</value>
    [Range(0, 10)]
    [Description("Shrinkage of the rows that a step touches")]
    public double Regularization { get; init; } = 0.01;

    /// <summary>The standard deviation of the first factors.</summary>
    /// <value>Default: 0.01.</value>
    [Range(1e-9, 10)]
    [Description("Standard deviation of the first factors")]
    public double Deviation { get; init; } = 0.01;
}
