using System.ComponentModel;

namespace Sundry.Data;

/// <summary>
/// One table of events. What it does not say of types and times is as <see cref="LogOptions"/> says; its columns are looked up here first. In short form its files alone.
/// </summary>
[ConfigShorthand(nameof(Files))]
public sealed record LogEventsOptions : LogTableOptions
{
    /// <summary>What the table calls types of events: its word to ours.</summary>
    /// <value>Default: none; the log's own map holds.</value>
    [Description("What the table calls types of events: its word to ours, such as {addtocart: cart}; beside those of data.log.types")]
    public IReadOnlyDictionary<string, string> Types { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>The type of every row, for a table of one kind of events.</summary>
    /// <value>Default: none; the column <c>type</c> says it.</value>
    [Description("The type of every row, for a table of one kind of events; otherwise its column says it")]
    public string? Type { get; init; }

    /// <summary>How times are written, as <see cref="LogOptions.TimeFormat"/>.</summary>
    /// <value>Default: as data.log.time_format says.</value>
    [Description("How times are written; without it as data.log.time_format says")]
    public string? TimeFormat { get; init; }
}
