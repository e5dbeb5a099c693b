using Sundry.Serving;

namespace Sundry.Tests;

public sealed class CommitTailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_this_process_commits_is_known_without_reading_it()
    {
        var failing = false;
        using var store = ShopStore.Open(_folder.Path("shop.db"), new()
        {
            LookEvery = TimeSpan.FromDays(1),
            Before = step =>
            {
                if (step == StoreStep.Read && Volatile.Read(ref failing)) throw new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 10);
            },
        });
        await using var live = await LiveShop.Open(store, null, new LiveOptions { CheckpointEvery = TimeSpan.Zero });
        await live.Reach(await store.Position());
        Volatile.Write(ref failing, true);
        for (var i = 0; i < 20; i++)
        {
            var told = await store.Events.Append([new() { Id = $"{i / 2}", Type = "view", User = "u", Item = $"i{i}", Time = 1000 + i }, new() { Id = $"{i}+", Type = "view", User = "u", Item = "j", Time = 1000 + i }]);
            await live.Reach(told[1].Position);
            Assert.Equal(i / 2 + 1 + i + 1, live.Now.Events);
        }

        Assert.Null(live.Fault);
    }

    [Fact]
    public async Task What_was_committed_is_what_would_be_read()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        var woken = 0;
        using var tail = store.Engine.Tails.Follow(() => Interlocked.Increment(ref woken));
        EventRecord[] events =
        [
            new() { Id = "a", Type = "view", User = "u", Session = "s", Item = "i", Time = 5, Position = 3, Price = 1e300, Value = -0.0 },
            new() { Type = "purchase", Session = "s", Time = 4, Quantity = 0.1, Price = 9.99, Value = 1e-60, Text = "x" },
            new() { Id = "a", Type = "click", User = "v", Time = 6 },
            new() { Type = "click", Time = 6 },
        ];
        await store.Events.Append(events);
        await store.Events.Append(events);
        var told = new List<LiveEvent>();
        for (var position = 0L; tail.Take(position) is { } commit; position = commit.UpTo)
        {
            Assert.Equal(position, commit.From);
            commit.AddTo(told);
        }

        var read = await store.Events.LiveAfter(0, 10, default);
        Assert.Equal(2, read.Count);
        Assert.Equal(read, told);
        Assert.Equal(read.Select(e => BitConverter.SingleToInt32Bits(e.Value)), told.Select(e => BitConverter.SingleToInt32Bits(e.Value)));
        Assert.InRange(woken, 1, 2);
        Assert.False(tail.TakeGap());
    }

    [Fact]
    public async Task Whatever_else_changes_must_be_read()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        using var tail = store.Engine.Tails.Follow(() => { });
        await store.Items.Put([("i", "{}")]);
        Assert.Null(tail.Take(0));
        Assert.True(tail.TakeGap());
        Assert.False(tail.TakeGap());
        await store.Events.Append([Event("a")]);
        // not after what was not read
        Assert.Null(tail.Take(0));
        Assert.True(tail.TakeGap());
        Assert.Equal(2, tail.Take(1)!.UpTo);
        // what was read meanwhile is not told again
        await store.Events.Append([Event("b")]);
        Assert.Null(tail.Take(3));
        Assert.False(tail.TakeGap());
    }

    [Fact]
    public async Task Another_servers_changes_are_a_gap_and_a_long_queue_is_let_go()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        using var other = ShopStore.Open(_folder.Path("shop.db"));
        using var tail = store.Engine.Tails.Follow(() => { });
        await other.Events.Append([Event("a")]);
        await store.Events.Append([Event("b")]);
        Assert.Null(tail.Take(0));
        Assert.True(tail.TakeGap());
        for (var i = 0; i < 5; i++) await store.Events.Append([.. Enumerable.Range(0, CommitTail.Most / 4).Select(n => Event($"{i} {n}"))]);
        Assert.Null(tail.Take(1));
        Assert.True(tail.TakeGap());
    }

    private static EventRecord Event(string id) => new() { Id = id, Type = "view", User = "u", Time = 1 };
}
