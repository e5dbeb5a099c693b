using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How a recommender of factors descends, step by step. The defaults of step, shrinkage and first factors are each recommender's own.</summary>
public abstract record DescentOptions
{
    /// <summary>Takes the defaults.</summary>
    private protected DescentOptions(double learningRate, double regularization, double deviation) => (LearningRate, Regularization, Deviation) = (learningRate, regularization, deviation);

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
    [Range(1e-9, 10)]
    [Description("The step of stochastic gradient descent")]
    public double LearningRate { get; init; }

    /// <summary>Shrinkage of the rows that a step touches.</summary>
    [Range(0, 10)]
    [Description("Shrinkage of the rows that a step touches")]
    public double Regularization { get; init; }

    /// <summary>The standard deviation of the first factors.</summary>
    [Range(1e-9, 10)]
    [Description("Standard deviation of the first factors")]
    public double Deviation { get; init; }
}
