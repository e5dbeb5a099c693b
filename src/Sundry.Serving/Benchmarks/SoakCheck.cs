using System.Globalization;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Looks into the store of a server that was killed.</summary>
internal sealed class SoakCheck : IDisposable
{
    private const int Page = 10_000;
    private const int MostOwn = 1_000_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly ServeSoakOptions _options;
    private readonly SoakTally _tally;
    private readonly StoreOptions _opening;
    private readonly LiveOptions _live;
    private readonly ModelSnapshot _model;
    private long _position;
    private long _lasting;

    public SoakCheck(ServeSoakOptions options, string model, SoakTally tally, TimeProvider clock)
    {
        (_options, _tally) = (options, tally);
        _opening = new StoreOptions { Clock = clock, Patience = s_patience };
        // as a server has it, but saved when this says so
        _live = new ServeOptions().Live with { Clock = clock, CheckpointEvery = TimeSpan.Zero };
        _model = ModelSnapshot.Open(model, clock);
    }

    public void Dispose() => _model.Uses.Leave();

    /// <summary>Puts the clients' items into the store, and some that are always on sale.</summary>
    public async Task Begin(IReadOnlyList<SoakClient> clients, CancellationToken cancel)
    {
        using var store = ShopStore.Open(_options.Store, _opening);
        if ((await store.Counts(cancel)).Events > 0) throw new InputException("the store has events already; name a new one", store.Place);
        await store.Items.Put([.. Enumerable.Range(0, 5).Select(i => ($"always{i}", $"{{\"title\":\"always {i}\",\"category\":\"c{i}\",\"price\":{i + 1}}}"))], cancel);
        await store.Items.Put([.. clients.SelectMany(c => c.Items).Select(i => (i.Id, i.Item!.Json))], cancel);
        await store.Users.Put([.. Enumerable.Range(0, _options.Users).Select(u => ($"u{u}", $"{{\"age\":{18 + u % 60}}}"))], cancel);
    }

    /// <summary>Looks, and counts what it finds.</summary>
    /// <param name="clients">What was acknowledged.</param>
    /// <param name="checkpoint">Whether the state is saved for the next start.</param>
    /// <param name="cancel">Stops.</param>
    public async Task Look(IReadOnlyList<SoakClient> clients, bool checkpoint, CancellationToken cancel)
    {
        using var store = ShopStore.Open(_options.Store, _opening);
        // what the killed server's database may still be committing is done behind this
        await store.Engine.Write(session => session.TakePosition());
        if (store.Engine is SqliteEngine && await store.Engine.Read("PRAGMA integrity_check", r => r.GetString(0), cancel) is not ["ok"]) _tally.Wrong(SoakCount.Damaged, "the database's own check found damage");
        var expected = await Events(store, clients, cancel);
        foreach (var client in clients) expected += await Own(store, client, cancel);
        if ((await store.Counts(cancel)).Events is var counted && counted != expected) _tally.Wrong(SoakCount.Doubled, $"the store counts {counted} events, and {expected} are there", Math.Abs(counted - expected));
        foreach (var client in clients) await Items(store, client, cancel);
        await State(store, checkpoint, cancel);
    }

    // those of users who stay, told since the last look; gives how many there are by now
    private async Task<long> Events(ShopStore store, IReadOnlyList<SoakClient> clients, CancellationToken cancel)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await foreach (var page in store.Events.Pages(_position, Page, cancel))
        {
            foreach (var stored in page)
            {
                _position = stored.Position;
                if (stored.Event.User!.StartsWith("own", StringComparison.Ordinal)) continue;
                _lasting++;
                var id = stored.Event.Id!;
                var name = id[..id.LastIndexOf('-')];
                if (!found.TryGetValue(name, out var ids)) found[name] = ids = new(StringComparer.Ordinal);
                if (!ids.Add(id)) _tally.Wrong(SoakCount.Doubled, $"event {id} is there twice");
            }
        }

        foreach (var client in clients)
        {
            foreach (var name in client.Told.Keys)
            {
                // what was in doubt at the last kill and there, was told before it
                if (client.Told[name].WasFound == true) continue;
                found.Remove(name, out var ids);
                if (ids?.Count != _options.Batch) _tally.Wrong(ids is null ? SoakCount.Lost : SoakCount.Torn, $"batch {name} was acknowledged, and {ids?.Count ?? 0} of its {_options.Batch} events are there", ids is null ? _options.Batch : 1);
            }

            client.Told.Clear();
            if (client.Doubt is not SoakCall.Tell { Own: null, Again: false } tell) continue;
            found.Remove(tell.Batch.Name, out var some);
            if (some is not null && some.Count != _options.Batch) _tally.Wrong(SoakCount.Torn, $"batch {tell.Batch.Name} was cut off, and {some.Count} of its {_options.Batch} events are there");
            // one that was there after an earlier kill is behind the position
            tell.Batch.WasFound = tell.Batch.WasFound == true || some is not null;
        }

        foreach (var name in found.Keys) _tally.Wrong(SoakCount.Doubled, $"batch {name} is there, and nobody sent it since the last look");
        return _lasting;
    }

    // all events of the users whom a client deletes; gives how many there are
    private async Task<long> Own(ShopStore store, SoakClient client, CancellationToken cancel)
    {
        var all = 0L;
        foreach (var (id, events) in client.Own)
        {
            var there = (await store.Events.OfUser(id, MostOwn, cancel: cancel)).Select(e => e.Event.Id).Distinct(StringComparer.Ordinal).Count();
            all += there;
            if (there == events) continue;
            var may = client.Doubt switch
            {
                SoakCall.Forget forget when client.OwnId(forget.Own) == id => 0,
                SoakCall.Tell { Own: { } own } when client.OwnId(own) == id => events + _options.Batch,
                _ => events,
            };
            if (there != may) _tally.Wrong(there < events ? SoakCount.Lost : SoakCount.Doubled, string.Create(CultureInfo.InvariantCulture, $"the user {id} has {there} events, and {events} were acknowledged"), Math.Abs(there - events));
        }

        return all;
    }

    private async Task Items(ShopStore store, SoakClient client, CancellationToken cancel)
    {
        foreach (var (id, item) in client.Items)
        {
            var there = (await store.Items.Get(id, cancel))?.Attributes;
            if (SoakItem.IsSame(item, there)) continue;
            if (client.Doubt is SoakCall.Item doubt && client.ItemId(doubt.Place) == id && SoakItem.IsSame(doubt.Now, there)) continue;
            _tally.Wrong(SoakCount.Strayed, $"the item {id} is {there ?? "not there"}, and {item?.Json ?? "its deletion"} was acknowledged");
        }
    }

    private async Task State(ShopStore store, bool checkpoint, CancellationToken cancel)
    {
        var encoder = _model.Bundle.Encoder;
        await using var live = await LiveShop.Open(store, encoder, _live, cancel);
        // after a deletion counts may differ until a rebuild, as docs/live.md says
        var anew = live.Now.IsStale || live.Now.HoldsForgotten;
        if (anew) await live.Rebuild(cancel);
        var followed = Bytes(live.Now);
        await live.Rebuild(cancel);
        if (!followed.AsSpan().SequenceEqual(Bytes(live.Now))) _tally.Wrong(SoakCount.Differing, $"the state at position {live.Position} is not what a rebuild comes to");
        if (!anew) _tally.Add(SoakCount.Compared);
        if (!anew && live.WasRestored) _tally.Add(SoakCount.Restored);
        if (checkpoint) await live.Checkpoint(cancel);
    }

    private static byte[] Bytes(ShopMemory memory)
    {
        using var stream = new MemoryStream();
        memory.Save(stream);
        return stream.ToArray();
    }
}
