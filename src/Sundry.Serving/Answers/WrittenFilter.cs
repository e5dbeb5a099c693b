using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A <see cref="FilterRule"/> as it is written.</summary>
[ConfigShorthand(nameof(Where))]
public sealed record WrittenFilter
{
    /// <summary>Which items are left out.</summary>
    [Required]
    [Description("Which items are left out")]
    public string Where { get; init; } = "";

    /// <summary>Whether it may give way rather than leave an answer without items.</summary>
    [Description("Whether it may give way rather than leave an answer without items")]
    public bool Soft { get; init; }
}
