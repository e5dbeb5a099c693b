using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="FactorizationMachine"/> and <see cref="LogisticRecommender"/> descend.</summary>
public sealed record AttributeModelOptions
{
    /// <summary>Floats a row, of the factorisation machine.</summary>
    /// <value>Default: 32.</value>
    [Range(1, 4096)]
    [Description("Factors of each user, item and value; logistic regression has none")]
    public int Factors { get; init; } = 32;

    /// <summary>Passes over the interactions.</summary>
    /// <value>Default: 30.</value>
    [Range(1, 100_000)]
    [Description("Passes over the interactions")]
    public int Epochs { get; init; } = 30;

    /// <summary>Items drawn for each interaction as negatives, in every pass anew.</summary>
    /// <value>Default: 4.</value>
    [Range(1, 1000)]
    [Description("Items drawn for each interaction as negatives, in every pass anew")]
    public int Negatives { get; init; } = 4;

    /// <summary>The step.</summary>
    /// <value>Default: 0.01.</value>
    [Range(1e-9, 10)]
    [Description("The step of stochastic gradient descent")]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Shrinkage of what a step touches.</summary>
    /// <value>Default: 0.002.</value>
    [Range(0, 10)]
    [Description("Shrinkage of what a step touches")]
    public double Regularization { get; init; } = 0.002;
}
