namespace Sundry.Data;

/// <summary>How well one column of ids alone predicts one label. Rows whose label is NaN do not count; NaN where a figure is not defined.</summary>
internal static class LeakageScore
{
    /// <summary>For each id the mean label of its rows, drawn to the mean of all by one row's weight, which is also that of ids without rows.</summary>
    public static float[] Means(int[] ids, float[] labels, int rows)
    {
        var (sums, counts) = (new double[rows], new int[rows]);
        for (int i = 0; i < ids.Length; i++)
        {
            if (float.IsNaN(labels[i])) continue;
            sums[ids[i]] += labels[i];
            counts[ids[i]]++;
        }

        return Means(sums, counts, Mean(labels));
    }

    /// <summary>The same for bags: a label counts for each of its row's ids.</summary>
    public static float[] Means(int[] ends, IntList ids, float[] labels, int rows)
    {
        var (sums, counts) = (new double[rows], new int[rows]);
        for (int i = 0; i < ends.Length; i++)
        {
            if (float.IsNaN(labels[i])) continue;
            foreach (int id in ids.Items[(i == 0 ? 0 : ends[i - 1])..ends[i]])
            {
                sums[id] += labels[i];
                counts[id]++;
            }
        }

        return Means(sums, counts, Mean(labels));
    }

    /// <summary>Each row's mean.</summary>
    public static float[] Pick(float[] means, int[] ids)
    {
        var scores = new float[ids.Length];
        for (int i = 0; i < ids.Length; i++) scores[i] = means[ids[i]];
        return scores;
    }

    /// <summary>Each row's mean over its bag; an empty bag is less than every other.</summary>
    public static float[] Pick(float[] means, int[] ends, IntList ids)
    {
        var scores = new float[ends.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            var bag = ids.Items[(i == 0 ? 0 : ends[i - 1])..ends[i]];
            double sum = 0;
            foreach (int id in bag) sum += means[id];
            scores[i] = bag.IsEmpty ? float.NegativeInfinity : (float)(sum / bag.Length);
        }

        return scores;
    }

    /// <summary>The chance that a positive row scores above a negative one, ties counting half (mid-ranks); the mirrored order is as good.</summary>
    public static double Auc(float[] scores, float[] labels)
    {
        var (keys, values) = Labelled(scores, labels);
        Array.Sort(keys, values);
        double positives = 0, rankSum = 0;
        for (int start = 0; start < keys.Length;)
        {
            int end = start;
            double tied = 0;
            for (; end < keys.Length && keys[end] == keys[start]; end++) tied += values[end];
            rankSum += tied * ((start + end + 1) / 2.0);
            positives += tied;
            start = end;
        }

        double negatives = keys.Length - positives;
        if (positives == 0 || negatives == 0) return double.NaN;
        double auc = (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
        return Math.Max(auc, 1 - auc);
    }

    /// <summary>The share of the labels' variance that the scores explain.</summary>
    public static double RSquared(float[] scores, float[] labels)
    {
        double mean = Mean(labels), left = 0, all = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (float.IsNaN(labels[i])) continue;
            double error = float.IsFinite(scores[i]) ? labels[i] - scores[i] : labels[i] - mean;
            left += error * error;
            all += (labels[i] - mean) * (labels[i] - mean);
        }

        return all == 0 ? double.NaN : 1 - left / all;
    }

    /// <summary>For each id the most frequent class of its rows; that of all rows where it has none.</summary>
    public static int[] FrequentClasses(int[] ids, float[] labels, int rows, int classes)
    {
        var counts = new Dictionary<long, int>();
        var all = new int[classes];
        for (int i = 0; i < ids.Length; i++)
        {
            if (float.IsNaN(labels[i])) continue;
            long key = (long)ids[i] * classes + (int)labels[i];
            counts[key] = counts.GetValueOrDefault(key) + 1;
            all[(int)labels[i]]++;
        }

        var guesses = new int[rows];
        var best = new int[rows];
        Array.Fill(guesses, Array.IndexOf(all, all.Max()));
        foreach (var (key, count) in counts)
        {
            int id = (int)(key / classes);
            int label = (int)(key % classes);
            if (count < best[id] || (count == best[id] && label > guesses[id])) continue;
            best[id] = count;
            guesses[id] = label;
        }

        return guesses;
    }

    /// <summary>
    /// The share of errors that guessing by id avoids where the most frequent class alone would err (Goodman and Kruskal's λ). Plain accuracy would call every feature of a
    /// lopsided label a leak.
    /// </summary>
    public static double ErrorsRemoved(int[] ids, float[] labels, int[] guesses, int classes)
    {
        var all = new int[classes];
        int rows = 0, errors = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            if (float.IsNaN(labels[i])) continue;
            rows++;
            all[(int)labels[i]]++;
            if (guesses[ids[i]] != (int)labels[i]) errors++;
        }

        int baseline = rows - all.Max();
        return baseline == 0 ? double.NaN : 1 - errors / (double)baseline;
    }

    private static double Mean(float[] labels)
    {
        double sum = 0;
        int count = 0;
        foreach (float label in labels)
        {
            if (float.IsNaN(label)) continue;
            sum += label;
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static float[] Means(double[] sums, int[] counts, double mean)
    {
        var means = new float[sums.Length];
        for (int i = 0; i < means.Length; i++) means[i] = (float)((sums[i] + mean) / (counts[i] + 1));
        return means;
    }

    private static (float[] Scores, float[] Labels) Labelled(float[] scores, float[] labels)
    {
        int count = 0;
        foreach (float label in labels)
            if (!float.IsNaN(label)) count++;
        var (keys, values) = (new float[count], new float[count]);
        count = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (float.IsNaN(labels[i])) continue;
            keys[count] = scores[i];
            values[count++] = labels[i];
        }

        return (keys, values);
    }
}
