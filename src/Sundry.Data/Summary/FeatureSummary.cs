namespace Sundry.Data;

/// <summary>What the training part says about one feature.</summary>
/// <param name="Name">The feature's name, which is its column's.</param>
/// <param name="Kind">Its kind, in the configuration's words.</param>
/// <param name="Encoding">How it was encoded, in words: <c>vocabulary of 17</c>, <c>standardised after log, 32 buckets</c>.</param>
/// <param name="Distinct">How many different values there are (numbers: at most as many as the sample that quantiles are taken from); 0 for hashed features.</param>
/// <param name="Missing">In how many rows the value is missing.</param>
/// <param name="Unknown">In how many rows the value is too rare for a row of its own.</param>
/// <param name="Rows">Rows of its embedding tables in all; 0 where there are none.</param>
/// <param name="Top">The most frequent values, at most 10; empty for numbers.</param>
/// <param name="Minimum">Numbers: the smallest value; dates: the oldest, in days since 1970.</param>
/// <param name="Maximum">Numbers: the largest value; dates: the newest, in days since 1970.</param>
/// <param name="Mean">Numbers: the mean.</param>
/// <param name="StandardDeviation">Numbers: the standard deviation.</param>
/// <param name="Dropped">Why the feature is not used, or null.</param>
public sealed record FeatureSummary(
    string Name,
    string Kind,
    string Encoding,
    long Distinct,
    long Missing,
    long Unknown,
    long Rows,
    IReadOnlyList<ValueCount> Top,
    double? Minimum,
    double? Maximum,
    double? Mean,
    double? StandardDeviation,
    string? Dropped);
