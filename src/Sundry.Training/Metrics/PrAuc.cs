namespace Sundry.Training;

/// <summary>
/// Average precision: the precision at every score, weighted by the recall gained there, equal scores taken as one
/// step. No interpolation, which would flatter (Davis and Goadrich, 2006). Chance is the share of positives. Higher is better.
/// </summary>
public static class PrAuc
{
    /// <summary>The average precision; NaN (undefined) where no row is positive or a score is NaN.</summary>
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
        double sum = 0, above = 0, positivesAbove = 0, positives = 0;
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            above += weights[i];
            positives += weights[i] * labels[i];
            bool startsTie = i == 0 || endsTie[i - 1];
            if (!startsTie || positives == 0) continue;
            positivesAbove += positives;
            sum += positives * positivesAbove / above;
            positives = 0;
        }

        return positivesAbove > 0 ? sum / positivesAbove : double.NaN;
    }
}
