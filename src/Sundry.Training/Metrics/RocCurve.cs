namespace Sundry.Training;

/// <summary>The true-positive rate over the false-positive rate, as the threshold falls.</summary>
public static class RocCurve
{
    /// <summary>From (0, 0) to (1, 1), at most <paramref name="maximum"/> points of the exact curve; empty where it is undefined.</summary>
    /// <param name="scores">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="maximum">The most points, at least 3.</param>
    public static IReadOnlyList<CurvePoint> Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int maximum = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 3);
        if (RankedRows.Of(scores, labels, weights) is not { } ranked) return [];
        double positives = 0, negatives = 0;
        for (int i = 0; i < ranked.Count; i++)
        {
            positives += ranked.Weights[i] * ranked.Labels[i];
            negatives += ranked.Weights[i] * (1 - ranked.Labels[i]);
        }

        if (!(positives > 0 && negatives > 0)) return [];

        // the curve climbs by 2 in x + y: equal steps of that sum spread the points along it
        double step = 2.0 / (maximum - 2), next = step, above = 0, wrong = 0;
        var points = new List<CurvePoint> { new(0, 0) };
        for (int i = ranked.Count - 1; i >= 0; i--)
        {
            above += ranked.Weights[i] * ranked.Labels[i];
            wrong += ranked.Weights[i] * (1 - ranked.Labels[i]);
            if (i > 0 && !ranked.EndsTie[i - 1]) continue;
            double x = wrong / negatives, y = above / positives;
            if (i == 0 || x + y < next) continue;
            points.Add(new(x, y));
            next = x + y + step;
        }

        points.Add(new(1, 1));
        return points;
    }
}
