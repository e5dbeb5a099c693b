namespace Sundry.Training;

/// <summary>The precision over the recall, as the threshold falls.</summary>
public static class PrecisionRecallCurve
{
    /// <summary>
    /// X is recall, Y precision: from the highest score that holds a positive row to (1, precision there), at most
    /// <paramref name="maximum"/> points of the exact curve; empty where it is undefined.
    /// </summary>
    /// <param name="scores">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="maximum">The most points, at least 3.</param>
    public static IReadOnlyList<CurvePoint> Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int maximum = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 3);
        if (RankedRows.Of(scores, labels, weights) is not { } ranked) return [];
        double positives = 0;
        for (int i = 0; i < ranked.Count; i++) positives += ranked.Weights[i] * ranked.Labels[i];
        if (!(positives > 0)) return [];

        double step = 1.0 / (maximum - 2), next = 0, right = 0, above = 0, tied = 0;
        var points = new List<CurvePoint>();
        for (int i = ranked.Count - 1; i >= 0; i--)
        {
            above += ranked.Weights[i];
            tied += ranked.Weights[i] * ranked.Labels[i];
            if (i > 0 && !ranked.EndsTie[i - 1]) continue;
            // between positives the recall stands still: the first point of each recall is its best precision
            if (tied == 0) continue;
            right += tied;
            tied = 0;
            bool last = positives - right <= positives * 1e-12;
            double recall = last ? 1 : right / positives;
            if (!last && recall < next) continue;
            points.Add(new(recall, right / above));
            if (last) break;
            next = recall + step;
        }

        return points;
    }
}
