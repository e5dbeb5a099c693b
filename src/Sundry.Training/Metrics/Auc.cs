namespace Sundry.Training;

/// <summary>
/// The area under the ROC curve: the probability that a positive row scores above a negative one, an equal score
/// counting half (the rank-sum formula with mid-ranks). Exact, not bucketed. Higher is better.
/// </summary>
public static class Auc
{
    /// <summary>The area; NaN (undefined) where one class is absent or a score is NaN.</summary>
    /// <param name="scores">[n], probabilities or anything monotone in them.</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        RankedRows.Of(scores, labels, weights) is { } ranked ? Of(ranked, ranked.Weights) : double.NaN;

    /// <summary>With other weights for the ranked rows; 0 leaves a row out.</summary>
    internal static double Of(RankedRows ranked, ReadOnlySpan<double> weights)
    {
        var labels = ranked.Labels.AsSpan(0, weights.Length);
        var endsTie = ranked.EndsTie.AsSpan(0, weights.Length);
        double pairs = 0, negativesBelow = 0, positivesBelow = 0, positives = 0, weight = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weight += weights[i];
            positives += weights[i] * labels[i];
            if (!endsTie[i]) continue;
            double negatives = weight - positives;
            pairs += positives * (negativesBelow + negatives / 2);
            negativesBelow += negatives;
            positivesBelow += positives;
            positives = weight = 0;
        }

        return positivesBelow > 0 && negativesBelow > 0 ? pairs / (positivesBelow * negativesBelow) : double.NaN;
    }
}
