using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>Which rows are made from a log. In short form their kind alone, <c>rows: impressions</c>.</summary>
[ConfigShorthand(nameof(Kind))]
public sealed class RowsOptions : IConfigChecked
{
    /// <summary>impressions, views, users, item_days, reviews, or a type of event.</summary>
    [Required]
    [Description("impressions, views, reviews or the name of another type of event: a row for each; users: a row for each active user and period; item_days: a row for each active item and day")]
    public string Kind { get; init; } = "";

    /// <summary>The length of a period.</summary>
    /// <value>Default: auto, 28 days for users and a day for item_days.</value>
    [ConfigNull("auto")]
    [Description("How far apart the rows of a user or an item are, such as 7d; auto: 28d for users, 1d for item_days")]
    public string? Every { get; init; }

    /// <summary>How long before a period's beginning an event makes its user or item active.</summary>
    /// <value>Default: auto, the period's length for users and 28 days for item_days.</value>
    [ConfigNull("auto")]
    [Description("How long before its row a user or an item must have had an event; auto: as long as 'every' for users, 28d for item_days")]
    public string? Active { get; init; }

    /// <summary>Negatives that are drawn for each row, where the log does not say what was shown.</summary>
    /// <value>Default: none.</value>
    [Description("Rows that are drawn beside each event as negatives, where the log does not say what was shown: their number, or a map")]
    public NegativeOptions? Negatives { get; init; }

    /// <summary><see cref="Every"/> in milliseconds, auto being resolved.</summary>
    internal long EveryMilliseconds => Duration.Parse(Every ?? (Kind == "users" ? "28d" : "1d"), "rows.every");

    /// <summary><see cref="Active"/> in milliseconds, auto being resolved.</summary>
    internal long ActiveMilliseconds => Active is { } active ? Duration.Parse(active, "rows.active") : Kind == "users" ? EveryMilliseconds : 28 * Duration.Day;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        bool period = Kind is "users" or "item_days";
        foreach (var (name, text) in new[] { (nameof(Every), Every), (nameof(Active), Active) })
        {
            if (text is null) continue;
            if (!period) yield return (name, $"'{name.ToLowerInvariant()}' is for users and item_days; remove it");
            else if (!Duration.TryParse(text, out _)) yield return (name, Duration.Problem(text));
        }

        if (period && Negatives is not null) yield return (nameof(Negatives), "negatives are drawn beside events; remove 'negatives', or let rows be events");
    }
}
