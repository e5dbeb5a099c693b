namespace Sundry.Tests;

/// <summary>A clock that stands still until a test moves it. Its timers are real.</summary>
internal sealed class TestClock : TimeProvider
{
    private long _now = new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Unix time in milliseconds.</summary>
    public long Now => Volatile.Read(ref _now);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, (long)by.TotalMilliseconds);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
}
