using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class LiveRebuildTests : IDisposable
{
    private readonly ToyShop _toys = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _toys.Dispose();
        _folder.Dispose();
    }

    /// <summary>Whatever was told, changed and forgotten, in whatever order, and wherever it was saved and begun again: the state is byte for byte what the store alone comes to.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public Task The_state_is_what_a_rebuild_comes_to(int seed, bool neighbours) => IsWhatARebuildComesTo(_toys, _folder, seed, neighbours);

    internal static async Task IsWhatARebuildComesTo(ToyShop toys, TemporaryFolder folder, int seed, bool neighbours = false)
    {
        var random = new Random(seed);
        var log = ToyLog.Draw(4000, seed, users: 25, items: 30);
        var encoder = ToyShop.Encoder(folder, log, neighbours ? ToyShop.Neighbours : null);
        var events = ShopStateTests.All(log);
        var store = toys.Store();
        var options = toys.Options with { PageSize = 64, AppliedAtOnce = 7, Visits = 40, BoughtTogether = PairOptions.BoughtTogether with { Visitors = 10 } };
        var live = await LiveShop.Open(store, encoder, options);
        var (told, restored, rebuilt) = (0, 0, 0);
        for (var round = 0; round < 60; round++)
        {
            // friends come and go, some before anything else is known of them
            if (neighbours && random.Next(2) == 0)
            {
                var pairs = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (User: random.Next(25), Friend: random.Next(25))).Where(p => p.User != p.Friend);
                await store.Friends.Put([.. pairs.Select(p => ($"u{p.User}", $"u{p.Friend}"))], removed: random.Next(3) == 0);
            }

            switch (random.Next(10))
            {
                case 0:
                    await store.Items.Put([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => ToyShop.Described(log.Items, log.ItemColumns, random.Next(log.Items.Count)))]);
                    break;
                case 1:
                    await store.Items.Patch($"i{random.Next(30)}", $$"""{"price":{{random.Next(1, 50)}},"stock":{{random.Next(3)}}}""");
                    break;
                case 2 when random.Next(3) == 0:
                    // events were counted under the category before
                    await store.Items.Patch($"i{random.Next(30)}", $$"""{"category":"c{{random.Next(9)}}"}""");
                    break;
                case 3 when random.Next(3) == 0:
                    await store.Items.Delete($"i{random.Next(30)}");
                    break;
                case 4:
                    await store.Users.Put([ToyShop.Described(log.Users, log.UserColumns, random.Next(log.Users.Count))]);
                    break;
                case 5 when random.Next(3) == 0:
                    await live.Forget($"u{random.Next(25)}");
                    break;
                case 6:
                    await live.Checkpoint();
                    break;
                case 7:
                    await live.DisposeAsync();
                    live = await LiveShop.Open(store, encoder, options);
                    restored += live.WasRestored ? 1 : 0;
                    break;
                default:
                    var count = Math.Min(random.Next(1, 300), events.Length - told);
                    var records = Enumerable.Range(told, count).Select(i => ToyShop.Record(log, events[i], i)).ToList();
                    told += count;
                    // some late, some without a user, some of a type of the shop's own
                    for (var i = 0; i < records.Count; i++)
                    {
                        if (random.Next(20) == 0) records[i] = records[i] with { Time = records[i].Time - random.NextInt64(ToyLog.Day) };
                        if (random.Next(10) == 0 && records[i].Session is not null) records[i] = records[i] with { User = null };
                    }

                    await store.Events.Append(records);
                    break;
            }

            if (random.Next(4) > 0) await live.Reach(await store.Position());
            if (random.Next(6) > 0) continue;
            await live.Reach(await store.Position());
            if (live.Now.IsStale || live.Now.HoldsForgotten)
            {
                rebuilt++;
                await live.Rebuild();
            }

            await Same(live, store, encoder, options);
        }

        await live.Reach(await store.Position());
        await live.Rebuild();
        await Same(live, store, encoder, options);
        // and once more from a checkpoint
        Assert.True(await live.Checkpoint());
        await live.DisposeAsync();
        live = await LiveShop.Open(store, encoder, options);
        Assert.True(live.WasRestored);
        await Same(live, store, encoder, options);
        await live.DisposeAsync();
        Assert.True(restored + rebuilt > 0);
        Assert.Null(live.Fault);
    }

    [Fact]
    public async Task A_checkpoint_of_other_settings_or_with_damage_is_not_used()
    {
        var log = ToyLog.Draw(2000);
        var store = _toys.Store();
        await ToyShop.Describe(store, log);
        var events = ShopStateTests.All(log);
        await store.Events.Append([.. events.Select((e, i) => ToyShop.Record(log, e, i))]);
        var encoder = ToyShop.Encoder(_folder, log);
        await using (var live = await LiveShop.Open(store, encoder, _toys.Options with { CheckpointEvery = TimeSpan.FromHours(1) })) Assert.False(live.WasRestored);
        // it was saved at the end
        await using (var live = await LiveShop.Open(store, encoder, _toys.Options)) Assert.True(live.WasRestored);
        await using (var live = await LiveShop.Open(store, null, _toys.Options)) Assert.False(live.WasRestored);
        await using (var live = await LiveShop.Open(store, encoder, _toys.Options with { Visits = 7 })) Assert.False(live.WasRestored);
        var last = (await store.Checkpoints.Latest(LiveCheckpoint.Name))!;
        using var bytes = new MemoryStream();
        await store.Checkpoints.Copy(last, bytes);
        var random = new Random(1);
        for (var i = 0; i < 20; i++)
        {
            var changed = bytes.ToArray();
            // what comes before the parts is not summed up, but names the position
            changed[random.Next(100, changed.Length)] ^= 64;
            Assert.True(await store.Checkpoints.Save(LiveCheckpoint.Name, await store.Position(), new MemoryStream(i % 4 == 0 ? changed[..random.Next(changed.Length)] : changed)));
            await using var live = await LiveShop.Open(store, encoder, _toys.Options);
            Assert.False(live.WasRestored);
            Assert.Equal(events.Length, live.Now.Events);
        }
    }

    private static async Task Same(LiveShop live, ShopStore store, Encoder encoder, LiveOptions options)
    {
        var (made, _) = await LiveRebuild.Run(store, encoder, options, live.Names, Descriptions.Begin(store, default), default);
        await live.Reach(made.Position);
        Assert.Equal(made.Position, live.Position);
        Assert.Equal(ToyShop.Bytes(made), ToyShop.Bytes(live.Now));
        // and so is what is not saved, since it is read from the store
        Assert.Equal(Texts(made), Texts(live.Now));
    }

    private static List<string> Texts(ShopMemory memory)
    {
        var found = new Candidate[50];
        var texts = memory.Sources.Select(s => s.Name + string.Join(',', found[..s.Find(new() { Allowed = memory.Shelf.OnSale, Category = 1, Items = new[] { 1, 2, 3 } }, found)])).ToList();
        for (var item = 0; item < memory.Known.Items.Count; item++)
            texts.Add(string.Join(' ', memory.Known.ItemColumns.Select(c => c[item] < 0 ? "-" : c.Values.Text(c[item]))) + memory.Price(item) + memory.Shelf[item]?.IsOnSale);
        for (var user = 0; user < memory.Known.Users.Count; user++) texts.Add(string.Join(' ', memory.Known.UserColumns.Select(c => c[user] < 0 ? "-" : c.Values.Text(c[user]))));
        return texts;
    }
}
