using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="EaseRecommender"/> is regularised.</summary>
public sealed record EaseOptions
{
    /// <summary>The weight of the squared item-item weights.</summary>
    /// <value>Default: 200.</value>
    [Range(0.1, 1e9)]
    [Description("The weight of the squared item-item weights; greater for more interactions")]
    public double Regularization { get; init; } = 200;

    /// <summary>Whether every interaction counts 1, whatever its weight.</summary>
    /// <value>Default: true.</value>
    [Description("Whether every interaction counts 1, whatever its weight")]
    public bool Binary { get; init; } = true;
}
