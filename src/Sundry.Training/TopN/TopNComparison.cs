namespace Sundry.Training;

/// <summary>Whether one recommender's lists are better than another's, by resampling the users that both were judged on.</summary>
public static class TopNComparison
{
    /// <summary>The difference of a measure with its 95 % interval over users; every resample draws the same users for both.</summary>
    /// <param name="model">One result a seed.</param>
    /// <param name="reference">The reference's results, one a seed; the seeds' means are compared.</param>
    /// <param name="metric">The measure; greater is better.</param>
    /// <param name="resamples">Resamples.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">They were judged on other users, or other lengths.</exception>
    public static MetricDifference Of(IReadOnlyList<TopNResult> model, IReadOnlyList<TopNResult> reference, TopNMetric metric, int resamples = 1000, ulong seed = 1)
    {
        var users = model[0].Users;
        if (model.Concat(reference).Any(r => r.Length != model[0].Length || r.Protocol != model[0].Protocol || !r.Users.AsSpan().SequenceEqual(users))) throw new ArgumentException("the results are of other users, lengths or protocols", nameof(reference));
        var (left, right) = (Means(model, metric), Means(reference, metric));
        var differences = new double[resamples];
        Parallel.For(0, resamples, () => new byte[users.Length], (resample, _, counts) =>
        {
            PoissonResampling.Draw(counts, seed, resample);
            double sum = 0, drawn = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                sum += counts[i] * (left[i] - right[i]);
                drawn += counts[i];
            }

            differences[resample] = sum / drawn;
            return counts;
        }, _ => { });
        var (low, high) = Percentiles.Of(differences);
        return new(TopNResult.Name(metric, model[0].Length), left.Average(), right.Average(), left.Average() - right.Average(), low, high, low > 0 ? Verdict.Gains : high < 0 ? Verdict.Loses : Verdict.Same);
    }

    private static double[] Means(IReadOnlyList<TopNResult> results, TopNMetric metric)
    {
        var means = new double[results[0].Users.Length];
        foreach (var result in results)
            for (var i = 0; i < means.Length; i++) means[i] += result.Values[(int)metric][i] / results.Count;
        return means;
    }
}
