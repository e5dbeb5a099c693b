namespace Sundry.Training;

/// <summary>One metric of one task on some rows.</summary>
/// <param name="Name">The metric's name, one of <see cref="TaskMetrics.Names"/>.</param>
/// <param name="Value">Its value; NaN is undefined.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval; NaN where there is none.</param>
/// <param name="High">Upper end of the interval; NaN where there is none.</param>
/// <param name="Reason">Why the value is undefined, for people; null where it is defined.</param>
public sealed record MetricValue(string Name, double Value, double Low, double High, string? Reason = null)
{
    /// <summary>Whether the metric has a value.</summary>
    public bool IsDefined => !double.IsNaN(Value);

    /// <summary>Whether the metric has an interval.</summary>
    public bool HasInterval => !double.IsNaN(Low) && !double.IsNaN(High);
}
