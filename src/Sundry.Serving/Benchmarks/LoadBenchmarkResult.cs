using Sundry.Training;

namespace Sundry.Serving;

/// <summary>What <see cref="LoadBenchmark"/> found. Times run from the moment at which a request was due to the last byte of its answer, in milliseconds.</summary>
/// <param name="Requests">Requests that count.</param>
/// <param name="Errors">Those of them without a good answer, by status; <c>none</c>: no answer came, <c>empty</c>: without an item, <c>crowded</c>: not sent, as too many were under way.</param>
/// <param name="Degraded">Good answers that were made of less than they should have been.</param>
/// <param name="PerSecond">Good answers a second.</param>
/// <param name="P50Ms">Half of the good answers took no longer.</param>
/// <param name="P90Ms">Of a hundred 90.</param>
/// <param name="P99Ms">Of a hundred 99.</param>
/// <param name="P999Ms">Of a thousand 999.</param>
/// <param name="MostMs">The slowest.</param>
/// <param name="LateMs">Of a hundred requests 99 began no later than this after they were due: what the generator adds. 0 in a closed loop.</param>
/// <param name="Options">What was asked for, without the key.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record LoadBenchmarkResult(
    long Requests, IReadOnlyDictionary<string, long> Errors, long Degraded, double PerSecond, double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MostMs, double LateMs,
    LoadBenchmarkOptions Options, Machine Machine);
