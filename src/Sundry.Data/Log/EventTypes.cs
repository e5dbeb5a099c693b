namespace Sundry.Data;

/// <summary>The types of events: those that every shop knows, in a fixed order, then a shop's own.</summary>
public sealed class EventTypes
{
    /// <summary>An item was shown.</summary>
    public const byte Impression = 0;

    /// <summary>An item's page was opened.</summary>
    public const byte View = 1;

    /// <summary>An item that was shown was clicked.</summary>
    public const byte Click = 2;

    /// <summary>An item was put into the cart.</summary>
    public const byte Cart = 3;

    /// <summary>An item was taken out of the cart.</summary>
    public const byte Remove = 4;

    /// <summary>An item was bought.</summary>
    public const byte Purchase = 5;

    /// <summary>An item that was bought came back.</summary>
    public const byte Return = 6;

    /// <summary>An item was rated; the event's value is the rating.</summary>
    public const byte Rating = 7;

    /// <summary>An item was written about; the event's value may be a rating.</summary>
    public const byte Review = 8;

    /// <summary>Something was searched for; the event's text is the query.</summary>
    public const byte Search = 9;

    /// <summary>An item's page was looked at for a while; the event's value is the seconds.</summary>
    public const byte Dwell = 10;

    /// <summary>The most types that a log may have, its own included.</summary>
    public const int Most = 64;

    private readonly List<string> _names = ["impression", "view", "click", "cart", "remove", "purchase", "return", "rating", "review", "search", "dwell"];

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The type's number, or -1.</summary>
    public int Find(string name) => _names.IndexOf(name);

    /// <summary>The type's number, a new one for a shop's own type; -1 where there are <see cref="Most"/> already.</summary>
    public int FindOrAdd(string name)
    {
        if (Find(name) is var known and >= 0) return known;
        if (_names.Count == Most) return -1;
        _names.Add(name);
        return _names.Count - 1;
    }
}
