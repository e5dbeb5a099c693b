using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Serving;

/// <summary>A <see cref="BoostRule"/> as it is written.</summary>
public sealed record WrittenBoost
{
    /// <summary>The factor.</summary>
    [Required]
    [Range(1e-9, 1e9)]
    [Description("The factor: above 1 counts more, below 1 less")]
    public double Factor { get; init; } = 1;

    /// <summary>Which items.</summary>
    [Required]
    [Description("Which items")]
    public string Where { get; init; } = "";
}
