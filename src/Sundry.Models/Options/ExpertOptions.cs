using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The experts that tasks mix.</summary>
public sealed record ExpertOptions : IConfigChecked
{
    /// <summary>Experts of mmoe, omoe and dselect_k, all of them shared.</summary>
    /// <value>Default: 8.</value>
    [Range(1, 1024)]
    [Description("Experts of mmoe, omoe and dselect_k, all of them shared")]
    public int Count { get; init; } = 8;

    /// <summary>Experts that all tasks share, a level (cgc, ple, stem).</summary>
    /// <value>Default: 2.</value>
    [Range(0, 1024)]
    [Description("Experts that all tasks share, a level (cgc, ple, stem)")]
    public int Shared { get; init; } = 2;

    /// <summary>Experts of each task alone, a level (cgc, ple, stem).</summary>
    /// <value>Default: 2.</value>
    [Range(0, 1024)]
    [Description("Experts of each task alone, a level (cgc, ple, stem)")]
    public int Own { get; init; } = 2;

    /// <summary>Extraction levels (ple, stem).</summary>
    /// <value>Default: 2.</value>
    [Range(1, 32)]
    [Description("Extraction levels (ple, stem)")]
    public int Levels { get; init; } = 2;

    /// <summary>Layers of each expert.</summary>
    /// <value>Default: [32].</value>
    [Description("Layers of each expert")]
    public IReadOnlyList<int> Layers { get; init; } = [32];

    /// <summary>Hidden layers of each gate.</summary>
    /// <value>Default: none; a gate is linear, as in the papers of mmoe and ple.</value>
    [Description("Hidden layers of each gate; none for a linear one, as in the papers of mmoe and ple")]
    public IReadOnlyList<int> Gate { get; init; } = [];

    /// <summary>Experts that a gate uses for a row; the others are left out of it. dselect_k takes 2 for 0.</summary>
    /// <value>Default: 0, all of them.</value>
    [Range(0, 1024)]
    [Description("Experts that a gate uses for a row, 0 for all; dselect_k takes 2 for 0")]
    public int Top { get; init; }

    /// <summary>Weight of the squared coefficient of variation of each gate's use of its experts, which keeps experts from being left unused.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of a term that keeps each gate from leaving experts unused, such as 0.01 with 'top'; 0 for none")]
    public double LoadBalance { get; init; }

    /// <summary>Weight of the entropy of a dselect_k's choices.</summary>
    /// <value>Default: 0.001.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the entropy of the choices, which makes them decided (dselect_k)")]
    public double Entropy { get; init; } = 1e-3;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Layers.Count == 0 || Layers.Any(units => units is < 1 or > 65536))
            yield return (nameof(Layers), "an expert has at least one layer, each of 1 to 65536 units");
        if (Gate.Any(units => units is < 1 or > 65536)) yield return (nameof(Gate), "a layer has from 1 to 65536 units");
        if (Shared + Own < 1) yield return (nameof(Shared), "'shared' and 'own' cannot both be 0: a task would have no expert");
    }
}
