using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How neighbours are found.</summary>
public sealed record NeighbourOptions
{
    /// <summary>The most similar ones that count.</summary>
    /// <value>Default: 100.</value>
    [Range(1, 100_000)]
    [Description("The most similar ones that count")]
    public int Neighbours { get; init; } = 100;

    /// <summary>Added to the product of the lengths below the fraction: likeness that few interactions speak for counts less.</summary>
    /// <value>Default: 10.</value>
    [Range(0, 1e9)]
    [Description("Added below the fraction of the cosine, so that likeness which few interactions speak for counts less")]
    public double Shrinkage { get; init; } = 10;

    /// <summary>The power of likeness that is summed; above 1 the nearest count more.</summary>
    /// <value>Default: 1.</value>
    [Range(0.1, 10)]
    [Description("The power of the likeness that is summed; above 1 the nearest count more")]
    public double Power { get; init; } = 1;

    /// <summary>Whether every interaction counts 1, whatever its weight.</summary>
    /// <value>Default: true.</value>
    [Description("Whether every interaction counts 1, whatever its weight")]
    public bool Binary { get; init; } = true;
}
