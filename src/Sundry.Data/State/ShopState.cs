namespace Sundry.Data;

/// <summary>
/// What a shop's past says at a moment: counters and histories, advanced event by event and read in constant time. Whoever reads first and adds afterwards sees nothing but the
/// past; preparing samples and serving use this one class, so that both see the same bits. Memory is bounded by the numbers of users, items and categories, and by a fixed
/// number of pairs: of pairs beyond that the ones longest not seen are forgotten.
/// </summary>
public sealed class ShopState
{
    private const int Version = 3;
    private const int MostPairs = 1 << 21;

    private readonly CounterPlan _plan;
    private readonly DayCounters _days;
    private readonly DayCounters.KeyOf _key;
    private readonly NamedColumn? _categories;
    private readonly CategoryNodes? _tree;
    private readonly ITallies[] _tallies = new ITallies[CounterPlan.Kinds];
    private readonly HistoryStore[] _histories;
    private readonly ulong[] _historyEvents;
    private readonly NeighbourStore[] _neighbours;
    private readonly FriendLists? _friends;

    /// <summary>The state before the first event.</summary>
    /// <param name="counters">The counters to keep.</param>
    /// <param name="histories">The histories to keep.</param>
    /// <param name="known">The log's types of events and its catalogue; more users, items and categories than it has now may come.</param>
    /// <param name="mostPairs">How many places each of two generations of pairs has, a power of two.</param>
    /// <param name="neighbours">The neighbours to keep.</param>
    /// <param name="friendsChange">Whether friends come and go (<see cref="Befriend"/>), from none on; else they are the log's, for good.</param>
    /// <exception cref="InputException">A counter, a history or neighbours name a type of event that the log does not know, or edges that it does not have; or a random sample of what friends took where these change.</exception>
    public ShopState(IReadOnlyList<Counter> counters, IReadOnlyList<History> histories, EventLog known, int mostPairs = MostPairs, IReadOnlyList<Neighbours>? neighbours = null, bool friendsChange = false)
    {
        ArgumentNullException.ThrowIfNull(counters);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(known);
        if (mostPairs < 2 || !System.Numerics.BitOperations.IsPow2(mostPairs)) throw new ArgumentException("The number of places is no power of two.", nameof(mostPairs));
        _categories = SampleColumns.Category(known);
        _plan = new CounterPlan(counters, known.Types);
        if (counters.FirstOrDefault(static counter => counter.Tree) is { } byTree)
        {
            if (known.CategoryParents.Count == 0) throw new InputException($"features.{byTree.Name}.tree asks for a tree of categories, and the log has none; name its table as data.log.categories, or remove it");
            _tree = _categories is null ? null : new CategoryNodes(_categories, known.CategoryParents);
            _tree?.Grow();
        }

        _days = new DayCounters(counters, known.Types);
        _key = Key;
        for (int kind = 0; kind < _tallies.Length; kind++)
            _tallies[kind] = kind is (int)CounterOf.UserItem or (int)CounterOf.UserCategory || (kind == CounterPlan.UserTree && _plan.Width(kind) > 0) ? new PairTable(_plan.Width(kind), mostPairs) : new TallyTable(_plan.Width(kind));
        _histories = [.. histories.Select(history => new HistoryStore(history.Length))];
        _historyEvents = [.. histories.Select(history => CounterPlan.Mask(history.Events, history.Name, known.Types))];
        if (friendsChange && neighbours is not null && neighbours.Any(static one => one.Edges == EdgeKind.Friends)) _friends = new FriendLists();
        _neighbours = [.. (neighbours ?? []).Select(one => new NeighbourStore(one, known, _friends))];
    }

    /// <summary>How many events were added.</summary>
    public long Events { get; private set; }

    /// <summary>The time of the last event; events come in order of time.</summary>
    public long Time { get; private set; } = long.MinValue;

    /// <summary>Whether what friends took is kept, of friends who come and go.</summary>
    public bool HasFriends => _friends is not null;

    /// <summary>The friends, by pairs in the order of their numbers, the smaller first.</summary>
    public IEnumerable<(int User, int Friend)> Friends => _friends?.Pairs() ?? [];

    /// <summary>The friends of a user.</summary>
    public ReadOnlySpan<int> FriendsOf(int user) => _friends is null ? default : _friends.Of(user);

    /// <summary>Makes users friends of one, or undoes that. What all of them see is what they would if it had always been so: friendships have no date.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="friends">The others'.</param>
    /// <param name="are">Whether they are friends.</param>
    /// <returns>Whether any of it is new.</returns>
    public bool Befriend(int user, ReadOnlySpan<int> friends, bool are)
    {
        if (_friends is null) return false;
        var changed = new List<int>();
        foreach (int friend in friends)
            if (_friends.Set(user, friend, are)) changed.Add(friend);
        foreach (var neighbours in _neighbours) neighbours.Refold(user, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(changed));
        return changed.Count > 0;
    }

    /// <summary>As <see cref="Befriend"/> of many who are friends, for a state that was loaded and knew them already.</summary>
    public void Recall(IEnumerable<(int User, int Friend)> friends)
    {
        ArgumentNullException.ThrowIfNull(friends);
        foreach (var (user, friend) in friends) _friends?.Set(user, friend, are: true);
    }

    /// <summary>Adds an event to the past.</summary>
    public void Add(in ShopEvent e)
    {
        Events++;
        Time = Math.Max(Time, e.Time);
        uint time = Tally.Seconds(e.Time);
        for (int kind = 0; kind < CounterPlan.Tree; kind++)
        {
            var adds = _plan.Adds[kind][e.Type];
            if (adds.Length > 0 && Key(kind, CategoryLevel.Own, e.User, e.Item) is >= 0 and var key) Add(e, time, adds, _tallies[kind].Of(key));
        }

        _tree?.Grow();
        if (_tree is not null) AddToTree(e, time);
        _days.Add(e, _key, _tree);
        if (e.Item < 0) return;
        foreach (var neighbours in _neighbours) neighbours.Add(e, time);
        if (e.User < 0) return;
        for (int i = 0; i < _histories.Length; i++)
            if ((_historyEvents[i] >> e.Type & 1) == 1) _histories[i].Add(e.User, new PastEvent(e.Item, time, e.Type));
    }

    /// <summary>Reads every counter as it is for this user and item; NaN where it says nothing: a last value, a mean or a time of no event, a counter of a user that is not known.</summary>
    /// <param name="user">The user, or -1.</param>
    /// <param name="item">The item, or -1.</param>
    /// <param name="time">The moment, in Unix milliseconds, not before <see cref="Time"/>.</param>
    /// <param name="values">[counters] receives them.</param>
    public void Read(int user, int item, long time, Span<float> values) => Read(user, item, time, values, itemsAlone: false);

    /// <summary>As <see cref="Read(int, int, long, Span{float})"/>; with <paramref name="itemsAlone"/> counters that no item bears upon are left as they are, for another item of the same user and moment.</summary>
    internal void Read(int user, int item, long time, Span<float> values, bool itemsAlone)
    {
        uint now = Tally.Seconds(time);
        var shop = _tallies[(int)CounterOf.Shop].Find(0);
        var tallies = default(ReadOnlySpan<Tally>);
        var (kind, level) = (-1, CategoryLevel.Own);
        bool known = false;
        var reads = _plan.Reads;
        for (int i = 0; i < reads.Length; i++)
        {
            ref readonly var read = ref reads[i];
            if (read.Kind < 0) continue;
            if (itemsAlone && (CounterOf)read.Kind is CounterOf.User or CounterOf.Shop) continue;
            if (read.Kind != kind || read.Level != level)
            {
                (kind, level) = (read.Kind, read.Level);
                long key = Key(kind, level, user, item);
                known = key >= 0;
                tallies = known ? _tallies[kind].Find(key) : default;
            }

            values[i] = known ? Value(read, tallies, shop, now) : float.NaN;
        }

        _days.ReadAll(user, item, time, values, _key);
    }

    /// <summary>A number of an event; NaN where it has none.</summary>
    internal static float Field(in ShopEvent e, EventField field) => field switch
    {
        EventField.Value => e.Value,
        EventField.Quantity => e.Quantity,
        EventField.Price => e.Price,
        _ => e.Quantity * e.Price,
    };

    /// <summary>Copies a user's newest events of a history, the oldest of them first; returns how many.</summary>
    internal int Read(int history, int user, Span<PastEvent> into) => _histories[history].Read(user, into);

    /// <summary>Copies the items beside a user and an item at a moment, the oldest edge first; returns how many.</summary>
    internal int Neighbours(int place, int user, int item, long time, Span<int> into) => _neighbours[place].Read(user, item, Tally.Seconds(time), into);

    /// <summary>Writes the state.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write("sundry-state"u8);
        writer.Write(Version);
        writer.Write(Events);
        writer.Write(Time);
        for (int kind = 0; kind < _tallies.Length; kind++)
        {
            writer.Write(_plan.Width(kind));
            _tallies[kind].Save(writer);
        }

        _days.Save(writer);
        writer.Write(_histories.Length);
        foreach (var history in _histories) history.Save(writer);
        writer.Write(_neighbours.Length);
        foreach (var neighbours in _neighbours)
        {
            writer.Write(neighbours.Length);
            neighbours.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into a state of the same counters and histories. Friends who come and go are not in it: <see cref="Recall"/> them.</summary>
    /// <exception cref="InvalidDataException">It is no state, of another version or of other counters, or damaged.</exception>
    public void Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(12).AsSpan().SequenceEqual("sundry-state"u8)) throw new InvalidDataException("it is no state of a shop");
            if (reader.ReadInt32() is var version and not Version) throw new InvalidDataException($"the state is of version {version}, and this program reads version {Version}");
            Events = reader.ReadInt64();
            Time = reader.ReadInt64();
            for (int kind = 0; kind < _tallies.Length; kind++)
            {
                if (reader.ReadInt32() != _plan.Width(kind)) throw new InvalidDataException("the state is of other counters");
                _tallies[kind].Load(reader);
            }

            // what was numbered when it was saved has the same numbers now
            _tree?.Grow();
            _days.Load(reader);
            if (reader.ReadInt32() != _histories.Length) throw new InvalidDataException("the state is of other histories");
            foreach (var history in _histories) history.Load(reader);
            if (reader.ReadInt32() != _neighbours.Length) throw new InvalidDataException("the state is of other neighbours");
            foreach (var neighbours in _neighbours)
            {
                if (reader.ReadInt32() != neighbours.Length) throw new InvalidDataException("the state is of other neighbours");
                neighbours.Load(reader);
            }
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("the state is damaged: it is shorter than it says", e);
        }
    }

    private static float Value(in CounterRead read, ReadOnlySpan<Tally> tallies, ReadOnlySpan<Tally> shop, uint now)
    {
        var top = tallies.IsEmpty ? default : tallies[read.Top];
        switch (read.Measure)
        {
            case CounterMeasure.Since:
                return top.Time == 0 ? float.NaN : (now - Math.Min(now, top.Time)) / 3600f;
            case CounterMeasure.Last:
                return top.Time == 0 ? float.NaN : top.Sum;
        }

        float sum = top.At(now, read.Fading);
        if (read.Bottom < 0) return sum;
        float over = tallies.IsEmpty ? 0 : tallies[read.Bottom].At(now, read.Fading);
        if (read.Divided)
        {
            float rate = shop.IsEmpty ? 0 : shop[read.ShopTop].At(now, read.Fading) / (1 + shop[read.ShopBottom].At(now, read.Fading));
            return over + read.Prior > 0 ? (sum + read.Prior * rate) / (over + read.Prior) : float.NaN;
        }

        // what has faded to nothing has no mean
        return over > 1e-6f ? sum / over : float.NaN;
    }

    private static void Add(in ShopEvent e, uint time, CounterAdd[] adds, Span<Tally> tallies)
    {
        foreach (ref readonly var add in adds.AsSpan())
        {
            float amount = 1;
            if (add.Amount != CounterPlan.Amount.One)
            {
                float field = Field(e, add.Field);
                if (float.IsNaN(field)) continue;
                if (add.Amount == CounterPlan.Amount.Field) amount = field;
            }

            ref var tally = ref tallies[add.Slot];
            if (add.Sets) tally = new Tally { Sum = amount, Time = time };
            else tally.Add(amount, time, add.Fading);
        }
    }

    // the event's category and all above it
    private void AddToTree(in ShopEvent e, uint time)
    {
        var (adds, ofUser) = (_plan.Adds[CounterPlan.Tree][e.Type], _plan.Adds[CounterPlan.UserTree][e.Type]);
        if (adds.Length + ofUser.Length == 0) return;
        foreach (int node in _tree!.Of(e.Item))
        {
            if (adds.Length > 0) Add(e, time, adds, _tallies[CounterPlan.Tree].Of(node));
            if (ofUser.Length > 0 && e.User >= 0) Add(e, time, ofUser, _tallies[CounterPlan.UserTree].Of(Pair(e.User, node)));
        }
    }

    private long Key(int kind, CategoryLevel level, int user, int item)
    {
        if (kind >= CounterPlan.Tree)
        {
            int node = _tree?.Of(item, level) ?? -1;
            return node < 0 ? -1 : kind == CounterPlan.Tree ? node : user < 0 ? -1 : Pair(user, node);
        }

        switch ((CounterOf)kind)
        {
            case CounterOf.User: return user;
            case CounterOf.Item: return item;
            case CounterOf.Shop: return 0;
            case CounterOf.UserItem: return user < 0 || item < 0 ? -1 : Pair(user, item);
        }

        int category = _categories is null || item < 0 ? -1 : _categories[item];
        return category < 0 ? -1 : (CounterOf)kind == CounterOf.Category ? category : user < 0 ? -1 : Pair(user, category);
    }

    private static long Pair(int user, int other) => ((long)user << 32) | (uint)other;
}
