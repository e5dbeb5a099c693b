namespace Sundry.Data;

/// <summary>
/// Neighbours, advanced event by event. What an event adds is written to the nodes that will see it (a user's friends, the items of the same basket, the brand), so that a row
/// reads one node, however many friends there are.
/// </summary>
internal sealed class NeighbourStore
{
    // an item is taken together with at most so many items before it
    private const int Basket = 16;

    private readonly Neighbours _of;
    private readonly ulong _events;
    private readonly ulong _seed;
    private readonly NamedColumn? _attribute;
    private readonly Names _names;
    private readonly IFriends? _friends;
    private readonly EdgeTable<Edge> _nodes;
    private readonly EdgeTable<Edge> _users = new(Basket);
    private readonly EdgeTable<Edge> _sessions = new(Basket);
    // what each user took, where friends may change: what they see follows from it
    private readonly EdgeTable<OrderedEdge>? _own;
    private readonly Edge[] _basket = new Edge[Basket];
    private long _order;

    /// <summary>No edges yet.</summary>
    /// <param name="of">What is kept.</param>
    /// <param name="known">The types of events, friends and the catalogue.</param>
    /// <param name="friends">Friends who come and go; null: those of the log.</param>
    /// <exception cref="InputException">The log has no such event, no friends or no such column; or friends come and go and a random sample is asked for.</exception>
    public NeighbourStore(Neighbours of, EventLog known, FriendLists? friends = null)
    {
        _of = of;
        _events = CounterPlan.Mask(of.Events, of.Name, known.Types);
        _seed = of.Seed;
        _nodes = new EdgeTable<Edge>(of.Length);
        if (of.Edges == EdgeKind.Friends && friends is not null)
        {
            if (of.Sample == EdgeSample.Random) throw new InputException($"features.{of.Name} draws a random sample of what friends took, which cannot be kept while friendships change; train with 'sample: recent'");
            _friends = friends;
            _own = new EdgeTable<OrderedEdge>(of.Length);
        }
        else if (of.Edges == EdgeKind.Friends)
        {
            if (known.Friends.Count == 0) throw new InputException($"features.{of.Name} follows friends, and the log knows none; name their table as data.log.friends, or remove the feature");
            _friends = new FriendGraph(known.Friends);
        }
        else if (of.Edges is EdgeKind.Brand or EdgeKind.Category)
        {
            var column = of.Edges == EdgeKind.Brand ? "brand" : "category";
            _attribute = known.ItemColumns.FirstOrDefault(c => c.Name == column)
                ?? throw new InputException($"features.{of.Name} follows edges of the {column}, and the catalogue has no column '{column}'; name a catalogue that has one as data.log.items, or remove the feature");
        }

        _names = of.Edges switch
        {
            EdgeKind.Friends => known.Users,
            EdgeKind.Together => known.Items,
            _ => _attribute!.Values,
        };
    }

    /// <summary>The most items of a row.</summary>
    public int Length => _of.Length;

    /// <summary>Adds an event about an item.</summary>
    public void Add(in ShopEvent e, uint time)
    {
        if ((_events >> e.Type & 1) == 0) return;
        var edge = new Edge(e.Item, time);
        switch (_of.Edges)
        {
            case EdgeKind.Friends:
                if (e.User < 0) return;
                _own?.AddRecent(e.User, new OrderedEdge(e.Item, time, ++_order));
                foreach (int friend in _friends!.Of(e.User)) Add(friend, edge);
                return;
            case EdgeKind.Together:
                if (e.User >= 0) Join(_users, e.User, edge);
                else if (e.Session >= 0) Join(_sessions, e.Session, edge);
                return;
            default:
                if (_attribute![e.Item] is >= 0 and var text) Add(text, edge);
                return;
        }
    }

    /// <summary>The items beside a row, the oldest edge first; returns how many. The row's item is not among those of its own brand and category.</summary>
    public int Read(int user, int item, uint now, Span<int> into)
    {
        int node = _of.Edges switch
        {
            EdgeKind.Friends => user,
            EdgeKind.Together => item,
            _ => item < 0 ? -1 : _attribute![item],
        };
        if (node < 0) return 0;
        var edges = _nodes.Of(node);
        uint window = (uint)Math.Min(uint.MaxValue, _of.Window / 1000);
        Span<long> order = _of.Sample == EdgeSample.Random && edges.Length <= 1024 ? stackalloc long[edges.Length] : _of.Sample == EdgeSample.Random ? new long[edges.Length] : default;
        for (int i = 0; i < order.Length; i++) order[i] = (long)edges[i].Time << 16 | (uint)i;
        order.Sort();
        int count = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            ref readonly var edge = ref edges[order.IsEmpty ? i : (int)(order[i] & 0xffff)];
            if ((window > 0 && now - Math.Min(now, edge.Time) > window) || (_attribute is not null && edge.Item == item)) continue;
            into[count++] = edge.Item;
        }

        return count;
    }

    /// <summary>A user's friends have changed by these: all see at once what they would if that had always been so.</summary>
    public void Refold(int user, ReadOnlySpan<int> changed)
    {
        if (_own is null) return;
        bool sees = false;
        foreach (int friend in changed)
        {
            sees |= !_own.Of(friend).IsEmpty;
            if (!_own.Of(user).IsEmpty) Refold(friend);
        }

        if (sees) Refold(user);
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var table in new[] { _nodes, _users, _sessions }) table.Save(writer);
        writer.Write(_order);
        _own?.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        foreach (var table in new[] { _nodes, _users, _sessions }) table.Load(reader);
        _order = reader.ReadInt64();
        _own?.Load(reader);
    }

    // the newest of all that friends took, each item once, are among the newest that each of them took
    private void Refold(int user)
    {
        var all = new List<OrderedEdge>();
        foreach (int friend in _friends!.Of(user)) all.AddRange(_own!.Of(friend));
        all.Sort(static (a, b) => b.Order.CompareTo(a.Order));
        _nodes.Set(user, [.. all.DistinctBy(static edge => edge.Item).Take(_of.Length).Reverse().Select(static edge => new Edge(edge.Item, edge.Time))]);
    }

    // every two items of a basket are neighbours of each other
    private void Join(EdgeTable<Edge> baskets, int who, in Edge edge)
    {
        var before = baskets.Of(who);
        before.CopyTo(_basket);
        uint within = (uint)Math.Min(uint.MaxValue, _of.Within / 1000);
        foreach (var other in _basket.AsSpan(0, before.Length))
        {
            if (other.Item == edge.Item || edge.Time - Math.Min(edge.Time, other.Time) > within) continue;
            Add(edge.Item, other with { Time = edge.Time });
            Add(other.Item, edge);
        }

        baskets.AddRecent(who, edge);
    }

    private void Add(int node, in Edge edge)
    {
        if (_of.Sample == EdgeSample.Recent) _nodes.AddRecent(node, edge);
        // drawn by the node's name, since its number is another in every log and in every server
        else _nodes.AddRandom(node, edge, ByteHash.Of(_names[node], _seed));
    }
}
