using System.Text;
using Sundry.Serving;

namespace Sundry.Tests;

public abstract partial class StoreContract
{
    internal const string Forgotten = "customer-4711-forget-me";

    [SkippableFact]
    public async Task Forgetting_a_user_leaves_nothing_of_them()
    {
        var place = NewPlace();
        var store = Open(place);
        await FillWithSomebody(store);
        Assert.Equal(["answers", "answers", "checkpoint_parts", "checkpoints", "events", "events", "events", "friends", "friends", "users"], (await Rows(store, "forget-me")).Where(t => t != "pasts").Order(StringComparer.Ordinal));
        var (events, position) = ((await store.Counts()).Events, await store.Position());

        Assert.True(await store.Forget(Forgotten));

        Assert.Empty(await Rows(store, "forget-me"));
        Assert.Empty(await store.Events.OfUser(Forgotten, 9));
        Assert.Null(await store.Users.Get(Forgotten));
        Assert.Empty(await store.Friends.Of("friend"));
        Assert.Null(await store.Checkpoints.Latest("state"));
        // others keep theirs
        Assert.Equal(events - 3, (await store.Counts()).Events);
        Assert.Equal((await store.Counts()).Events, (await store.Events.After(0, 10_000)).Count);
        Assert.NotNull(await store.Users.Get("friend"));
        Assert.NotNull(await store.Answers.Get("kept"));
        // and other servers learn of it
        var mark = Assert.Single(await store.ForgottenAfter(position, 9));
        Assert.Equal(store.Mark(Forgotten), mark.Mark);
        Assert.NotEqual(store.Mark("friend"), mark.Mark);
        Assert.False(await store.Forget(Forgotten));
        Clock.Advance(TimeSpan.FromDays(91));
        await store.Expire();
        Assert.Empty(await store.ForgottenAfter(0, 9));
    }

    [SkippableFact]
    public async Task A_checkpoint_from_before_is_not_saved_after_forgetting()
    {
        var store = New();
        await FillWithSomebody(store);
        var position = await store.Position();
        var content = new StreamThatStops([.. Encoding.UTF8.GetBytes(Forgotten), .. new byte[1 << 20]]);
        var saving = store.Checkpoints.Save("state", position, content);
        await content.Reached;
        Assert.True(await store.Forget(Forgotten));
        content.GoOn();
        Assert.False(await saving);
        Assert.Empty(await Rows(store, "forget-me"));
        Assert.False(await store.Checkpoints.Save("state", position, new MemoryStream([1])));
        Assert.Empty(await Rows(store, "state"));
        Assert.True(await store.Checkpoints.Save("state", await store.Position(), new MemoryStream([1])));
    }

    internal async Task FillWithSomebody(ShopStore store)
    {
        for (var batch = 0; batch < 10; batch++) await store.Events.Append([.. Enumerable.Range(0, 100).Select(i => Event($"u{i % 7}", $"{batch}-{i}"))]);
        await store.Events.Append(
        [
            Event(Forgotten, "x1") with { Session = "visit-of-forget-me", Text = "words of forget-me" }, Event(Forgotten),
            // before the user logged in
            new() { Id = "x2", Type = "view", Session = "visit-of-forget-me", Time = 7 }, new() { Id = "x3", Type = "view", Session = "somebody else's", Time = 7 },
        ]);
        await store.Users.Put([(Forgotten, """{"name":"forget-me"}"""), ("friend", "{}")]);
        await store.Friends.Put([(Forgotten, "friend"), ("a", Forgotten)]);
        await store.Answers.Put(new("a1", Forgotten, null, "{}"), TimeSpan.FromDays(1));
        await store.Answers.Put(new("a2", null, "visit-of-forget-me", "{}"), TimeSpan.FromDays(1));
        await store.Answers.Put(new("kept", "friend", null, "{}"), TimeSpan.FromDays(1));
        await store.Checkpoints.Save("state", await store.Position(), new MemoryStream(Encoding.UTF8.GetBytes("all users: " + Forgotten)));
        await store.Checkpoints.Save("state-of-forget-me", await store.Position(), Stream.Null);
    }

    /// <summary>Gives its bytes, then stops until it may go on, and ends.</summary>
    private sealed class StreamThatStops(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void GoOn() => _goOn.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            var count = Read(destination.Span);
            if (count > 0) return count;
            _reached.TrySetResult();
            await _goOn.Task;
            return 0;
        }
    }
}
