using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>Who is taken for a program. In short form the number alone: <c>bots: 600</c>.</summary>
[ConfigShorthand(nameof(EventsPerHour))]
public sealed class BotOptions
{
    /// <summary>Whoever has more events than this within any hour is left out with all of them.</summary>
    [Required]
    [Range(1, int.MaxValue)]
    [Description("Whoever has more events than this within any 60 minutes is left out, with all events")]
    public int EventsPerHour { get; init; }
}
