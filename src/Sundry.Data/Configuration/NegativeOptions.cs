using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>How negatives are drawn beside a log's events. In short form their number alone, <c>negatives: 4</c>.</summary>
[ConfigShorthand(nameof(Count))]
public sealed class NegativeOptions
{
    /// <summary>How many are drawn for each event.</summary>
    /// <value>Default: 4.</value>
    [Range(1, 1000)]
    [Description("How many rows are drawn for each event, of other items")]
    public int Count { get; init; } = 4;

    /// <summary>How items are drawn.</summary>
    /// <value>Default: uniform.</value>
    [Description("Which items are drawn, out of those that the log knew by then: uniform: each as often; popularity: as often as they had such events")]
    public NegativeRule By { get; init; } = NegativeRule.Uniform;
}
