using System.Diagnostics.Metrics;

namespace Sundry.Serving;

/// <summary>What the interface measures of itself, beside <see cref="Instruments"/>.</summary>
internal static class HttpInstruments
{
    /// <summary>Requests, by the pattern of their path and their status.</summary>
    public static Histogram<double> Requests { get; } = Instruments.Meter.CreateHistogram<double>("sundry.request.duration", "s", "Time to answer a request");

    /// <summary>Events, by outcome.</summary>
    public static Counter<long> Events { get; } = Instruments.Meter.CreateCounter<long>("sundry.events", description: "Events that were handed in");
}
