namespace Sundry.Training;

/// <summary>The measures of one list. Every test item is worth the same.</summary>
public static class ListScore
{
    /// <summary>How many measures there are.</summary>
    public static int Count { get; } = Enum.GetValues<TopNMetric>().Length;

    /// <summary>Measures a list.</summary>
    /// <param name="list">The items, best first.</param>
    /// <param name="relevant">The test items, ascending, at least one.</param>
    /// <param name="length">The length that was asked for; the list is shorter where there were not enough items.</param>
    /// <param name="values">Takes the measures by <see cref="TopNMetric"/>.</param>
    public static void Of(ReadOnlySpan<int> list, ReadOnlySpan<int> relevant, int length, Span<double> values)
    {
        var (hits, gain, precision, first) = (0, 0.0, 0.0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            if (relevant.BinarySearch(list[i]) < 0) continue;
            hits++;
            gain += 1 / Math.Log2(i + 2);
            precision += hits / (i + 1.0);
            if (first == 0) first = i + 1;
        }

        var most = Math.Min(relevant.Length, length);
        var best = 0.0;
        for (var i = 0; i < most; i++) best += 1 / Math.Log2(i + 2);
        values[(int)TopNMetric.Recall] = (double)hits / relevant.Length;
        values[(int)TopNMetric.Ndcg] = gain / best;
        values[(int)TopNMetric.Mrr] = first == 0 ? 0 : 1.0 / first;
        values[(int)TopNMetric.Map] = precision / most;
        values[(int)TopNMetric.HitRate] = hits > 0 ? 1 : 0;
        values[(int)TopNMetric.Precision] = (double)hits / length;
    }
}
