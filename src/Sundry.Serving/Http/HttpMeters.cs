using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sundry.Serving;

/// <summary>What the interface measures of itself.</summary>
internal static class HttpMeters
{
    /// <summary>Requests by method, route and status.</summary>
    public static Counter<long> Requests { get; } = Instruments.Meter.CreateCounter<long>("sundry.http.requests", description: "Requests by method, route and status");

    /// <summary>Seconds of requests by route.</summary>
    public static Histogram<double> Durations { get; } = Instruments.Meter.CreateHistogram<double>("sundry.http.request.duration", "s", "Time to answer a request, by route");

    /// <summary>Events by what became of them.</summary>
    public static Counter<long> Events { get; } = Instruments.Meter.CreateCounter<long>("sundry.events", description: "Events by what became of them");

    /// <summary>Seconds until events are committed and in the next answer.</summary>
    public static Histogram<double> EventDurations { get; } = Instruments.Meter.CreateHistogram<double>("sundry.events.duration", "s", "Time until events are committed and in the next answer");

    /// <summary>Counts a request.</summary>
    public static void Request(string method, string route, int status, TimeSpan took)
    {
        Requests.Add(1, new TagList { { "method", method }, { "route", route }, { "status", status } });
        Durations.Record(took.TotalSeconds, new TagList { { "route", route } });
    }

    /// <summary>Counts events.</summary>
    public static void Told(int accepted, int duplicate, int refused, TimeSpan took)
    {
        if (accepted > 0) Events.Add(accepted, new TagList { { "outcome", "accepted" } });
        if (duplicate > 0) Events.Add(duplicate, new TagList { { "outcome", "duplicate" } });
        if (refused > 0) Events.Add(refused, new TagList { { "outcome", "refused" } });
        if (accepted > 0) EventDurations.Record(took.TotalSeconds);
    }
}
