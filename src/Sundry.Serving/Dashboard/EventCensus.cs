namespace Sundry.Serving;

/// <summary>
/// Counts a shop's events for those who run it: by type, by item and week, and whom and what of them nobody described. It reads the store when it is asked, each event once, and keeps counts alone: of users
/// a number made of the id. Nothing is read before the first question.
/// </summary>
internal sealed class EventCensus(Func<ShopStore> store)
{
    private const int Page = 5000, KeptWeeks = 26, MostUsers = 1_000_000, ListedUnknown = 10;
    private const long Week = 7L * 24 * 3600 * 1000;

    private readonly Lock _lock = new();
    private Task? _following;
    private Counts _counts = new();

    /// <summary>Counts what is new, for as long as <paramref name="patience"/> here and then behind the scenes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task Follow(TimeSpan patience, CancellationToken cancel)
    {
        Task following;
        lock (_lock) following = _following is { IsCompleted: false } running ? running : _following = Task.Run(() => Read(CancellationToken.None), CancellationToken.None);
        try
        {
            await following.WaitAsync(patience, cancel);
        }
        catch (TimeoutException)
        {
            // what was counted so far is shown, with the position up to which it counts
        }
    }

    /// <summary>Whether counting goes on behind the scenes.</summary>
    public bool IsCounting
    {
        get
        {
            lock (_lock) return _following is { IsCompleted: false };
        }
    }

    /// <summary>What was counted.</summary>
    public CensusReading Reading()
    {
        lock (_lock)
        {
            var items = _counts.Items.Values.Where(i => i.Seen).ToList();
            var unknown = items.Where(i => !i.Described).ToList();
            return new CensusReading
            {
                Position = _counts.EventPosition,
                Events = Listed(_counts.Types.Select(t => new NamedCount(t.Key, t.Value))),
                Items = items.Count,
                UnknownItems = unknown.Count,
                UnknownItemNames = [.. Listed(unknown.Select(i => new NamedCount(i.Id, i.Types.Values.Sum()))).Take(ListedUnknown)],
                Users = _counts.Users.Count,
                UnknownUsers = _counts.Users.Count(u => !_counts.DescribedUsers.Contains(u)),
                Anonymous = _counts.Anonymous,
                Newest = _counts.Newest > long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(_counts.Newest) : null,
            };
        }
    }

    /// <summary>What an item's events come to; null where there are none.</summary>
    public ItemStanding? Standing(string item)
    {
        lock (_lock)
        {
            if (!_counts.Items.TryGetValue(item, out var entry) || !entry.Seen) return null;
            var last = _counts.Newest / Week;
            return new ItemStanding(
                Listed(entry.Types.Select(t => new NamedCount(t.Key, t.Value))),
                [.. Enumerable.Range(0, KeptWeeks).Select(i => last - KeptWeeks + 1 + i).Select(week => (double)entry.Weeks.GetValueOrDefault(week))],
                entry.Deeds == 0 ? null : 1 + _counts.Items.Values.Count(i => i.Deeds > entry.Deeds));
        }
    }

    private async Task Read(CancellationToken cancel)
    {
        // a user who was forgotten is in the counts: they begin anew
        if (_counts.EventPosition > 0 && (await store().ForgottenAfter(_counts.EventPosition, 1, cancel)).Count > 0)
            lock (_lock) _counts = new Counts();
        await foreach (var page in store().Events.Pages(_counts.EventPosition, Page, cancel))
            lock (_lock)
            {
                foreach (var stored in page) _counts.Add(stored.Event);
                _counts.EventPosition = page[^1].Position;
            }

        await Described(store().Items, position: () => _counts.ItemPosition, (counts, item) =>
        {
            counts.Of(item.Id).Described = item.Attributes is not null;
            counts.ItemPosition = item.Position;
        }, cancel);
        await Described(store().Users, position: () => _counts.UserPosition, (counts, user) =>
        {
            if (counts.DescribedUsers.Count < MostUsers) counts.DescribedUsers.Add(Counts.Mark(user.Id));
            counts.UserPosition = user.Position;
        }, cancel);
    }

    private async Task Described(StoredEntities entities, Func<long> position, Action<Counts, StoredItem> take, CancellationToken cancel)
    {
        while (true)
        {
            var page = await entities.After(position(), Page, cancel);
            lock (_lock)
                foreach (var entity in page) take(_counts, entity);
            if (page.Count < Page) return;
        }
    }

    private static IReadOnlyList<NamedCount> Listed(IEnumerable<NamedCount> counts) => [.. counts.OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];

    private sealed class Counts
    {
        public long EventPosition { get; set; }

        public long ItemPosition { get; set; }

        public long UserPosition { get; set; }

        public Dictionary<string, long> Types { get; } = [];

        public Dictionary<string, Entry> Items { get; } = [];

        public HashSet<ulong> Users { get; } = [];

        public HashSet<ulong> DescribedUsers { get; } = [];

        public long Anonymous { get; private set; }

        public long Newest { get; private set; } = long.MinValue;

        public void Add(EventRecord record)
        {
            Types[record.Type] = Types.GetValueOrDefault(record.Type) + 1;
            Newest = Math.Max(Newest, record.Time);
            if (record.User is null) Anonymous++;
            else if (Users.Count < MostUsers) Users.Add(Mark(record.User));
            if (record.Item is null) return;
            var entry = Of(record.Item);
            entry.Types[record.Type] = entry.Types.GetValueOrDefault(record.Type) + 1;
            if (record.Type is "impression") return;
            entry.Deeds++;
            var week = record.Time / Week;
            entry.Weeks[week] = entry.Weeks.GetValueOrDefault(week) + 1;
            if (entry.Weeks.Count > 2 * KeptWeeks)
                foreach (var old in entry.Weeks.Keys.Where(w => w <= Newest / Week - KeptWeeks).ToList()) entry.Weeks.Remove(old);
        }

        public Entry Of(string item)
        {
            if (!Items.TryGetValue(item, out var entry)) Items[item] = entry = new Entry(item);
            return entry;
        }

        // FNV-1a, 64 bits: enough to count by
        public static ulong Mark(string text)
        {
            var mark = 14695981039346656037;
            foreach (var letter in text) mark = (mark ^ letter) * 1099511628211;
            return mark;
        }
    }

    private sealed class Entry(string id)
    {
        public string Id { get; } = id;

        public Dictionary<string, long> Types { get; } = [];

        public Dictionary<long, int> Weeks { get; } = [];

        public long Deeds { get; set; }

        public bool Described { get; set; }

        public bool Seen => Types.Count > 0;
    }
}
