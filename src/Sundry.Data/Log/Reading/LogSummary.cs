namespace Sundry.Data;

/// <summary>What was found in a log, and what was left out of it.</summary>
public sealed record LogSummary
{
    /// <summary>The events that are left to work with.</summary>
    public long Events { get; init; }

    /// <summary>The events of each type that occurs, in the order of <see cref="EventTypes"/>.</summary>
    public IReadOnlyDictionary<string, long> Types { get; init; } = new OrderedDictionary<string, long>();

    /// <summary>Users, those without an event among them.</summary>
    public int Users { get; init; }

    /// <summary>Items, those without an event among them.</summary>
    public int Items { get; init; }

    /// <summary>Visits.</summary>
    public int Sessions { get; init; }

    /// <summary>When the first event happened; null where there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>When the last event happened; null where there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Rows of events that were read.</summary>
    public long RowsRead { get; init; }

    /// <summary>Events left out because an earlier row has their id.</summary>
    public long Duplicates { get; init; }

    /// <summary>Events that stood behind a newer one in their file, and were put in order.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Those of them that stood behind one newer by more than <see cref="LogOptions.LateAfter"/>.</summary>
    public long Late { get; init; }

    /// <summary>The most seconds by which an event stood behind a newer one.</summary>
    public double LatestBySeconds { get; init; }

    /// <summary>Events ahead of this machine's clock, by no more than <see cref="LogOptions.ClockSkew"/>.</summary>
    public long AheadOfClock { get; init; }

    /// <summary>Events left out because they are from <see cref="LogOptions.Until"/> or later.</summary>
    public long AfterUntil { get; init; }

    /// <summary>Events left out for their unknown type.</summary>
    public long UnknownTypes { get; init; }

    /// <summary>Events about items that the catalogue lacks: left out, or their items created, as <see cref="LogOptions.OnUnknownItem"/> says.</summary>
    public long UnknownItems { get; init; }

    /// <summary>Events of users whom the customers' table lacks: left out, or the users created, as <see cref="LogOptions.OnUnknownUser"/> says.</summary>
    public long UnknownUsers { get; init; }

    /// <summary>Purchases of a negative quantity that became returns.</summary>
    public long ReturnsByQuantity { get; init; }

    /// <summary>Returns of an item that the user (or visit) had not bought in the log before.</summary>
    public long ReturnsUnmatched { get; init; }

    /// <summary>Users and visits left out for having more events in an hour than <see cref="LogOptions.Bots"/> allows.</summary>
    public int Bots { get; init; }

    /// <summary>Their events.</summary>
    public long BotEvents { get; init; }

    /// <summary>Bad rows that were left out, of all tables.</summary>
    public long RowsRefused { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RefusedRow> Refused { get; init; } = [];

    /// <summary>Items in the catalogue.</summary>
    public int CatalogueItems { get; init; }

    /// <summary>Users in the customers' table.</summary>
    public int ListedUsers { get; init; }

    /// <summary>Further rows of the catalogue and of the customers' table about one that was listed before; the first row holds.</summary>
    public long ListedTwice { get; init; }

    /// <summary>Columns of the catalogue.</summary>
    public IReadOnlyList<string> ItemColumns { get; init; } = [];

    /// <summary>Columns of the customers' table.</summary>
    public IReadOnlyList<string> UserColumns { get; init; } = [];

    /// <summary>Further columns of the events.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>Categories that have a parent.</summary>
    public int Categories { get; init; }

    /// <summary>Pairs of friends.</summary>
    public int Friends { get; init; }

    /// <summary>Rows of the stock's table about items of the log.</summary>
    public int Stock { get; init; }

    /// <summary>How long the reading took.</summary>
    public double Seconds { get; init; }
}
