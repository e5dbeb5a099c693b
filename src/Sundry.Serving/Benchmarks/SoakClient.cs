using System.Globalization;

namespace Sundry.Serving;

/// <summary>
/// One that tells a server and asks it, and remembers what was acknowledged. What its last call was when the server was killed is in doubt until it is made again: either all of it was done or nothing.
/// Items and the users that it deletes are its own; other users are everybody's.
/// </summary>
internal sealed class SoakClient(ServeSoakOptions options, int number, SoakTally tally, TimeProvider clock)
{
    private const int OwnUsers = 5;
    private const int Remembered = 50;
    private const int MostRetries = 500;
    private static readonly string[] s_types = ["view", "view", "click", "cart", "purchase"];
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Random _random = new(options.Seed * 1009 + number);
    private readonly SoakItem?[] _items = [.. Enumerable.Range(0, options.Items).Select(i => new SoakItem(i % 7, 1 + i, 2, false))];
    private readonly List<SoakBatch> _earlier = [];
    private readonly List<SoakBatch>[] _ofOwn = [.. Enumerable.Range(0, OwnUsers).Select(_ => new List<SoakBatch>())];
    private int _batches;

    /// <summary>Batches about users who stay that were acknowledged since the last kill, by name.</summary>
    public Dictionary<string, SoakBatch> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>The call that the kill cut off; null where none was.</summary>
    public SoakCall? Doubt { get; private set; }

    /// <summary>What was acknowledged of its items.</summary>
    public IEnumerable<(string Id, SoakItem? Item)> Items => _items.Select((item, i) => (ItemId(i), item));

    /// <summary>What was acknowledged of its own users: how many events each has.</summary>
    public IEnumerable<(string Id, int Events)> Own => _ofOwn.Select((batches, u) => (OwnId(u), batches.Count * options.Batch));

    /// <summary>Calls until the server is gone.</summary>
    /// <param name="client">Asks it, once each time.</param>
    /// <param name="cycle">Names the events.</param>
    /// <param name="deletes">Whether items and users are deleted: the server's state is to be made anew then.</param>
    public async Task Run(SundryClient client, int cycle, bool deletes)
    {
        var (retries, first) = (0, true);
        while (true)
        {
            // what was cut off comes first, and then something that was acknowledged by the server before
            var call = Doubt ?? (first && _earlier.Count > 0 ? Earlier() : Next(cycle, deletes));
            first &= Doubt is not null;
            try
            {
                if (call is SoakCall.Ask ask)
                {
                    Look(await client.Recommend(ask.Request));
                    continue;
                }

                Doubt = call;
                await Make(client, call);
                Doubt = null;
                retries = 0;
            }
            catch (SundryException e) when (e.Status == 503)
            {
                tally.Add(SoakCount.Busy);
                // it may have been done all the same
                if (call is SoakCall.Tell { Batch: { WasFound: false } batch }) batch.WasFound = null;
                if (++retries > MostRetries) tally.Wrong(SoakCount.Faults, $"a call was answered 503 for ever: {e.Message}");
                await Task.Delay(s_pause, clock);
            }
            catch (SundryException e)
            {
                tally.Wrong(SoakCount.Faults, $"{call} was answered {e.Status}: {e.Message}");
                Doubt = null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                if (Doubt is not null) tally.Add(SoakCount.Doubts);
                return;
            }
        }
    }

    private SoakCall Next(int cycle, bool deletes)
    {
        var (chance, item, own) = (_random.Next(100), _random.Next(options.Items), _random.Next(OwnUsers));
        if (_items[item] is not { } there) return new SoakCall.Item(item, Draw(item), null);
        if (chance < 40) return new SoakCall.Tell(Batch(cycle, null), null);
        if (chance < 45) return new SoakCall.Tell(Batch(cycle, OwnId(own)), own);
        if (chance < 50 && _earlier.Count > 0) return Earlier();
        if (chance < 58) return new SoakCall.Item(item, Draw(item), null);
        if (chance < 66) return new SoakCall.Item(item, there with { Stock = _random.Next(3) }, "stock");
        if (chance < 72) return new SoakCall.Item(item, there with { Hidden = !there.Hidden }, "hidden");
        if (deletes && chance < 74) return new SoakCall.Item(item, null, null);
        if (deletes && chance < 76 && _ofOwn[own].Count > 0) return new SoakCall.Forget(own);
        return new SoakCall.Ask(new RecommendRequest
        {
            User = UserId(),
            Count = _random.Next(1, 30),
            Item = _random.Next(3) == 0 ? ItemId(item) : null,
            Deadline = TimeSpan.FromMinutes(1),
        });
    }

    private SoakCall.Tell Earlier() => new(_earlier[_random.Next(_earlier.Count)], null) { Again = true };

    // makes a call that changes something, and remembers that it was acknowledged
    private async Task Make(SundryClient client, SoakCall call)
    {
        switch (call)
        {
            case SoakCall.Tell tell:
                Took(tell, await client.Tell(tell.Batch.Events));
                break;
            case SoakCall.Item { Now: null } item:
                await client.DeleteItem(ItemId(item.Place));
                _items[item.Place] = null;
                tally.Add(SoakCount.Changes);
                break;
            case SoakCall.Item { Now: { } now } item:
                if (item.Patch is null) await client.PutItem(ItemId(item.Place), now.Json);
                else await client.PatchItem(ItemId(item.Place), item.Patch == "stock" ? $"{{\"stock\":{now.Stock}}}" : $"{{\"hidden\":{(now.Hidden ? "true" : "false")}}}");
                _items[item.Place] = now;
                tally.Add(SoakCount.Changes);
                break;
            case SoakCall.Forget forget:
                await client.Forget(OwnId(forget.Own));
                _ofOwn[forget.Own].Clear();
                tally.Add(SoakCount.Changes);
                break;
        }
    }

    private void Took(SoakCall.Tell tell, IReadOnlyList<EventReceipt> receipts)
    {
        var accepted = receipts.Count(r => r.Outcome == EventOutcome.Accepted);
        var duplicate = receipts.Count(r => r.Outcome == EventOutcome.Duplicate);
        if (accepted + duplicate != options.Batch) tally.Wrong(SoakCount.Faults, $"of batch {tell.Batch.Name} {options.Batch - accepted - duplicate} events were refused: {receipts.Select(r => r.Reason).FirstOrDefault(r => r is not null)}");
        else if (accepted > 0 && duplicate > 0) tally.Wrong(SoakCount.Torn, $"of batch {tell.Batch.Name} {duplicate} events were there when it was sent again");
        else if (tell.Again && accepted > 0) tally.Wrong(SoakCount.Doubled, $"batch {tell.Batch.Name} was taken again", accepted);
        else if (!tell.Again && tell.Batch.WasFound is { } found && found != (duplicate > 0)) tally.Wrong(found ? SoakCount.Doubled : SoakCount.Lost, $"batch {tell.Batch.Name} {(found ? "was" : "was not")} in the store after the kill, and {(found ? "was taken again" : "is called there already")}", options.Batch);
        if (tell.Again) return;
        tally.Add(SoakCount.Acknowledged, options.Batch);
        if (tell.Own is { } own)
        {
            _ofOwn[own].Add(tell.Batch);
            return;
        }

        Told[tell.Batch.Name] = tell.Batch;
        _earlier.Add(tell.Batch);
        if (_earlier.Count > Remembered) _earlier.RemoveAt(0);
    }

    private void Look(Answer answer)
    {
        tally.Add(SoakCount.Answers);
        if (answer.Items.Count == 0) tally.Wrong(SoakCount.Broken, "an answer was empty");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in answer.Items)
        {
            if (!seen.Add(item.Id)) tally.Wrong(SoakCount.Broken, $"{item.Id} was twice in an answer");
            var mark = string.Create(CultureInfo.InvariantCulture, $"i{number}-");
            // others' items may be changing just now
            if (!item.Id.StartsWith(mark, StringComparison.Ordinal)) continue;
            var place = int.Parse(item.Id.AsSpan(mark.Length), CultureInfo.InvariantCulture);
            if (_items[place]?.IsOnSale != true) tally.Wrong(SoakCount.Broken, $"{item.Id} was in an answer, and it was {(_items[place] is { } off ? off.Json : "deleted")} before");
        }
    }

    private SoakItem Draw(int item) => new(item % 7, _random.Next(1, 100), _random.Next(4), _random.Next(8) == 0);

    private SoakBatch Batch(int cycle, string? user)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{cycle}-{number}-{_batches++}");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new SoakBatch(name, [.. Enumerable.Range(0, options.Batch).Select(i => new EventRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"),
            Type = s_types[_random.Next(s_types.Length)],
            User = user ?? UserId(),
            Session = string.Create(CultureInfo.InvariantCulture, $"s{number}-{_batches / 4}"),
            Item = string.Create(CultureInfo.InvariantCulture, $"i{_random.Next(options.Clients)}-{_random.Next(options.Items)}"),
            Time = now - _random.Next(60_000),
            Price = _random.Next(4) == 0 ? _random.Next(1, 100) : null,
        })]);
    }

    private string UserId() => string.Create(CultureInfo.InvariantCulture, $"u{_random.Next(options.Users)}");

    /// <summary>The id of one of its items.</summary>
    public string ItemId(int item) => string.Create(CultureInfo.InvariantCulture, $"i{number}-{item}");

    /// <summary>The id of one of the users whom it deletes.</summary>
    public string OwnId(int own) => string.Create(CultureInfo.InvariantCulture, $"own{number}-{own}");
}

/// <summary>Events that are sent together.</summary>
internal sealed record SoakBatch(string Name, EventRecord[] Events)
{
    /// <summary>Of one that was in doubt: whether the store had it after the kill; null where that was never looked at.</summary>
    public bool? WasFound { get; set; }
}

/// <summary>What a client may call.</summary>
internal abstract record SoakCall
{
    /// <summary>Events; of a client's own user where <paramref name="Own"/> is one.</summary>
    public sealed record Tell(SoakBatch Batch, int? Own) : SoakCall
    {
        /// <summary>Whether it was acknowledged before.</summary>
        public bool Again { get; init; }
    }

    /// <summary>An item put, patched or deleted, to be as it is to be.</summary>
    public sealed record Item(int Place, SoakItem? Now, string? Patch) : SoakCall;

    /// <summary>A client's own user deleted.</summary>
    public sealed record Forget(int Own) : SoakCall;

    /// <summary>A recommendation.</summary>
    public sealed record Ask(RecommendRequest Request) : SoakCall;
}
