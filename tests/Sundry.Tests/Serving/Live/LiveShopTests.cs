using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public class LiveShopTests : IDisposable
{
    private readonly ToyShop _toys;

    public LiveShopTests()
        : this(new ToyShop())
    {
    }

    private protected LiveShopTests(ToyShop toys) => _toys = toys;

    private protected ToyShop Toys => _toys;

    public void Dispose()
    {
        _toys.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task What_was_told_is_in_the_next_answer()
    {
        var store = _toys.Store();
        await using var live = await LiveShop.Open(store, null, _toys.Options);
        await store.Items.Put([("lamp", """{"category":"light","price":9.5,"stock":3}"""), ("rug", """{"category":"floor","hidden":true}""")]);
        var time = _toys.Clock.Now;
        for (var i = 0; i < 50; i++)
        {
            var receipts = await store.Events.Append([new() { Type = "click", User = $"u{i % 3}", Session = "s", Item = i % 2 == 0 ? "lamp" : "sofa", Time = time + i }]);
            await live.Reach(receipts[0].Position);
            using (live.Read())
            {
                Assert.Equal(i + 1, live.Now.Events);
                Assert.Equal(live.Now.Item(i % 2 == 0 ? "lamp" : "sofa"), live.Visit($"u{i % 3}", null).Items[0]);
                Assert.True(live.Moment() > time + i);
            }
        }

        using (live.Read())
        {
            var (lamp, rug) = (live.Now.Item("lamp"), live.Now.Item("rug"));
            Assert.True(live.Shelf.OnSale[lamp]);
            Assert.False(live.Shelf.OnSale[rug]);
            Assert.Equal(9.5f, live.Now.Price(lamp));
            Assert.Equal("light", live.Shelf[lamp]!.Facts[live.Names.Item.FindOrAdd("category")].Text);
            var found = new Candidate[5];
            foreach (var source in live.Now.Sources.Where(s => s.Name is "popular" or "trending"))
            {
                Assert.Equal(1, source.Find(new() { Allowed = live.Shelf.OnSale, Category = live.Now.Category("light") }, found));
                Assert.Equal(lamp, found[0].Item);
            }

            Assert.Equal(1, live.Now.New.Find(new() { Allowed = live.Shelf.OnSale }, found));
            // visited together, by the same users in one visit
            Assert.Equal(1, live.Now.Sources.Single(s => s.Name == "co_visited").Find(new() { Allowed = live.Shelf.OnSale, Items = new[] { live.Now.Item("sofa") } }, found));
        }

        // hidden or sold out: at once
        await store.Items.Patch("lamp", """{"stock":0}""");
        await live.Reach(await store.Position());
        Assert.False(live.Shelf.OnSale[live.Now.Item("lamp")]);
        var position = live.Position;
        await store.Items.Put([("lamp", """{"category":"light"}""")]);
        await store.Items.Delete("rug");
        await live.Reach(await store.Position());
        using (live.Read())
        {
            Assert.True(live.Shelf.OnSale[live.Now.Item("lamp")]);
            Assert.Null(live.Shelf[live.Now.Item("rug")]);
            Assert.Equal([live.Now.Item("lamp"), live.Now.Item("rug")], live.Now.ItemsChangedAfter(position));
        }
    }

    [SkippableFact]
    public async Task A_visitor_is_the_same_read_from_the_store_as_followed()
    {
        var store = _toys.Store();
        var log = ToyLog.Draw(4000, users: 30);
        await ToyShop.Describe(store, log);
        var events = ShopStateTests.All(log);
        await using var much = await LiveShop.Open(store, null, _toys.Options with { VisitorEvents = 20 });
        await using var little = await LiveShop.Open(store, null, _toys.Options with { VisitorEvents = 20, Visitors = 2 });
        for (var start = 0; start < events.Length; start += 200)
        {
            // some are of visits without a user, and some are late
            var records = Enumerable.Range(start, Math.Min(200, events.Length - start)).Select(i => ToyShop.Record(log, events[i], i))
                .Select((r, i) => i % 4 == 0 && r.Session is not null ? r with { User = null } : r).Select((r, i) => i % 7 == 0 ? r with { Time = r.Time - ToyLog.Hour } : r);
            await store.Events.Append([.. records]);
            var position = await store.Position();
            await Task.WhenAll(much.Reach(position), little.Reach(position));
            for (var user = 0; user < 30; user++)
            {
                foreach (var session in new[] { null, $"s{(start + user) % 1000}" })
                {
                    using var one = much.Read();
                    using var other = little.Read();
                    var (a, b) = (much.Visit($"u{user}", session), little.Visit($"u{user}", session));
                    Assert.Equal(a.User, b.User);
                    Assert.Equal(a.Items, b.Items);
                    Assert.Equal(a.Bought, b.Bought);
                    Assert.Equal(a.Facts[much.Names.User.FindOrAdd("region")].Text, b.Facts[little.Names.User.FindOrAdd("region")].Text);
                }
            }

            Assert.InRange(little.Now.Visitors.Count, 1, 2);
        }

        using (much.Read())
        {
            Assert.Equal("r1", much.Visit("u1", null).Facts[much.Names.User.FindOrAdd("region")].Text);
            Assert.Same(Visitor.Nobody, much.Visit("nobody", null));
            Assert.Empty(much.Visit(null, "no visit").Items);
        }

        // a change of attributes is seen
        await store.Users.Put([("u1", """{"region":"r9"}""")]);
        await much.Reach(await store.Position());
        using (much.Read()) Assert.Equal("r9", much.Visit("u1", null).Facts[much.Names.User.FindOrAdd("region")].Text);
    }

    [SkippableFact]
    public async Task Two_servers_on_one_store_hear_of_each_others_events()
    {
        await using var one = await LiveShop.Open(_toys.Store(), null, _toys.Options);
        await using var other = await LiveShop.Open(_toys.Store(), null, _toys.Options);
        var receipt = (await one.Store.Events.Append([new() { Type = "view", User = "u", Item = "lamp", Time = 1000 }]))[0];
        await other.Store.Documents.Put("rule", "none", "{}");
        using var soon = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Task.WhenAll(one.Reach(receipt.Position + 1, soon.Token), other.Reach(receipt.Position + 1, soon.Token));
        using (other.Read()) Assert.Equal([other.Now.Item("lamp")], other.Visit("u", null).Items);
        Assert.Equal("none", Assert.Single(one.Documents).Name);
        await other.Store.Documents.Delete("rule", "none");
        await one.Reach(await other.Store.Position(), soon.Token);
        Assert.Empty(one.Documents);
        // a user who is forgotten here is forgotten there
        await other.Forget("u", soon.Token);
        await one.Reach(await other.Store.Position(), soon.Token);
        using (one.Read()) Assert.Same(Visitor.Nobody, one.Visit("u", null));
    }

    [SkippableFact]
    public async Task Whoever_is_forgotten_is_gone_at_once_and_the_counts_soon()
    {
        using var folder = new TemporaryFolder();
        var log = ToyLog.Draw(3000, users: 20);
        var store = _toys.Store();
        await ToyShop.Describe(store, log);
        var events = ShopStateTests.All(log);
        for (var start = 0; start < events.Length; start += 500)
            await store.Events.Append([.. Enumerable.Range(start, Math.Min(500, events.Length - start)).Select(i => ToyShop.Record(log, events[i], i))]);
        await using var live = await LiveShop.Open(store, ToyShop.Encoder(folder, log), _toys.Options with { CheckpointEvery = TimeSpan.FromHours(1) });
        Assert.True(await live.Checkpoint());
        var (before, user) = (live.Now, live.Now.User("u5"));
        Assert.NotEmpty(live.Visit("u5", null).Items);
        Assert.True(await live.Forget("u5"));
        using (live.Read())
        {
            Assert.Equal(-1, live.Now.User("u5"));
            Assert.Same(Visitor.Nobody, live.Visit("u5", null));
        }

        Assert.Equal(new byte[2], before.Known.Users[user].ToArray());
        Assert.False(before.HoldsForgotten && await live.Checkpoint() && live.Now == before);
        for (var i = 0; live.Now == before && i < 6000; i++) await Task.Delay(20);
        Assert.NotSame(before, live.Now);
        Assert.False(live.Now.HoldsForgotten);
        await live.Reach(await store.Position());
        var (made, _) = await LiveRebuild.Run(store, live.Now.Encoder, _toys.Options with { CheckpointEvery = TimeSpan.FromHours(1) }, live.Names, Descriptions.Begin(store, default), default);
        Assert.Equal(ToyShop.Bytes(made), ToyShop.Bytes(live.Now));
        // who comes back is somebody new
        await store.Events.Append([new() { Type = "click", User = "u5", Item = "i3", Time = _toys.Clock.Now }]);
        await live.Reach(await store.Position());
        using (live.Read()) Assert.Single(live.Visit("u5", null).Items);
    }

    [SkippableFact]
    public async Task Friends_are_seen_by_the_next_answer_and_forgotten_with_the_user()
    {
        using var folder = new TemporaryFolder();
        var log = ToyLog.Draw(2000);
        var encoder = ToyShop.Encoder(folder, log, ToyShop.Neighbours);
        var store = _toys.Store();
        await using var live = await LiveShop.Open(store, encoder, _toys.Options);
        await store.Events.Append([new() { Type = "click", User = "bob", Item = "i1", Time = _toys.Clock.Now }, new() { Type = "click", User = "cid", Item = "i2", Time = _toys.Clock.Now }]);
        // ada has done nothing yet
        await store.Friends.Put([("ada", "bob"), ("cid", "ada"), ("bob", "cid")]);
        await Reach();
        Assert.Equal(["i1", "i2"], Seen("ada"));
        Assert.Equal(["i1"], Seen("cid"));
        await store.Friends.Put([("bob", "ada")], removed: true);
        await Reach();
        Assert.Equal(["i2"], Seen("ada"));
        // forgotten, and told of anew at once: somebody else
        Assert.True(await store.Forget("cid"));
        await store.Friends.Put([("cid", "bob")]);
        await Reach();
        Assert.Empty(Seen("ada"));
        Assert.Empty(Seen("bob"));
        Assert.Equal(["i1"], Seen("cid"));
        await live.Rebuild();
        Assert.Equal(["i1"], Seen("cid"));
        Assert.Single(live.State!.Friends);

        Task Reach() => Task.Run(async () => await live.Reach(await store.Position()));

        string[] Seen(string user)
        {
            using var now = live.Read();
            var row = new Batch(encoder.Layout, 1);
            var samples = new SampleEncoder(encoder, live.Known, live.State!);
            samples.Append(row, new ShopEvent { Time = live.Moment(), User = live.Now.User(user), Item = -1, Session = -1, Scenario = -1, Recommendation = -1, Text = -1 });
            var bag = Enumerable.Range(0, encoder.Layout.Bags.Count).Single(b => encoder.Layout.Bags[b].Name == "friends");
            var vocabulary = encoder.Features.Single(f => f.Name == "item").Vocabulary!;
            return [.. row.BagIds[bag][..row.BagOffsets[bag][1]].Select(id => log.Items.Text(Enumerable.Range(0, log.Items.Count).Single(i => vocabulary.Row(log.Items[i]) == id))).Order()];
        }
    }

    [SkippableFact]
    public async Task Another_encoder_takes_over_while_answers_are_read()
    {
        using var folder = new TemporaryFolder();
        var log = ToyLog.Draw(3000, users: 20);
        var store = _toys.Store();
        await ToyShop.Describe(store, log);
        var events = ShopStateTests.All(log);
        await using var live = await LiveShop.Open(store, null, _toys.Options);
        Assert.Null(live.State);
        var told = Task.Run(async () =>
        {
            for (var start = 0; start < events.Length; start += 100)
                await store.Events.Append([.. Enumerable.Range(start, Math.Min(100, events.Length - start)).Select(i => ToyShop.Record(log, events[i], i))]);
        });
        ShopMemory? prepared = null;
        live.BeforeSwap = (memory, _) =>
        {
            prepared = memory;
            return Task.CompletedTask;
        };
        var encoder = ToyShop.Encoder(folder, log);
        var use = live.Use(encoder);
        for (long last = 0; !use.IsCompleted || !told.IsCompleted;)
        {
            using (live.Read())
            {
                var now = live.Now;
                Assert.True(now.Events >= last);
                if (now.State is { } state) Assert.Equal(now.Events, state.Events);
                last = now.Events;
            }

            await Task.Yield();
        }

        await Task.WhenAll(use, told);
        await live.Reach(await store.Position());
        Assert.Same(prepared, live.Now);
        Assert.Equal(events.Length, live.State!.Events);
        // the same counters and histories: nothing to rebuild
        await live.Use(ToyShop.Encoder(folder, log));
        Assert.Same(prepared, live.Now);
        Assert.NotSame(encoder, live.Now.Encoder);
    }

    [SkippableFact]
    public async Task A_store_that_fails_is_followed_again_when_it_is_back()
    {
        var failing = false;
        using var store = ShopStore.Open(_toys.Place("failing.db"), new()
        {
            Clock = _toys.Clock,
            LookEvery = TimeSpan.FromMilliseconds(20),
            Before = step =>
            {
                if (step == StoreStep.Read && Volatile.Read(ref failing)) throw _toys.Failure();
            },
        });
        await using var live = await LiveShop.Open(store, null, _toys.Options);
        // what this process commits need not be read: another does
        using var other = _toys.Store("failing.db");
        for (var i = 0; i < 3; i++)
        {
            Volatile.Write(ref failing, true);
            var told = (await other.Events.Append([new() { Type = "view", User = "u", Item = $"i{i}", Time = 1000 + i }]))[0];
            for (var wait = 0; live.Ready && wait < 12_000; wait++) await Task.Delay(10);
            Assert.IsType<StoreUnavailableException>(live.Fault);
            Assert.True(live.Position < told.Position);
            Volatile.Write(ref failing, false);
            await live.Reach(told.Position).WaitAsync(TimeSpan.FromMinutes(2));
            for (var wait = 0; !live.Ready && wait < 12_000; wait++) await Task.Delay(10);
            Assert.True(live.Ready);
            Assert.Equal(i + 1, live.Now.Events);
        }
    }

    [SkippableFact]
    public async Task A_shop_that_is_closed_says_so()
    {
        var live = await LiveShop.Open(_toys.Store(), null, _toys.Options);
        Assert.True(live.Ready);
        var never = live.Reach(long.MaxValue);
        await live.DisposeAsync();
        await live.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => never);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => live.Reach(long.MaxValue));
        Assert.False(live.Ready);
        await live.Reach(0);
    }
}
