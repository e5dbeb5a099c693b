namespace Sundry.Serving;

/// <summary>How long something took lately.</summary>
/// <param name="Name">What: a stage of an answer, or a path of the interface.</param>
/// <param name="Count">How often it was done.</param>
/// <param name="P50">Half took no longer, in milliseconds.</param>
/// <param name="P95">95 of a hundred took no longer, in milliseconds.</param>
/// <param name="P99">99 of a hundred took no longer, in milliseconds.</param>
/// <param name="Errors">How many failed.</param>
public sealed record PulseTiming(string Name, long Count, double P50, double P95, double P99, long Errors);
