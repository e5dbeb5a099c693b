using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>
/// The section <c>data.log</c>: a shop's events, with what is known of its items and customers. What happens to rows that cannot be used is for <see cref="DataOptions.OnBadRow"/> to say.
/// In short form the files of events alone, <c>log: events.csv</c>.
/// </summary>
[ConfigShorthand(nameof(Events))]
public sealed record LogOptions : IConfigChecked
{
    /// <summary>The tables of events: a path or glob, a map, or a list of both.</summary>
    [Required]
    [Description("The events: a path or glob, a map such as {files: views.csv, type: view} or {database: shop.db, query: SELECT …}, or a list of these")]
    public IReadOnlyList<LogEventsOptions> Events { get; init; } = [];

    /// <summary>What the tables of events call our columns: our name to theirs.</summary>
    /// <value>Default: none, every column has our name.</value>
    [Description("What the events call our columns (id, type, user, session, item, time, quantity, price, value, position, scenario, recommendation, text): our name to theirs")]
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>What the tables of events call types: their word to ours.</summary>
    /// <value>Default: none, every type has our name.</value>
    [Description("What the events call types: their word to ours, such as {addtocart: cart, transaction: purchase}; a type of the shop's own is named here too")]
    public IReadOnlyDictionary<string, string> Types { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>The type of every row, for a log of one kind of events.</summary>
    /// <value>Default: none; the column <c>type</c> says it.</value>
    [Description("The type of every row, for a log of one kind of events; otherwise the column 'type' says it")]
    public string? Type { get; init; }

    /// <summary>How times are written: <c>auto</c>, <c>iso</c>, <c>unix</c> (seconds), <c>unix_ms</c>, or a .NET format. Without an offset they are UTC.</summary>
    /// <value>Default: auto, which goes by each text.</value>
    [Description("How times are written: auto, iso, unix (seconds), unix_ms, or a .NET format such as dd.MM.yyyy HH:mm; UTC unless the text has an offset")]
    public string TimeFormat { get; init; } = "auto";

    /// <summary>The catalogue; its column <c>item</c> is the key.</summary>
    /// <value>Default: none.</value>
    [Description("The catalogue: a table with the column 'item' and any others, such as category, brand and price")]
    public LogTableOptions? Items { get; init; }

    /// <summary>The customers; their column <c>user</c> is the key.</summary>
    /// <value>Default: none.</value>
    [Description("The customers: a table with the column 'user' and any others")]
    public LogTableOptions? Users { get; init; }

    /// <summary>Who is whose friend, in the columns <c>user</c> and <c>friend</c>; each pair may stand once or both ways.</summary>
    /// <value>Default: none.</value>
    [Description("Who is whose friend: a table with the columns 'user' and 'friend', each pair once or both ways")]
    public LogTableOptions? Friends { get; init; }

    /// <summary>The tree of categories, in the columns <c>category</c> and <c>parent</c>.</summary>
    /// <value>Default: none, no category has a parent.</value>
    [Description("The tree of categories: a table with the columns 'category' and 'parent'; a root's parent is empty")]
    public LogTableOptions? Categories { get; init; }

    /// <summary>Deliveries in the columns <c>item</c>, <c>time</c> and <c>quantity</c>; without a time what is left now. Lists leave out what is sold out.</summary>
    /// <value>Default: none; the catalogue's column <c>stock</c> then says it, if there is one.</value>
    [Description("Deliveries: a table with the columns 'item', 'time' and 'quantity', of which purchases are taken; without 'time': what is left. 'recommend lists' leaves out what is sold out")]
    public LogTableOptions? Stock { get; init; }

    /// <summary>Further columns of the events that are kept.</summary>
    /// <value>Default: auto, all of them.</value>
    [ConfigNull("auto")]
    [Description("Further columns of the events that are kept; auto: all of them")]
    public IReadOnlyList<string>? Context { get; init; }

    /// <summary>What happens to an event about an item that the catalogue lacks.</summary>
    /// <value>Default: create.</value>
    [Description("An event about an item that the catalogue lacks: create the item, leave the event out and count it, or refuse it as a bad row")]
    public UnknownRule OnUnknownItem { get; init; } = UnknownRule.Create;

    /// <summary>What happens to an event of a user that the customers' table lacks.</summary>
    /// <value>Default: create.</value>
    [Description("An event of a user whom the customers' table lacks: create the user, leave the event out and count it, or refuse it as a bad row")]
    public UnknownRule OnUnknownUser { get; init; } = UnknownRule.Create;

    /// <summary>What happens to an event whose type is neither one of ours nor in <see cref="Types"/>.</summary>
    /// <value>Default: refuse.</value>
    [Description("An event whose type is neither one of ours nor in 'types': create the type, leave the event out and count it, or refuse it as a bad row")]
    public UnknownRule OnUnknownType { get; init; } = UnknownRule.Refuse;

    /// <summary>What a purchase of a negative quantity is.</summary>
    /// <value>Default: refuse.</value>
    [Description("A purchase of a negative quantity: a return of as many, or a bad row")]
    public QuantityRule NegativeQuantity { get; init; } = QuantityRule.Refuse;

    /// <summary>How far ahead of this machine's clock an event's time may be; a later one is a bad row.</summary>
    /// <value>Default: 5m.</value>
    [Description("How far ahead of this machine's clock an event may be, such as 30s, 5m, 2h or 1d; a later one is a bad row")]
    public string ClockSkew { get; init; } = "5m";

    /// <summary>How far an event may stand behind a newer one in its file before it is counted as late. Late events are put in order like all others.</summary>
    /// <value>Default: 1h.</value>
    [Description("How far an event may stand behind a newer one in its file before it is counted as late; all are put in order of time")]
    public string LateAfter { get; init; } = "1h";

    /// <summary>Events from this time on are left out and counted.</summary>
    /// <value>Default: none.</value>
    [Description("Events from this time on are left out and counted, such as 2024-12-31")]
    public string? Until { get; init; }

    /// <summary>Who is taken for a program and left out.</summary>
    /// <value>Default: nobody.</value>
    [Description("Who is taken for a program and left out, with all events")]
    public BotOptions? Bots { get; init; }

    /// <summary>All tables that it is read from.</summary>
    internal IEnumerable<LogTableOptions> Tables => [.. Events, .. new[] { Items, Users, Friends, Categories, Stock }.OfType<LogTableOptions>()];

    /// <summary>The same log with its paths as <paramref name="move"/> has them.</summary>
    /// <param name="move">Gives a path its new form.</param>
    public LogOptions Moved(Func<string, string> move) => this with
    {
        Events = [.. Events.Select(table => (LogEventsOptions)table.Moved(move))],
        Items = Items?.Moved(move),
        Users = Users?.Moved(move),
        Friends = Friends?.Moved(move),
        Categories = Categories?.Moved(move),
        Stock = Stock?.Moved(move),
    };

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Events.Count == 0) yield return (nameof(Events), "'events' names no table; give a path, a glob, a query, or a list of them");
        foreach (var format in Events.Select(table => table.TimeFormat).Append(TimeFormat).OfType<string>())
            if (EventTime.Explain(format) is { } reason) yield return (nameof(TimeFormat), reason);
        if (!Duration.TryParse(ClockSkew, out _, least: 0)) yield return (nameof(ClockSkew), Duration.Problem(ClockSkew));
        if (!Duration.TryParse(LateAfter, out _, least: 0)) yield return (nameof(LateAfter), Duration.Problem(LateAfter));
        if (Until is not null && !TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(Until), out _)) yield return (nameof(Until), $"'{Until}' is no time; write {TimeText.Forms}");
    }
}
