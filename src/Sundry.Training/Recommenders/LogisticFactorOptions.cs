using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>
/// How <see cref="LogisticFactorRecommender"/> descends; the defaults are those that the paper publishes for MovieLens-1M, with 64 factors for its 192: steps of 0.002, a shrinkage of 0.005, and
/// factors that begin with deviation 0.1.
/// </summary>
public sealed record LogisticFactorOptions() : DescentOptions(learningRate: 0.002, regularization: 0.005, deviation: 0.1)
{
    /// <summary>Items drawn for each interaction as negatives, in every pass anew.</summary>
    /// <value>Default: 8.</value>
    [Range(1, 1000)]
    [Description("Items drawn for each interaction as negatives, in every pass anew")]
    public int Negatives { get; init; } = 8;
}
