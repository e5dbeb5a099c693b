using Sundry.Models;

namespace Sundry.Training;

/// <summary>Says how well an order of the lists does, list by list.</summary>
/// <param name="lists">The lists.</param>
/// <param name="goal">The goal.</param>
internal sealed class RankingJudge(RankingLists lists, RankingGoal goal)
{
    /// <summary>The lists.</summary>
    public RankingLists Lists => lists;

    /// <summary>Lists with a gain of the goal.</summary>
    public int WithGain { get; } = Enumerable.Range(0, lists.Count).Count(g =>
    {
        var (first, length) = lists.List(g);
        return lists.GoalGains.AsSpan(first, length).ContainsAnyExcept(0f);
    });

    /// <summary>The goal's metric of a formula: the mean of <see cref="PerList"/> over its lists.</summary>
    public double Goal(ValueFormula formula) => Mean(PerList(lists.Values(formula)));

    /// <summary>[lists] the goal's metric; NaN for a list that the metric does not speak of.</summary>
    public double[] PerList(double[] values) => goal.Ndcg is not null ? Ndcgs(values, lists.GoalGains) : Each(values, lists.GoalGains, Ndcg.Top);

    /// <summary>NDCG of one term's own labels; NaN where no list holds one.</summary>
    public double NdcgOf(int term, double[] values) => Mean(Ndcgs(values, lists.Gains[term]));

    /// <summary>The formula that ranks by one term alone.</summary>
    public static ValueFormula Alone(ValueFormula formula, int term) =>
        new(ValueMethod.WeightedSum, [.. formula.Weights.Select((_, t) => t == term ? 1.0 : 0)], formula.Top, formula.Epsilon);

    /// <summary>The mean over the lists that have a number.</summary>
    public static double Mean(double[] lists)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in lists)
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>The interval of the mean over lists, or of a difference of means where two are given, by resampling whole lists.</summary>
    public static (double Low, double High) Interval(double[] model, double[]? reference = null)
    {
        var means = new double[TrainingRun.Bootstrap];
        var counts = new byte[model.Length];
        for (var b = 0; b < means.Length; b++)
        {
            PoissonResampling.Draw(counts, 1, b);
            var (sum, weight) = (0.0, 0.0);
            for (var g = 0; g < model.Length; g++)
            {
                if (double.IsNaN(model[g])) continue;
                sum += counts[g] * (reference is null ? model[g] : model[g] - reference[g]);
                weight += counts[g];
            }

            means[b] = sum / weight;
        }

        return Percentiles.Of(means);
    }

    private double[] Ndcgs(double[] values, float[] gains) => Each(values, gains, Ndcg.Compute);

    private double[] Each(double[] values, float[] gains, Func<ReadOnlySpan<double>, ReadOnlySpan<float>, int, double> metric)
    {
        var result = new double[lists.Count];
        for (var g = 0; g < result.Length; g++)
        {
            var (first, length) = lists.List(g);
            result[g] = metric(values.AsSpan(first, length), gains.AsSpan(first, length), goal.At);
        }

        return result;
    }
}
