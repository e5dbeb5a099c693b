using Sundry.Training;

namespace Sundry.Serving;

/// <summary>How fast a shop is followed.</summary>
/// <param name="AppliedPerSecond">The second half of the events, which one thread applied to the memory, by the time that took.</param>
/// <param name="BytesPerEvent">What it allocated for one.</param>
/// <param name="RebuildSeconds">A start from nothing but the store.</param>
/// <param name="RestoreSeconds">A start from a checkpoint that is up to date.</param>
/// <param name="CheckpointMb">The checkpoint.</param>
/// <param name="CheckpointMs">How long nothing is applied while its bytes are made, at the median of five.</param>
/// <param name="AckP99Ms">Batches of 100 told one after the other, until the next answer knows them: of 100 batches 99 needed less.</param>
/// <param name="AckMostMs">The slowest.</param>
/// <param name="SavingAckP99Ms">The same while checkpoints are made without a pause.</param>
/// <param name="SavingAckMostMs">The slowest of these.</param>
/// <param name="Saved">How many were made meanwhile.</param>
/// <param name="Options">What was measured.</param>
/// <param name="Machine">Where.</param>
public sealed record LiveBenchmarkResult(
    double AppliedPerSecond,
    double BytesPerEvent,
    double RebuildSeconds,
    double RestoreSeconds,
    double CheckpointMb,
    double CheckpointMs,
    double AckP99Ms,
    double AckMostMs,
    double SavingAckP99Ms,
    double SavingAckMostMs,
    int Saved,
    LiveBenchmarkOptions Options,
    Machine Machine);
