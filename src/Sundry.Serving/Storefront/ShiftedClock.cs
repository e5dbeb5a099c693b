namespace Sundry.Serving;

/// <summary>A clock that goes as the machine's does, but began at another moment: a simulated shop's log ends on a day of its own, and goes on from there.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _by;

    /// <summary>Begins at a moment.</summary>
    /// <param name="now">What it shows now.</param>
    /// <param name="clock">The clock that it goes by.</param>
    public ShiftedClock(DateTimeOffset now, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_clock, _by) = (clock, now - clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow() + _by;

    /// <inheritdoc/>
    public override long GetTimestamp() => _clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _clock.CreateTimer(callback, state, dueTime, period);
}
