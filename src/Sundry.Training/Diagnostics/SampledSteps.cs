namespace Sundry.Training;

/// <summary>Which steps of an epoch are looked at: about one in so many, at least one, spread evenly.</summary>
/// <param name="steps">Steps of the epoch.</param>
/// <param name="every">One step in so many.</param>
internal readonly struct SampledSteps(int steps, int every)
{
    /// <summary>How many are looked at.</summary>
    public int Count { get; } = Math.Clamp(steps / every, 1, Math.Max(1, steps));

    /// <summary>Whether a step, counted from 0, is one of them.</summary>
    public bool Has(int step) => Before(step + 1) != Before(step);

    // rounded to the nearest, so that a single one lies in the middle
    private long Before(int step) => (2L * step * Count + steps) / (2L * steps);
}
