using Sundry.Serving;

namespace Sundry.Tests;

public sealed class SqlitePastsTests : IDisposable
{
    private const int Users = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(7);
    private readonly Dictionary<string, List<long>> _told = [];
    private int _events;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everybodys_events_are_found_wherever_they_are()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        var most = 0;
        for (var round = 0; round < 60; round++)
        {
            await Tell(store, 600);
            // as if many more had come
            await store.Engine.Write(session => session.Execute("UPDATE store SET position = position + 3500"));
            await Holds(store, 6);
            most = Math.Max(most, (await Eras(store)).Count);
        }

        // sixteen eras are merged while the next sixteen come
        var eras = await Eras(store);
        Assert.InRange(most, SqlitePasts.Together, 3 * SqlitePasts.Together);
        Assert.InRange(eras.Count(IsMerged), 2, 4);
        // what somebody did is there once
        Assert.Equal([(long)_events], await store.Engine.Read("SELECT count(*) FROM pasts", r => r.GetInt64(0), default));
        Assert.Equal([(long)_events], await store.Engine.Read("SELECT count(*) FROM pasts p JOIN events e ON e.position = p.position AND p.who = coalesce('u' || e.user_id, 's' || e.session_id)", r => r.GetInt64(0), default));

        // events of the same visits from before the user was known go too
        var visits = (await store.Events.OfUser("u3", int.MaxValue)).Select(e => "s" + e.Event.Session).ToHashSet();
        var gone = _told["uu3"].Count + visits.Sum(v => _told[v].Count);
        Assert.True(await store.Forget("u3"));
        Assert.Empty(await store.Events.OfUser("u3", 9));
        Assert.Empty(await store.Engine.Read("SELECT 1 FROM pasts WHERE who = 'uu3'", r => r.GetInt32(0), default));
        Assert.Equal(_events - gone, (await store.Counts()).Events);
        Assert.Equal([(long)(_events - gone)], await store.Engine.Read("SELECT count(*) FROM pasts", r => r.GetInt64(0), default));
        foreach (var who in visits.Append("uu3")) _told[who].Clear();
        await Holds(store, Users);
    }

    [Fact]
    public async Task A_commit_moves_no_more_than_its_part_whatever_the_eras_hold()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        var moved = 0L;
        for (var round = 0; round < 80; round++)
        {
            // of some eras there is next to nothing
            await Tell(store, round % 4 == 0 ? 600 : 1);
            await store.Engine.Write(session => session.Execute("UPDATE store SET position = position + 4096"));
            var now = (await store.Engine.Read("SELECT count(*) FROM pasts WHERE era >= 1 << 40", r => r.GetInt64(0), default))[0];
            Assert.InRange(now - moved, 0, 3 * 600);
            moved = now;
        }

        Assert.InRange(moved, _events / 2, _events);
        await Holds(store, Users);
    }

    [Fact]
    public async Task A_store_of_version_3_is_brought_forward_with_its_events()
    {
        using (var old = ShopStore.Open(_folder.Path("shop.db"), new() { Version = 3 }))
        {
            await Tell(old, 2000);
            await Holds(old, Users);
        }

        using var store = ShopStore.Open(_folder.Path("shop.db"));
        await Holds(store, Users);
        await Tell(store, 2000);
        await Holds(store, Users);
        Assert.Equal(["events", "pasts"], await store.Engine.Read("SELECT DISTINCT tbl_name FROM sqlite_master WHERE name LIKE 'events%' OR name = 'pasts' ORDER BY 1", r => r.GetString(0), default));
    }

    [Fact]
    public async Task An_event_that_was_there_already_is_nobodys_twice()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        EventRecord once = new() { Id = "e", Type = "view", User = "u", Item = "i", Time = 1 };
        await store.Events.Append([once, once]);
        await store.Events.Append([once with { User = "v" }]);
        Assert.Single(await store.Events.OfUser("u", 9));
        Assert.Empty(await store.Events.OfUser("v", 9));
        Assert.Single(await store.Engine.Read("SELECT 1 FROM pasts", r => r.GetInt32(0), default));
    }

    private async Task Tell(ShopStore store, int count)
    {
        var events = Enumerable.Range(0, count).Select(_ => new EventRecord
        {
            Id = $"e{_events++}",
            Type = _random.Next(3) == 0 ? "impression" : "view",
            User = _random.Next(4) == 0 ? null : $"u{_random.Next(Users)}",
            Session = $"s{_random.Next(Users)}",
            Item = _random.Next(9) == 0 ? null : "i",
            Time = _events,
        }).ToList();
        foreach (var (receipt, e) in (await store.Events.Append(events)).Zip(events))
        {
            var who = e.User is null ? "s" + e.Session : "u" + e.User;
            if (!_told.TryGetValue(who, out var all)) _told[who] = all = [];
            all.Add(receipt.Position);
        }
    }

    private async Task Holds(ShopStore store, int many)
    {
        for (var i = 0; i < many; i++)
        {
            var (user, limit) = ($"{(i + _events) % Users}", _random.Next(1, 40));
            var before = _random.Next(2) == 0 ? long.MaxValue : _random.NextInt64(await store.Position() + 1);
            Assert.Equal(Of("uu" + user, before, limit), (await store.Events.OfUser("u" + user, limit, before)).Select(e => e.Position));
            Assert.Equal(Of("ss" + user, before, limit), (await store.Events.OfVisit("s" + user, limit, before)).Select(e => e.Position));
            var telling = (await store.Events.OfUser("u" + user, int.MaxValue, before)).Where(e => e.Event is { Item: not null, Type: not "impression" }).Take(limit).Select(e => e.Position);
            Assert.Equal(telling, (await store.Events.LastOfUser("u" + user, limit, before - 1, default)).Select(e => e.Position));
        }
    }

    private IEnumerable<long> Of(string who, long before, int limit) =>
        _told.TryGetValue(who, out var all) ? all.Where(p => p < before).OrderDescending().Take(limit) : [];

    // of a level above the first
    private static bool IsMerged(long era) => era >= 1L << 40;

    private static Task<List<long>> Eras(ShopStore store) => store.Engine.Read("SELECT DISTINCT era FROM pasts ORDER BY era", r => r.GetInt64(0), default);
}
