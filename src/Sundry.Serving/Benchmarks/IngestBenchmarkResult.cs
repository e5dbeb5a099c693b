using Sundry.Training;

namespace Sundry.Serving;

/// <summary>How fast a store took events.</summary>
/// <param name="EventsPerSecond">Events that were acknowledged, by the time that took.</param>
/// <param name="AckP50Ms">The time from handing a batch in to its acknowledgement: half of the batches needed less.</param>
/// <param name="AckP99Ms">Of 100 batches 99 needed less.</param>
/// <param name="AckMostMs">The slowest batch.</param>
/// <param name="ReadPerSecond">Events read back, in pages, by the time that took.</param>
/// <param name="OpenMs">The time to open the store again.</param>
/// <param name="PeakMemoryMb">The most memory in use.</param>
/// <param name="Options">What was sent.</param>
/// <param name="Machine">Where.</param>
public sealed record IngestBenchmarkResult(
    double EventsPerSecond,
    double AckP50Ms,
    double AckP99Ms,
    double AckMostMs,
    double ReadPerSecond,
    double OpenMs,
    double PeakMemoryMb,
    IngestBenchmarkOptions Options,
    Machine Machine);
