namespace Sundry.Training;

/// <summary>
/// Several metrics of the same predictions, prepared so that each resample of the rows costs a few passes: sorting,
/// logarithms and arg-maxima are done once. Safe for use from several threads, each with its own scratch space.
/// </summary>
internal abstract class ResampledMetrics
{
    /// <summary>Number of rows that count; a resample has one count for each, in their given order.</summary>
    public abstract int Rows { get; }

    /// <summary>The metrics' names, in the order of the values.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Evaluates every metric with row i taken <paramref name="counts"/>[i] times.</summary>
    /// <param name="counts">[Rows]</param>
    /// <param name="scratch">[Rows], overwritten.</param>
    /// <param name="values">[Names.Count]</param>
    public abstract void Evaluate(ReadOnlySpan<byte> counts, Span<double> scratch, Span<double> values);
}
