using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Serving;

/// <summary>A <see cref="CapRule"/> as it is written.</summary>
public sealed record WrittenCap
{
    /// <summary>The items' attribute.</summary>
    [Required]
    [Description("The items' attribute")]
    public string By { get; init; } = "";

    /// <summary>How many.</summary>
    [Required]
    [Range(1, RankRequest.MostItems)]
    [Description("How many items of one value")]
    public int AtMost { get; init; } = 1;
}
