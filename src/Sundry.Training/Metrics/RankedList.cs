namespace Sundry.Training;

/// <summary>Walks over a list in the order of its values, ties taken together.</summary>
internal static class RankedList
{
    /// <summary>Σ over runs of equal value of the run's mean gain times the discounts of the ranks that it takes among the first k.</summary>
    /// <param name="values">[n] greatest first.</param>
    /// <param name="gains">[n] gains.</param>
    /// <param name="k">Ranks that count.</param>
    /// <param name="discounts">The sum of the discounts of ranks from … to − 1, counted from 0.</param>
    public static double Sum(ReadOnlySpan<double> values, ReadOnlySpan<float> gains, int k, Func<int, int, double> discounts)
    {
        var n = values.Length;
        Span<double> keys = n <= 256 ? stackalloc double[n] : new double[n];
        Span<float> sorted = n <= 256 ? stackalloc float[n] : new float[n];
        values.CopyTo(keys);
        gains.CopyTo(sorted);
        keys.Sort(sorted);
        var sum = 0.0;
        for (int end = n, start; end > 0 && n - end < k; end = start)
        {
            var run = 0.0;
            for (start = end; start > 0 && keys[start - 1] == keys[end - 1]; start--) run += sorted[start - 1];
            if (run != 0) sum += run / (end - start) * discounts(n - end, Math.Min(k, n - start));
        }

        return sum;
    }
}
