using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class LiveBenchmarkTests
{
    [Fact]
    public async Task A_small_shop_is_measured()
    {
        var result = await LiveBenchmark.Run(new() { Events = 3_000, Names = 200, Batches = 10 }, TimeProvider.System);
        Assert.True(result.AppliedPerSecond > 0);
        Assert.True(result.RebuildSeconds > 0 && result.RestoreSeconds > 0 && result.CheckpointMs > 0);
        Assert.True(result.AckP99Ms <= result.AckMostMs && result.SavingAckP99Ms <= result.SavingAckMostMs);
        Assert.True(result.Saved >= 1);
        Assert.True(result.CheckpointMb > 0);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused() => Assert.Throws<InputException>(() => new LiveBenchmarkOptions { Events = 1 }.Check());
}
