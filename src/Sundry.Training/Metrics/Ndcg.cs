namespace Sundry.Training;

/// <summary>
/// Normalised discounted cumulative gain of one list: Σ gain / log2(1 + rank) over the first k ranks, divided by its greatest value (Järvelin and Kekäläinen, 2002;
/// gains as they are, not 2^gain − 1). Items of equal value share the mean of their gains (McSherry and Najork, 2008), so that the order of the rows decides nothing.
/// </summary>
public static class Ndcg
{
    /// <summary>NDCG@k; NaN where no item has a gain.</summary>
    /// <param name="values">[n] what the list is ranked by, greatest first.</param>
    /// <param name="gains">[n] what each item is worth, at least 0.</param>
    /// <param name="k">Ranks that count.</param>
    public static double Compute(ReadOnlySpan<double> values, ReadOnlySpan<float> gains, int k)
    {
        var ideal = new double[gains.Length];
        for (var i = 0; i < ideal.Length; i++) ideal[i] = gains[i];
        var best = Discounted(ideal, gains, k);
        return best > 0 ? Discounted(values, gains, k) / best : double.NaN;
    }

    /// <summary>Σ gain / log2(1 + rank) over the first k ranks.</summary>
    public static double Discounted(ReadOnlySpan<double> values, ReadOnlySpan<float> gains, int k) =>
        RankedList.Sum(values, gains, k, static (from, to) =>
        {
            var sum = 0.0;
            for (var rank = from; rank < to; rank++) sum += 1 / Math.Log2(2 + rank);
            return sum;
        });

    /// <summary>Σ gain over the first k ranks.</summary>
    public static double Top(ReadOnlySpan<double> values, ReadOnlySpan<float> gains, int k) => RankedList.Sum(values, gains, k, static (from, to) => to - from);
}
