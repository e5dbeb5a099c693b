using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The experts that tasks mix.</summary>
public sealed record ExpertOptions : IConfigChecked
{
    /// <summary>Experts of an mmoe, all of them shared.</summary>
    /// <value>Default: 8.</value>
    [Range(1, 1024)]
    [Description("Experts of an mmoe, all of them shared")]
    public int Count { get; init; } = 8;

    /// <summary>Experts that all tasks share, a level (cgc, ple).</summary>
    /// <value>Default: 2.</value>
    [Range(0, 1024)]
    [Description("Experts that all tasks share, a level (cgc, ple)")]
    public int Shared { get; init; } = 2;

    /// <summary>Experts of each task alone, a level (cgc, ple).</summary>
    /// <value>Default: 2.</value>
    [Range(0, 1024)]
    [Description("Experts of each task alone, a level (cgc, ple)")]
    public int Own { get; init; } = 2;

    /// <summary>Extraction levels of a ple.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 32)]
    [Description("Extraction levels of a ple")]
    public int Levels { get; init; } = 2;

    /// <summary>Layers of each expert.</summary>
    /// <value>Default: [32].</value>
    [Description("Layers of each expert")]
    public IReadOnlyList<int> Layers { get; init; } = [32];

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Layers.Count == 0 || Layers.Any(units => units is < 1 or > 65536))
            yield return (nameof(Layers), "an expert has at least one layer, each of 1 to 65536 units");
        if (Shared + Own < 1) yield return (nameof(Shared), "'shared' and 'own' cannot both be 0: a task would have no expert");
    }
}
