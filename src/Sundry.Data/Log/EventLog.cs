namespace Sundry.Data;

/// <summary>
/// What happened in a shop, in order of time; events of one moment in the order of the file. Beside it what is known of items and users, whose numbers the events hold.
/// </summary>
public sealed class EventLog
{
    private readonly ShopEvent[] _events;

    /// <summary>A log of these events.</summary>
    /// <param name="events">The events, in order of time.</param>
    public EventLog(ShopEvent[] events)
        : this(events, (events ?? throw new ArgumentNullException(nameof(events))).Length)
    {
    }

    /// <summary>A log of the first <paramref name="count"/> events of an array that has room for more.</summary>
    internal EventLog(ShopEvent[] events, int count) => (_events, Count) = (events, count);

    /// <summary>How many events there are.</summary>
    public int Count { get; }

    /// <summary>The types of events.</summary>
    public EventTypes Types { get; init; } = new();

    /// <summary>The users that events or the customers' file name.</summary>
    public Names Users { get; init; } = new();

    /// <summary>The items that events or the catalogue name.</summary>
    public Names Items { get; init; } = new();

    /// <summary>The visits.</summary>
    public Names Sessions { get; init; } = new();

    /// <summary>The places in the shop.</summary>
    public Names Scenarios { get; init; } = new();

    /// <summary>The answers that items were shown in.</summary>
    public Names Recommendations { get; init; } = new();

    /// <summary>Reviews and queries.</summary>
    public Names Texts { get; init; } = new();

    /// <summary>Further columns of the events, one number an event.</summary>
    public IReadOnlyList<NamedColumn> Context { get; init; } = [];

    /// <summary>The events' ids, one number an event; null where they were not kept.</summary>
    public NamedColumn? Ids { get; init; }

    /// <summary>What the catalogue says of each item.</summary>
    public IReadOnlyList<NamedColumn> ItemColumns { get; init; } = [];

    /// <summary>What is known of each user.</summary>
    public IReadOnlyList<NamedColumn> UserColumns { get; init; } = [];

    /// <summary>For each category its parent, by name; a category that is not listed is a root.</summary>
    public IReadOnlyDictionary<string, string> CategoryParents { get; init; } = new Dictionary<string, string>();

    /// <summary>Pairs of users who are friends, each pair once.</summary>
    public IReadOnlyList<(int User, int Friend)> Friends { get; init; } = [];

    /// <summary>What was delivered, or what is left; null where the log does not say.</summary>
    public IReadOnlyList<StockRow>? Stock { get; init; }

    /// <summary>Copies events, from <paramref name="start"/> on, as many as there are and fit; returns how many.</summary>
    public int Read(int start, Span<ShopEvent> into)
    {
        int count = Math.Min(into.Length, Count - start);
        _events.AsSpan(start, count).CopyTo(into);
        return count;
    }
}
