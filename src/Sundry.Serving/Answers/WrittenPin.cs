using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Serving;

/// <summary>A <see cref="PinRule"/> as it is written, with the item's id.</summary>
public sealed record WrittenPin
{
    /// <summary>The item's id.</summary>
    [Required]
    [Description("The item's id")]
    public string Item { get; init; } = "";

    /// <summary>Its place, from 1.</summary>
    [Required]
    [Range(1, RankRequest.MostItems)]
    [Description("Its place, from 1")]
    public int Place { get; init; } = 1;

    /// <summary>When; null: always.</summary>
    [Description("When: a condition on the item, the user and the request; always where it is left out")]
    public string? Where { get; init; }
}
