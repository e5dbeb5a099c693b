namespace Sundry.Training;

/// <summary>How much of the minutes of a search is left; without minutes, always enough.</summary>
/// <param name="time">The clock.</param>
/// <param name="minutes">What the whole may take; null for any time.</param>
internal sealed class TuneClock(TimeProvider time, double? minutes)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Seconds that earlier calls have spent on what this one found done.</summary>
    public double Found { get; set; }

    /// <summary>Seconds so far.</summary>
    public double Elapsed => Found + time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Whether so many seconds more can be spent.</summary>
    public bool Allows(double seconds) => minutes is not { } most || Elapsed + seconds <= 60 * most;

    /// <summary>A share of the minutes, in seconds; without minutes, none.</summary>
    public double Part(double share) => share * 60 * (minutes ?? 0);

    /// <summary>Whether a share of the minutes is still ahead.</summary>
    public bool IsBefore(double share) => minutes is not { } most || Elapsed <= share * 60 * most;

    /// <summary>How long it can still go on, for people; empty where nobody knows.</summary>
    public string Left => minutes is { } most ? $"; at most {Figures.Duration(Math.Max(0, 60 * most - Elapsed))} left" : "";
}
