using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sundry.Serving;

/// <summary>What a serving process measures of itself: one source of activities and one meter, both called <c>Sundry.Serving</c>.</summary>
internal static class Instruments
{
    /// <summary>The name of both.</summary>
    public const string Name = "Sundry.Serving";

    /// <summary>Spans: of a request over HTTP by its route; in it <c>recommend</c> or <c>rank</c>, and in that <c>retrieve</c>, <c>features</c>, <c>score</c>, <c>rules</c>; or <c>commit</c>, the wait for the store.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>The meter.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Seconds of an answer, by scenario.</summary>
    public static Histogram<double> Answers { get; } = Meter.CreateHistogram<double>("sundry.answer.duration", "s", "Time to make an answer");

    /// <summary>Seconds of a stage of an answer.</summary>
    public static Histogram<double> Stages { get; } = Meter.CreateHistogram<double>("sundry.answer.stage.duration", "s", "Time of a stage of an answer");

    /// <summary>Answers that were made of less, by what was missing.</summary>
    public static Counter<long> Degraded { get; } = Meter.CreateCounter<long>("sundry.answer.degraded", description: "Answers that were made of less");

    /// <summary>Answers that were not written to the store, since too many waited.</summary>
    public static Counter<long> Unwritten { get; } = Meter.CreateCounter<long>("sundry.answer.unwritten", description: "Answers that stay in memory alone");
}
