using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Setups, and balancers made from a line of configuration.</summary>
internal static class BalancingCase
{
    public static BalancingSetup Setup(string options, int tasks, ulong seed = 1, double[]? weights = null, Func<int, TaskType>? type = null) => new(
        [.. Enumerable.Range(0, tasks).Select(t => GoldenRows.Task(type?.Invoke(t) ?? TaskType.Binary) with { Name = $"task {t}", Weight = weights?[t] ?? 1 })],
        ConfigReader.Read<BalancingOptions>(options, "options"),
        seed);

    public static IWeightBalancer Weights(string options, int tasks, ulong seed = 1, double[]? weights = null, Func<int, TaskType>? type = null) =>
        (IWeightBalancer)Balancers.Create(Setup(options, tasks, seed, weights, type));

    public static IGradientBalancer Gradients(string options, int tasks, ulong seed = 1, double[]? weights = null) =>
        (IGradientBalancer)Balancers.Create(Setup(options, tasks, seed, weights));

    /// <summary>What a balancer makes of given losses; tasks with a NaN have no row in the batch.</summary>
    public static double[] Weigh(this IWeightBalancer balancer, double[] losses, long step = 0, int epoch = 1)
    {
        var weights = new double[losses.Length];
        balancer.Weigh(Step(losses, step, epoch), weights);
        return weights;
    }

    /// <summary>What a balancer makes of given gradients.</summary>
    public static (double[] Weights, double[] Direction) Balance(this IGradientBalancer balancer, double[][] rows, double[]? losses = null, long step = 0)
    {
        var gradients = new RowGradientsOfTasks(rows);
        var weights = new double[rows.Length];
        balancer.Balance(Step(losses ?? [.. rows.Select(_ => 1.0)], step), gradients, weights);
        return (weights, gradients.Combined);
    }

    public static BalancingStep Step(double[] losses, long step = 0, int epoch = 1) =>
        new(losses.Select(l => double.IsNaN(l) ? 0 : l).ToArray(), losses.Select(l => double.IsNaN(l) ? 0.0 : 1).ToArray(), step, epoch);
}
