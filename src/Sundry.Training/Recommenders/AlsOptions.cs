using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="AlsRecommender"/> factorises.</summary>
public sealed record AlsOptions
{
    /// <summary>Floats a row.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 4096)]
    [Description("Factors of each user and item")]
    public int Factors { get; init; } = 64;

    /// <summary>Alternations.</summary>
    /// <value>Default: 15.</value>
    [Range(1, 10_000)]
    [Description("Alternations between users and items")]
    public int Iterations { get; init; } = 15;

    /// <summary>How much more certain an interaction of weight w is than none: 1 + αw.</summary>
    /// <value>Default: 1.</value>
    [Range(1e-6, 1e9)]
    [Description("An interaction of weight w counts 1 + alpha w, a pair without one counts 1")]
    public double Alpha { get; init; } = 1;

    /// <summary>The weight of the squared factors.</summary>
    /// <value>Default: 0.3.</value>
    [Range(0, 1e9)]
    [Description("The weight of the squared factors")]
    public double Regularization { get; init; } = 0.3;

    /// <summary>Regularisation grows with (alpha n + pairs)^exponent, n being the row's interactions and pairs its possible ones; 0: the same for all.</summary>
    /// <value>Default: 0.6.</value>
    [Range(0, 2)]
    [Description("Regularization is multiplied by (alpha n + pairs)^exponent for a row of n interactions; 0: the same for all")]
    public double Exponent { get; init; } = 0.6;

    /// <summary>Steps of conjugate gradients a row; 0 solves exactly, by Cholesky.</summary>
    /// <value>Default: 3.</value>
    [Range(0, 1000)]
    [Description("Steps of conjugate gradients a row and alternation; 0 solves exactly, which takes longer")]
    public int Steps { get; init; } = 3;
}
