using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Gradient surgery: from each task's gradient, the part that points against another task's is projected away, the others taken in random order;
/// the results are added. Yu et al., NeurIPS 2020.
/// </summary>
[Balancer("pcgrad", TakesWeights = true)]
public sealed class PcgradBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private readonly ulong _seed = CounterRandom.Derive(setup.Seed, "pcgrad");

    /// <summary>0 … n − 1 in an order that depends on the seed and the number alone.</summary>
    internal static int[] Order(ulong seed, ulong number, int n)
    {
        var order = new int[n];
        RowOrder.Shuffle(order, CounterRandom.Derive(seed, number), 0);
        return order;
    }

    /// <summary>The weights, the others of task t being taken in the order of <paramref name="order"/>(t).</summary>
    internal static double[] Weights(double[,] gram, Func<int, int[]> order)
    {
        var n = gram.GetLength(0);
        var weights = new double[n];
        var own = new double[n];
        for (var t = 0; t < n; t++)
        {
            Array.Clear(own);
            own[t] = 1;
            foreach (var s in order(t))
            {
                if (s == t) continue;
                var along = 0.0;
                for (var k = 0; k < n; k++) along += gram[s, k] * own[k];
                if (along < 0) own[s] -= along / gram[s, s];
            }

            for (var k = 0; k < n; k++) weights[k] += own[k];
        }

        return weights;
    }

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem) =>
        Weights(problem.Gram, t => Order(_seed, (ulong)problem.Step * (ulong)problem.Count + (ulong)t, problem.Count));
}
