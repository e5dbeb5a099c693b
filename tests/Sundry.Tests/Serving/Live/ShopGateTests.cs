using Sundry.Serving;

namespace Sundry.Tests;

public sealed class ShopGateTests
{
    [Fact]
    public async Task Readers_see_nothing_half_done()
    {
        var gate = new ShopGate();
        var (a, b, stop) = (0, 0, false);
        // threads of their own, and none writes before all read: a busy pool may start a task only when the writer has finished
        using var begun = new CountdownEvent(3);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() =>
        {
            begun.Signal();
            while (!Volatile.Read(ref stop))
                using (gate.Read()) Assert.Equal(Volatile.Read(ref a), Volatile.Read(ref b));
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        begun.Wait();
        for (var i = 0; i < 3000; i++)
        {
            gate.EnterWrite();
            Volatile.Write(ref a, i);
            if (i % 64 == 0) Thread.Yield();
            Volatile.Write(ref b, i);
            gate.ExitWrite();
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_writer_who_waits_goes_before_readers_who_keep_coming()
    {
        var gate = new ShopGate();
        var held = gate.Read();
        var written = Task.Run(() =>
        {
            gate.EnterWrite();
            gate.ExitWrite();
        });
        // a reader passes at first, and one that comes after the patience is over does not
        await Task.Delay(20 * ShopGate.Patience);
        var late = Task.Run(() => gate.Read().Dispose());
        await Task.Delay(20 * ShopGate.Patience);
        Assert.False(written.IsCompleted);
        Assert.False(late.IsCompleted);
        held.Dispose();
        held.Dispose();
        await Task.WhenAll(written, late).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
