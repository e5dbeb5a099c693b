using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// What is known of a shop, by numbers: a fold of its store. Users and items are numbered in the order in which events name them or the shop describes them first; numbers are those of one memory,
/// and a rebuild makes another with numbers of its own. Attributes are as the shop described them last, for all events alike, as they are in training; where a category changes that events were counted
/// under, a rebuild is due (<see cref="IsStale"/>).
/// </summary>
public sealed class ShopMemory
{
    private readonly GrowingLog _log;
    private readonly RuleNames _names;
    private readonly EntityColumns _itemColumns;
    private readonly EntityColumns _userColumns;
    private readonly NamedColumn _categories;
    private readonly bool _ownCategories;
    private readonly VisitNumbers _visits;
    private readonly AttributeReader _reader = new();
    private readonly LiveFriends _friends;
    private readonly IEventFold[] _saved;
    // what the shop has described and nobody has numbered yet
    private readonly Dictionary<string, EntityRow> _newItems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityRow> _newUsers = new(StringComparer.Ordinal);
    private long[] _itemChanged = [];
    private float[] _catalogue = [];
    private float[] _told = [];

    internal ShopMemory(Encoder? encoder, LiveOptions options, RuleNames names)
    {
        Encoder = encoder;
        _names = names;
        _log = new GrowingLog(encoder);
        _itemColumns = new EntityColumns(_log, Known.ItemColumns);
        _userColumns = new EntityColumns(_log, Known.UserColumns);
        var categories = Known.ItemColumns.FirstOrDefault(c => c.Name == "category");
        (_categories, _ownCategories) = (categories ?? new NamedColumn("category", new Names(), []), categories is null);
        if (_log.HasRows) State = SampleEncoder.NewState(encoder!, Known, friendsChange: true);
        Popular = new PopularCounts("popular", options.Popularity);
        Trending = new PopularCounts("trending", options.Trends);
        CoVisited = new PairCounts("co_visited", options.CoVisited, () => Known.Items.Count);
        BoughtTogether = new PairCounts("bought_together", options.BoughtTogether, () => Known.Items.Count);
        New = new NewItems("new", options.NewItems);
        Sources = [new PopularSource(Popular), new PopularSource(Trending), new PairSource(CoVisited), new PairSource(BoughtTogether), New];
        Visitors = new VisitorCache(options.Visitors);
        _visits = new VisitNumbers(options.Visits);
        _friends = new LiveFriends(State, User);
        _saved = [new SavedNames(_log, _categories, this), _visits, new SavedState(State), _friends, Popular, Trending, CoVisited, BoughtTogether];
    }

    /// <summary>The encoder that the state is made for; null without one.</summary>
    public Encoder? Encoder { get; internal set; }

    /// <summary>Users, items, types of events and the columns that the encoder reads; they grow. It holds no events, visits, places, answers' ids and texts: see <see cref="SampleEncoder.Stranger"/>.</summary>
    public EventLog Known => _log.Known;

    /// <summary>Counters and histories; null without an encoder of a log's rows.</summary>
    public ShopState? State { get; }

    /// <summary>The items as they are now.</summary>
    public ItemShelf Shelf { get; } = new();

    /// <summary>Popular items, overall and by category.</summary>
    public PopularCounts Popular { get; }

    /// <summary>Items that are popular just now.</summary>
    public PopularCounts Trending { get; }

    /// <summary>Items that are visited together.</summary>
    public PairCounts CoVisited { get; }

    /// <summary>Items that are bought together.</summary>
    public PairCounts BoughtTogether { get; }

    /// <summary>The items that came last.</summary>
    public NewItems New { get; }

    /// <summary>The sources of all these: popular, trending, co_visited, bought_together, new.</summary>
    public IReadOnlyList<ICandidateSource> Sources { get; }

    /// <summary>The position up to which everything is in it.</summary>
    public long Position { get; private set; }

    /// <summary>The time of the latest event, Unix milliseconds; 0 before the first.</summary>
    public long Time { get; private set; }

    /// <summary>Events that it was told of.</summary>
    public long Events { get; private set; }

    /// <summary>Whether a category has changed under which events were counted, so that a rebuild would come to something else.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Whether a user was forgotten whose numbers, without the name, are still in counts.</summary>
    public bool HoldsForgotten { get; private set; }

    /// <summary>The position of the last event that was applied; beyond <see cref="Position"/> while a page is being applied.</summary>
    internal long Applied { get; private set; }

    /// <summary>The bytes of its last checkpoint; 0 before the first.</summary>
    internal long SavedLength { get; set; }

    /// <summary>How often something of it changed.</summary>
    internal long Changes { get; private set; }

    /// <summary>The position up to which items' changes were read.</summary>
    internal long ItemsRead { get; private set; }

    /// <summary>The position up to which users' changes were read.</summary>
    internal long UsersRead { get; private set; }

    /// <summary>Friendships that changed up to this position were told before the events; 0 where they come with them.</summary>
    internal long FriendsRead { get; set; }

    /// <summary>Whether a feature asks for friends.</summary>
    internal bool WantsFriends => _friends.IsWanted;

    internal VisitorCache Visitors { get; }

    /// <summary>An item's number, or -1.</summary>
    public int Item(string id) => GrowingLog.Find(Known.Items, id);

    /// <summary>A user's number, or -1.</summary>
    public int User(string id) => GrowingLog.Find(Known.Users, id);

    /// <summary>A category's number, or -1.</summary>
    public int Category(string name) => GrowingLog.Find(_categories.Values, name);

    /// <summary>What an item costs: as the catalogue says, else as the last event about it said; NaN where nobody does.</summary>
    public float Price(int item) =>
        (uint)item < (uint)_catalogue.Length && !float.IsNaN(_catalogue[item]) ? _catalogue[item] : Told(item);

    /// <summary>Items whose attributes changed after a position, ascending by number; for what is derived from attributes, such as vectors.</summary>
    public IReadOnlyList<int> ItemsChangedAfter(long position)
    {
        var changed = new List<int>();
        if (ItemsRead <= position) return changed;
        for (var item = 0; item < _itemChanged.Length; item++)
            if (_itemChanged[item] > position) changed.Add(item);
        return changed;
    }

    /// <summary>What the last event about an item said that it costs; NaN where none did.</summary>
    internal float Told(int item) => (uint)item < (uint)_told.Length ? _told[item] : float.NaN;

    /// <summary>Remembers that.</summary>
    internal void Tell(int item, float price) => At(ref _told, item) = price;

    internal int Visit(string id) => _visits.Find(id);

    /// <summary>Hears what an item is described as now. One that has no number gets one when its turn comes.</summary>
    internal void DescribeItem(EntityRow row)
    {
        ItemsRead = Math.Max(ItemsRead, row.Changed);
        if (Item(row.Id) is >= 0 and var item) SetItem(item, row, numberedNow: false);
        else _newItems[row.Id] = row;
    }

    /// <summary>The same of a user.</summary>
    internal void DescribeUser(EntityRow row)
    {
        UsersRead = Math.Max(UsersRead, row.Changed);
        if (User(row.Id) is >= 0 and var user) SetUser(user, row);
        else _newUsers[row.Id] = row;
    }

    /// <summary>Hears of a friendship, or of its end. It has no date: what friends took before counts as well.</summary>
    internal void Befriend(StoredFriendship told)
    {
        if (_friends.Take(told)) Changes++;
    }

    /// <summary>The descriptions whose turn it is up to a position, in order.</summary>
    internal List<(long First, EntityRow Row, bool IsItem)> Due(long upTo)
    {
        var due = new List<(long First, EntityRow Row, bool IsItem)>();
        foreach (var row in _newItems.Values)
            if (row.First <= upTo) due.Add((row.First, row, true));
        foreach (var row in _newUsers.Values)
            if (row.First <= upTo) due.Add((row.First, row, false));
        due.Sort((a, b) => a.First.CompareTo(b.First));
        return due;
    }

    /// <summary>Gives what was described first at a position its number.</summary>
    internal void Number(EntityRow row, bool isItem)
    {
        // an event may have named it meanwhile
        if (isItem && _newItems.ContainsKey(row.Id)) ItemNumber(row.Id);
        else if (!isItem && _newUsers.ContainsKey(row.Id)) UserNumber(row.Id);
    }

    /// <summary>Takes an event into account. One that is late counts as of the latest time that is known: the past is not changed.</summary>
    internal void Apply(in LiveEvent told)
    {
        if (told.Position <= Applied) return;
        Applied = told.Position;
        var type = _log.TypeOf(told.Type);
        if (type < 0) return;
        var user = UserNumber(told.User);
        var visit = told.Session is null || _log.IsMissing(told.Session) ? -1 : _visits.Touch(told.Session, user);
        if (user < 0 && visit < 0) return;
        var e = new ShopEvent
        {
            Time = Math.Max(told.Time, Time),
            User = user,
            Session = visit,
            Item = ItemNumber(told.Item),
            Scenario = -1,
            Recommendation = -1,
            Text = -1,
            Quantity = told.Quantity,
            Price = told.Price,
            Value = told.Value,
            Position = told.Place,
            Type = (byte)type,
        };
        Time = e.Time;
        Events++;
        Changes++;
        State?.Add(e);
        Popular.Apply(e);
        Trending.Apply(e);
        CoVisited.Apply(e);
        BoughtTogether.Apply(e);
        if (e.Item >= 0 && e.Price >= 0) Tell(e.Item, e.Price);
        Visitors.Apply(user >= 0 ? VisitorCache.OfUser(user) : VisitorCache.OfVisit(visit), told.Position, e with { Time = told.Time });
    }

    /// <summary>Says that everything up to a position was told.</summary>
    internal void Reached(long position)
    {
        Position = Math.Max(Position, position);
        Applied = Math.Max(Applied, position);
    }

    /// <summary>Lets go of users who were forgotten: their names, attributes and visits at once; what is counted under their numbers is found by nobody and goes with the rebuild that is due.</summary>
    /// <param name="users">Their numbers.</param>
    /// <param name="described">Descriptions that are newer: who came back is somebody new.</param>
    internal void Forget(IReadOnlyCollection<int> users, IReadOnlyList<EntityRow> described)
    {
        foreach (var user in users)
        {
            var id = Known.Users.Text(user);
            _friends.Forget(id, user);
            Known.Users.Erase(user);
            if (described.FirstOrDefault(row => row.Id == id) is { } row) _newUsers[id] = row;
            _userColumns.Clear(user);
            Visitors.Forget(VisitorCache.OfUser(user));
            _visits.Forget(user);
            HoldsForgotten = true;
            Changes++;
        }
    }

    /// <summary>Lets go of friendships of users who have left one of these marks and have no number yet.</summary>
    internal void ForgetWaiting(HashSet<string> marks, Func<string, byte[]> mark) => _friends.ForgetWaiting(marks, mark);

    /// <summary>Users who have left one of these marks.</summary>
    internal List<int> Marked(HashSet<string> marks, Func<string, byte[]> mark)
    {
        var found = new List<int>();
        for (var user = 0; user < Known.Users.Count; user++)
            if (marks.Contains(Convert.ToHexString(mark(Known.Users.Text(user))))) found.Add(user);
        return found;
    }

    /// <summary>Writes all that cannot be read from the store in short.</summary>
    internal void Save(Stream to) => FoldFile.Seal(to, Write(to));

    /// <summary>As <see cref="Save"/>, but the checksums: they are written by <see cref="FoldFile.Seal"/>, which needs the memory no longer.</summary>
    internal IReadOnlyList<(long Start, long End)> Write(Stream to)
    {
        using (var writer = new BinaryWriter(to, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Position);
            writer.Write(Time);
            writer.Write(Events);
            writer.Write(IsStale);
        }

        return FoldFile.Write(to, _saved);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into a memory of nothing; descriptions must be read from the store after that, all of them.</summary>
    /// <exception cref="InvalidDataException">It is not that.</exception>
    internal void Load(Stream from)
    {
        using (var reader = new BinaryReader(from, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            Position = reader.ReadInt64();
            Time = reader.ReadInt64();
            Events = reader.ReadInt64();
            IsStale = reader.ReadBoolean();
        }

        Applied = Position;

        FoldFile.Load(from, _saved);
    }

    private static ref float At(ref float[] values, int index)
    {
        if (index >= values.Length)
        {
            var before = values.Length;
            Array.Resize(ref values, Math.Max(index + 1, 2 * before));
            values.AsSpan(before).Fill(float.NaN);
        }

        return ref values[index];
    }

    private int ItemNumber(string? id)
    {
        var before = Known.Items.Count;
        var item = _log.Number(Known.Items, id);
        if (item >= before && _newItems.Remove(id!, out var row)) SetItem(item, row, numberedNow: true);
        else if (item < 0 && id is not null) _newItems.Remove(id);
        return item;
    }

    private int UserNumber(string? id)
    {
        var before = Known.Users.Count;
        var user = _log.Number(Known.Users, id);
        if (user >= before && _newUsers.Remove(id!, out var row)) SetUser(user, row);
        else if (user < 0 && id is not null) _newUsers.Remove(id);
        if (user >= before) _friends.Numbered(id!, user);
        return user;
    }

    private void SetUser(int user, EntityRow row)
    {
        Changes++;
        _userColumns.Set(user, row.Values ?? _reader.Read(row.Attributes));
        Visitors.ForgetFacts(user);
    }

    private void SetItem(int item, EntityRow row, bool numberedNow)
    {
        Changes++;
        var attributes = row.Values ?? _reader.Read(row.Attributes);
        var before = _categories[item];
        _itemColumns.Set(item, attributes);
        var facts = new List<KeyValuePair<string, string>>(attributes.Length);
        var (hidden, stock, price, category) = (false, double.PositiveInfinity, float.NaN, -1);
        foreach (var attribute in attributes)
        {
            if (attribute.Fact is not { Length: > 0 } text) continue;
            facts.Add(new(attribute.Name, text));
            switch (attribute.Name)
            {
                case "hidden":
                    hidden = attribute.IsTrue;
                    break;
                case "stock" when attribute.Number is var number && !double.IsNaN(number):
                    stock = number;
                    break;
                case "price" when (float)attribute.Number is >= 0 and < float.PositiveInfinity and var number:
                    price = number;
                    break;
                case "category" when _ownCategories:
                    category = _log.Number(_categories.Values, attribute.Column);
                    break;
            }
        }

        if (_ownCategories) _categories.Set(item, category);
        category = _categories[item];
        if (!numberedNow && category != before) IsStale = true;
        if (item >= _itemChanged.Length) Array.Resize(ref _itemChanged, Math.Max(item + 1, 2 * _itemChanged.Length));
        // a restored memory knows the category already, and its lists do not
        if (category != before || _itemChanged[item] == 0) SetCategories(item, category);
        At(ref _catalogue, item) = price;
        _itemChanged[item] = row.Changed;
        if (row.Attributes is null) New.Remove(item);
        else if (Shelf[item] is null) New.Add(item, row.First);
        Shelf.Set(item, row.Attributes is null ? null : new ShelfItem { Facts = Facts.Of(_names.Item, facts), Hidden = hidden, Stock = stock });
    }

    // an item of several categories, joined by a bar, is popular in each of them
    private void SetCategories(int item, int category)
    {
        if (category < 0)
        {
            Popular.SetCategories(item);
            Trending.SetCategories(item);
            return;
        }

        var text = _categories.Values.Text(category);
        int[] all = text.Contains('|', StringComparison.Ordinal) ? [category, .. text.Split('|').Select(part => _log.Number(_categories.Values, part)).Where(n => n >= 0)] : [category];
        Popular.SetCategories(item, all);
        Trending.SetCategories(item, all);
    }
}
