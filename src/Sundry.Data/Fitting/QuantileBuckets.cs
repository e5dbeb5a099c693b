namespace Sundry.Data;

/// <summary>
/// Cuts a column into buckets of about equal mass. A value that outweighs a bucket gets its own, and the rest is shared out anew, so that a column that is
/// mostly 0 spends its buckets on what is not (as LightGBM finds its bins). A column with few values gets one bucket a value.
/// </summary>
internal static class QuantileBuckets
{
    /// <summary>The edges between at most <paramref name="most"/> buckets, ascending; a bucket holds its upper edge.</summary>
    public static float[] Fit(ReadOnlySpan<float> sorted, int most)
    {
        var values = new List<float>();
        var counts = new List<int>();
        foreach (float value in sorted)
        {
            if (values.Count > 0 && values[^1] == value) counts[^1]++;
            else
            {
                values.Add(value);
                counts.Add(1);
            }
        }

        var edges = new List<float>();
        if (values.Count <= most)
        {
            for (int i = 0; i + 1 < values.Count; i++) edges.Add(Between(values[i], values[i + 1]));
            return [.. edges];
        }

        double mean = sorted.Length / (double)most;
        int buckets = most;
        long rest = sorted.Length;
        foreach (int count in counts)
        {
            if (count < mean) continue;
            buckets--;
            rest -= count;
        }

        double heavy = mean;
        mean = rest / (double)Math.Max(1, buckets);
        long mass = 0;
        for (int i = 0; i + 1 < values.Count && edges.Count < most - 1; i++)
        {
            bool own = counts[i] >= heavy;
            if (!own) rest -= counts[i];
            mass += counts[i];
            bool close = own || mass >= mean || (counts[i + 1] >= heavy && mass >= Math.Max(1, mean / 2));
            if (!close) continue;
            edges.Add(Between(values[i], values[i + 1]));
            mass = 0;
            if (!own) mean = rest / (double)Math.Max(1, --buckets);
        }

        return [.. edges];
    }

    // halfway, for values that training did not see; never the upper value, which belongs above
    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle < upper ? middle : lower;
    }
}
