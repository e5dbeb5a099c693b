using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="TaskFactorRecommender"/> weighs its tasks and alternates.</summary>
public sealed record TaskFactorOptions
{
    /// <summary>Floats a row.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 1024)]
    [Description("Factors of each user and item")]
    public int Factors { get; init; } = 64;

    /// <summary>Alternations.</summary>
    /// <value>Default: 15.</value>
    [Range(1, 10_000)]
    [Description("Alternations over users, items and what they predict")]
    public int Iterations { get; init; } = 15;

    /// <summary>What a unit of an entry's weight adds to its confidence, 1 being that of an absent one.</summary>
    /// <value>Default: 1.</value>
    [Range(0, 1e6)]
    [Description("What a unit of weight adds to an entry's confidence, that of an absent one being 1")]
    public double Alpha { get; init; } = 1;

    /// <summary>The weight of the squared factors.</summary>
    /// <value>Default: 0.3.</value>
    [Range(0, 1e6)]
    [Description("The weight of the squared factors, times (alpha x entries + possible entries)^exponent of a row")]
    public double Regularization { get; init; } = 0.3;

    /// <summary>How the regularisation grows with a row's entries.</summary>
    /// <value>Default: 0.6.</value>
    [Range(0, 2)]
    [Description("How the regularisation of a row grows with its entries; 0: not at all")]
    public double Exponent { get; init; } = 0.6;

    /// <summary>Conjugate gradient steps a row.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 100)]
    [Description("Conjugate gradient steps for a row in an alternation")]
    public int Steps { get; init; } = 3;

    /// <summary>Whether every interaction counts 1, whatever its weight.</summary>
    /// <value>Default: true.</value>
    [Description("Whether every interaction counts 1, whatever its weight")]
    public bool Binary { get; init; } = true;

    /// <summary>The weight of the task of predicting which values an item or user has; 0 leaves it out.</summary>
    /// <value>Default: 0.3.</value>
    [Range(0, 1000)]
    [Description("The weight of predicting which values an item or user has, that of interactions being 1; 0 leaves it out")]
    public double Attributes { get; init; } = 0.3;

    /// <summary>The weight of the task of predicting how much a user takes to each value of items; 0 leaves it out.</summary>
    /// <value>Default: 0.3.</value>
    [Range(0, 1000)]
    [Description("The weight of predicting how large a share of a user's items has each value; 0 leaves it out")]
    public double Interests { get; init; } = 0.3;

    /// <summary>The weight of the task of predicting who is whose friend; 0 leaves it out.</summary>
    /// <value>Default: 0.3.</value>
    [Range(0, 1000)]
    [Description("The weight of predicting who is whose friend; 0 leaves it out")]
    public double Friends { get; init; } = 0.3;
}
