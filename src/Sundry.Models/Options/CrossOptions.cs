using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Models;

/// <summary>The cross layers of a <see cref="Interaction.Dcn"/>.</summary>
public sealed record CrossOptions
{
    /// <summary>Cross layers, one upon the other.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 32)]
    [Description("Cross layers, one upon the other; each raises the order of the products by one")]
    public int Layers { get; init; } = 2;

    /// <summary>Rank of each layer's matrix; 0 for a full one.</summary>
    /// <value>Default: 0.</value>
    [Range(0, 65536)]
    [Description("Rank of each layer's matrix, W = U V; a quarter of the features' width is usual, 0 for a full matrix")]
    public int Rank { get; init; }
}
