using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// The pasts of visitors who were asked for lately, at most so many. It is no more than a copy of what the store holds: whoever is not in it is read from there. Any number of threads may
/// look; the one that applies events does so while nobody looks.
/// </summary>
internal sealed class VisitorCache(int most)
{
    private readonly Dictionary<long, LinkedListNode<(long Key, VisitorPast Past)>> _known = [];
    private readonly LinkedList<(long Key, VisitorPast Past)> _order = new();     // who was not asked for longest first

    /// <summary>How many are in it.</summary>
    public int Count
    {
        get
        {
            lock (_order) return _known.Count;
        }
    }

    public static long OfUser(int user) => 2L * user;

    public static long OfVisit(int visit) => 2L * visit + 1;

    /// <summary>A visitor's past, or null where it must be read.</summary>
    public VisitorPast? Find(long key)
    {
        lock (_order)
        {
            if (!_known.TryGetValue(key, out var node)) return null;
            _order.Remove(node);
            _order.AddLast(node);
            return node.Value.Past;
        }
    }

    /// <summary>Keeps a past that was read; of two that were read at once the first.</summary>
    public VisitorPast Keep(long key, VisitorPast past)
    {
        lock (_order)
        {
            if (_known.TryGetValue(key, out var other)) return other.Value.Past;
            if (_known.Count >= most && _order.First is { } oldest)
            {
                _order.RemoveFirst();
                _known.Remove(oldest.Value.Key);
            }

            if (most > 0) _known.Add(key, _order.AddLast((key, past)));
            return past;
        }
    }

    /// <summary>Takes an event into account where its visitor is in it.</summary>
    public void Apply(long key, long position, in ShopEvent e)
    {
        if (_known.Count == 0 || e.Item < 0 || e.Type is EventTypes.Impression or EventTypes.Search) return;
        if (_known.TryGetValue(key, out var node)) node.Value.Past.Add(position, e);
    }

    /// <summary>A user's attributes have changed.</summary>
    public void ForgetFacts(int user)
    {
        if (_known.TryGetValue(OfUser(user), out var node)) (node.Value.Past.Facts, node.Value.Past.Made) = (null, null);
    }

    public void Forget(long key)
    {
        if (!_known.Remove(key, out var node)) return;
        _order.Remove(node);
    }
}
