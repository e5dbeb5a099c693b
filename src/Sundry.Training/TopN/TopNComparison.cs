namespace Sundry.Training;

/// <summary>Whether one recommender's lists are better than another's, by resampling the users that both were judged on.</summary>
public static class TopNComparison
{
    /// <summary>
    /// The difference of a measure with its 95 % interval over users; every resample draws the same users for both. Results of several seeds or splits are means over all of
    /// them, and a user is drawn with everything that it counts in any.
    /// </summary>
    /// <param name="model">One result a seed or split.</param>
    /// <param name="reference">The reference's results.</param>
    /// <param name="metric">The measure; greater is better.</param>
    /// <param name="rare">Only users of the quarter with the least in training.</param>
    /// <param name="resamples">Resamples.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">They were judged on other users, or other lengths.</exception>
    public static MetricDifference Of(IReadOnlyList<TopNResult> model, IReadOnlyList<TopNResult> reference, TopNMetric metric, bool rare = false, int resamples = 1000, ulong seed = 1)
    {
        if (model.Concat(reference).Any(r => r.Length != model[0].Length || r.Protocol != model[0].Protocol)) throw Unlike();
        for (var i = 0; i < Math.Max(model.Count, reference.Count); i++)
            if (!model[i % model.Count].Users.AsSpan().SequenceEqual(reference[i % reference.Count].Users)) throw Unlike();
        int[] users = [.. model.SelectMany(r => r.Users).Distinct().Order()];
        var (left, right) = (Sums(model, users, metric, rare), Sums(reference, users, metric, rare));
        var differences = new double[resamples];
        Parallel.For(0, resamples, () => new byte[users.Length], (resample, _, counts) =>
        {
            PoissonResampling.Draw(counts, seed, resample);
            differences[resample] = Mean(left, counts) - Mean(right, counts);
            return counts;
        }, _ => { });
        var (low, high) = Percentiles.Of(differences);
        var all = new byte[users.Length];
        Array.Fill(all, (byte)1);
        var (own, other) = (Mean(left, all), Mean(right, all));
        return new(TopNResult.Name(metric, model[0].Length), own, other, own - other, low, high, low > 0 ? Verdict.Gains : high < 0 ? Verdict.Loses : Verdict.Same);
    }

    private static double Mean((double[] Sum, int[] Count) of, byte[] counts)
    {
        double sum = 0, drawn = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i] * of.Sum[i];
            drawn += counts[i] * of.Count[i];
        }

        return sum / drawn;
    }

    // by user: the sum over results, and in how many it stands
    private static (double[] Sum, int[] Count) Sums(IReadOnlyList<TopNResult> results, int[] users, TopNMetric metric, bool rare)
    {
        var (sums, counts) = (new double[users.Length], new int[users.Length]);
        foreach (var result in results)
        {
            for (var i = 0; i < result.Users.Length; i++)
            {
                if (rare && !result.Rare[i]) continue;
                var at = Array.BinarySearch(users, result.Users[i]);
                sums[at] += result.Values[(int)metric][i];
                counts[at]++;
            }
        }

        return (sums, counts);
    }

    private static ArgumentException Unlike() => new("the results are of other users, lengths or protocols");
}
