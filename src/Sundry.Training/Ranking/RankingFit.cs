using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Finds the weights of a value formula that a goal likes best. The goal is a step function of the weights, so there is nothing to derive: the
/// corners (each term alone) and the centre are tried, then random points of the simplex, then the best of them are moved one weight at a time by ever smaller
/// factors. The same lists and seed give the same weights; no point is taken that is not better than each term alone.
/// </summary>
/// <param name="judge">The lists and the goal.</param>
/// <param name="method">How outputs are combined.</param>
/// <param name="top">The k of vote.</param>
/// <param name="epsilon">The ε of power_product.</param>
internal sealed class RankingFit(RankingJudge judge, ValueMethod method, int top, double epsilon)
{
    private const int RandomPoints = 48;
    private const int Starts = 3;

    // below this a gain is the rounding of a sum
    private const double Better = 1e-9;

    private static readonly double[] s_factors = [8, 3, 1.6, 1.25, 1.1];

    private readonly double[] _scales = Scales(judge.Lists, method, epsilon);

    /// <summary>What one unit of weight is divided by, so that terms in other units count alike: the deviation of a term's outputs within lists.</summary>
    public static double[] Scales(RankingLists lists, ValueMethod method, double epsilon) => method switch
    {
        ValueMethod.WeightedSum => lists.Scales(y => y),
        ValueMethod.PowerProduct => lists.Scales(y => Math.Log(epsilon + Math.Max(0, y))),
        _ => [.. lists.Gains.Select(_ => 1.0)],
    };

    /// <summary>The weights, with sum 1, and the goal that they reach.</summary>
    public (double[] Weights, double Goal) Run(ulong seed)
    {
        var terms = _scales.Length;
        var points = new List<(double[] Point, double Goal)>();
        for (var t = 0; t < terms; t++) Add([.. Enumerable.Range(0, terms).Select(i => i == t ? 1.0 : 0)]);
        if (terms > 1)
        {
            Add([.. Enumerable.Repeat(1.0 / terms, terms)]);
            for (var i = 0; i < RandomPoints; i++) Add(Random(terms, seed, i));
            foreach (var start in points.OrderByDescending(p => p.Goal).Take(Starts).ToList()) points.Add(Climb(start));
        }

        // the first of equals: a term alone before a mixture that does no better
        var best = points[0];
        foreach (var point in points)
            if (point.Goal > best.Goal + Better) best = point;
        return (Weights(best.Point), best.Goal);

        void Add(double[] point) => points.Add((point, Goal(point)));
    }

    private (double[] Point, double Goal) Climb((double[] Point, double Goal) best)
    {
        foreach (var factor in s_factors)
        {
            for (var moved = true; moved;)
            {
                moved = false;
                for (var t = 0; t < best.Point.Length; t++)
                {
                    foreach (var weight in new[] { best.Point[t] * factor, best.Point[t] / factor, best.Point[t] > 0 ? 0 : (factor - 1) / factor / best.Point.Length })
                    {
                        double[] point = [.. best.Point];
                        point[t] = weight;
                        var sum = point.Sum();
                        if (!(sum > 0)) continue;
                        for (var i = 0; i < point.Length; i++) point[i] /= sum;
                        var goal = Goal(point);
                        if (!(goal > best.Goal + Better)) continue;
                        best = (point, goal);
                        moved = true;
                    }
                }
            }
        }

        return best;
    }

    private double Goal(double[] point) => judge.Goal(new ValueFormula(method, Weights(point), top, epsilon));

    private double[] Weights(double[] point)
    {
        double[] weights = [.. point.Select((w, t) => w / _scales[t])];
        var sum = weights.Sum();
        for (var t = 0; t < weights.Length; t++) weights[t] /= sum;
        return weights;
    }

    // weights of several magnitudes, so that a term that should whisper is found too
    private static double[] Random(int terms, ulong seed, int index)
    {
        var point = new double[terms];
        var state = PoissonResampling.Mix(PoissonResampling.Mix(seed + 0x9E3779B97F4A7C15) ^ ((ulong)index * 0xD1B54A32D192ED03));
        for (var t = 0; t < terms; t++)
        {
            var uniform = (PoissonResampling.Mix(state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));
            point[t] = Math.Pow(10, -2 * uniform);
        }

        var sum = point.Sum();
        for (var t = 0; t < terms; t++) point[t] /= sum;
        return point;
    }
}
