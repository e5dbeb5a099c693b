namespace Sundry.Serving;

/// <summary>What a server did in one minute.</summary>
/// <param name="Start">When the minute began.</param>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Refused">Of those, requests that the asker must mend: 400 to 499.</param>
/// <param name="Errors">Of those, requests that the server failed: 500 and more.</param>
/// <param name="Events">Events that were committed.</param>
/// <param name="P50">Half of the requests took no longer, in milliseconds; NaN where there were none.</param>
/// <param name="P99">99 of a hundred requests took no longer, in milliseconds; NaN where there were none.</param>
public sealed record PulseMinute(DateTimeOffset Start, long Requests, long Refused, long Errors, long Events, double P50, double P99);
