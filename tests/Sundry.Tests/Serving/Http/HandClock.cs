namespace Sundry.Tests;

/// <summary>A clock whose seconds a test counts.</summary>
internal sealed class HandClock : TimeProvider
{
    public double Seconds { get; set; }

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => (long)(Seconds * 1_000);
}
