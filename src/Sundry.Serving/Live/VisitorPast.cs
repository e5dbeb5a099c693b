using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A visitor's last events about items, at most so many: what an answer must know of them follows from these alone, whether they came one by one or were read from the store.</summary>
internal sealed class VisitorPast(int most)
{
    private Entry[] _entries = [];
    private int _first;
    private int _count;
    private long _last;

    /// <summary>The user's attributes, where they were asked for since they changed.</summary>
    public Facts? Facts { get; set; }

    /// <summary>What was made of it, as long as nothing new happened.</summary>
    public Visitor? Made { get; set; }

    public bool IsEmpty => _count == 0;

    /// <summary>Takes an event; one that is not after all before is there already.</summary>
    public void Add(long position, in ShopEvent e)
    {
        if (position <= _last) return;
        _last = position;
        Made = null;
        if (_count == most)
        {
            _entries[_first] = new Entry(e.Item, e.Type, e.Time, position);
            _first = (_first + 1) % most;
            return;
        }

        if (_count == _entries.Length) Array.Resize(ref _entries, Math.Min(most, Math.Max(4, 2 * _count)));
        _entries[_count++] = new Entry(e.Item, e.Type, e.Time, position);
    }

    /// <summary>The events, oldest first.</summary>
    public IEnumerable<Entry> Entries()
    {
        for (var i = 0; i < _count; i++) yield return _entries[(_first + i) % _entries.Length];
    }

    /// <summary>What follows from events for an answer.</summary>
    /// <param name="entries">The events, oldest first.</param>
    /// <param name="user">The user's number, or -1.</param>
    /// <param name="facts">The user's attributes.</param>
    public static Visitor Make(IEnumerable<Entry> entries, int user, Facts facts)
    {
        var (items, seen, bought) = (new List<int>(), new HashSet<int>(), new Dictionary<int, long>());
        var all = entries.ToList();
        for (var i = all.Count - 1; i >= 0; i--)
            if (all[i].Type is not (EventTypes.Remove or EventTypes.Return) && seen.Add(all[i].Item)) items.Add(all[i].Item);
        foreach (var e in all)
        {
            if (e.Type == EventTypes.Purchase) bought[e.Item] = e.Time;
            else if (e.Type == EventTypes.Return) bought.Remove(e.Item);
        }

        return new Visitor { User = user, Items = items, Seen = seen, Bought = bought, Facts = facts };
    }

    /// <summary>One of the events.</summary>
    internal readonly record struct Entry(int Item, byte Type, long Time, long Position);
}
