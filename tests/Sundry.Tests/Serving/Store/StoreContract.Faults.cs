using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public abstract partial class StoreContract
{
    [SkippableFact]
    public async Task A_failure_at_any_step_loses_nothing_and_passes()
    {
        var expected = await Scenario(New(), () => { });
        for (var failing = 1; ; failing++)
        {
            var (steps, failed) = (0, 0);
            var armed = false;
            using var store = New(step =>
            {
                if (armed && step != StoreStep.Read && ++steps == failing) throw Failure();
            });
            armed = true;
            var found = await Scenario(store, () => failed++);
            Assert.Equal(expected, found);
            Assert.True(failed <= 1);
            if (steps < failing) break;
            Assert.True(failing < 500);
        }
    }

    [SkippableFact]
    public async Task While_writes_fail_reads_go_on()
    {
        var broken = false;
        var store = New(step =>
        {
            if (broken && step != StoreStep.Read) throw Failure();
        });
        await store.Events.Append([Event("u")]);
        broken = true;
        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.Append([Event("v")]));
            Assert.True(error.RetryAfter > TimeSpan.Zero);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Items.Put([("a", "{}")]));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Forget("u"));
            Assert.Single(await store.Events.OfUser("u", 9));
        }

        broken = false;
        Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("v")]))[0].Outcome);
        Assert.Equal(2, (await store.Counts()).Events);
    }

    [SkippableFact]
    public async Task Reads_that_fail_say_so()
    {
        var broken = false;
        var store = New(step =>
        {
            if (broken && step == StoreStep.Read) throw Failure();
        });
        broken = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.After(0, 1));
        broken = false;
        Assert.Empty(await store.Events.After(0, 1));
    }

    [SkippableFact]
    public async Task What_waits_is_committed_together_and_no_more_than_may_wait()
    {
        using var gate = new ManualResetEventSlim(true);
        using var reached = new SemaphoreSlim(0);
        var commits = 0;
        var store = New(
            step =>
            {
                if (step == StoreStep.Commit) Interlocked.Increment(ref commits);
                if (step != StoreStep.Begin || gate.IsSet) return;
                reached.Release();
                gate.Wait();
            },
            new() { MostWaiting = 50 });
        gate.Reset();
        commits = 0;
        var first = store.Events.Append([Event("first")]);
        await reached.WaitAsync();
        var waiting = Enumerable.Range(0, 40).Select(i => store.Events.Append([Event($"u{i}")])).ToList();
        // one whose change is refused within the transaction does not spoil the others'
        await Task.Yield();
        var wrong = store.Engine.Write<int>(_ => throw new InputException("no"));
        var many = Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.Append([.. Enumerable.Range(0, 20).Select(i => Event($"v{i}"))]));
        Assert.True((await many).RetryAfter > TimeSpan.Zero);
        Assert.False(first.IsCompleted);
        gate.Set();
        await Assert.ThrowsAsync<InputException>(() => wrong);
        await Task.WhenAll(waiting);
        Assert.Equal(41, (await store.Counts()).Events);
        Assert.InRange(commits, 2, 45);

        gate.Reset();
        first = store.Events.Append([Event("second")]);
        await reached.WaitAsync();
        waiting = [.. Enumerable.Range(0, 40).Select(i => store.Events.Append([Event($"w{i}")]))];
        commits = 0;
        gate.Set();
        await Task.WhenAll([first, .. waiting]);
        Assert.InRange(commits, 1, 3);
    }

    /// <summary>A few changes of every kind, each made again where the store could not make it; gives what is there in the end.</summary>
    private async Task<string> Scenario(ShopStore store, Action failed)
    {
        EventRecord[] batch = [Event("u", "1"), Event("v", "2"), Event("u", "3")];
        await Again(() => store.Events.Append(batch));
        await Again(() => store.Items.Put([("a", """{"n":1}"""), ("b", "{}")]));
        await Again(() => store.Items.Patch("a", """{"n":2}"""));
        await Again(() => store.Items.Delete("b"));
        await Again(() => store.Friends.Put([("u", "v"), ("v", "w")]));
        await Again(() => store.Documents.Put("rule", "r", "{}"));
        await Again(() => store.Answers.Put(new("r1", "v", null, "{}"), TimeSpan.FromDays(1)));
        await Again(async () => Assert.True(await store.Checkpoints.Save("state", 1, new MemoryStream([1, 2, 3]))));
        await Again(() => store.Forget("u"));
        await Again(() => store.Events.Append([Event("v", "4")]));
        var counts = await store.Counts();
        var events = await store.Events.After(0, 99);
        Assert.Equal(counts.Events, events.Count);
        Assert.Equal(events.Select(e => e.Position).Distinct().Order(), events.Select(e => e.Position));
        return string.Join('|', events.Select(e => e.Event.Id)) + (await store.Items.Get("a"))!.Attributes + string.Join('|', await store.Friends.Of("v"))
            + counts.Items + counts.Answers + (await store.Checkpoints.Latest("state"))?.Length + (await store.Documents.List("rule")).Count;

        async Task Again(Func<Task> change)
        {
            try
            {
                await change();
            }
            catch (StoreUnavailableException)
            {
                failed();
                await change();
            }
        }
    }
}
