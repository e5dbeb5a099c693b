using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Dropout against what it promises: its mask is the one thing that a twin could only copy.</summary>
internal static class DropoutOps
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("Dropout of all widths", Widths),
        ("Dropout keeps its share", Share),
    ];

    private static void Widths()
    {
        for (var width = 1; width <= 130; width++)
        {
            var rows = 1 + width % 4;
            var (one, gradient, input) = Run(width, rows, 1, 0.4, steps: 0);
            for (var i = 0; i < one.Length; i++)
            {
                if (one[i] != 0) Check.Near($"width {width}: value", i, input[i] / 0.6, one[i], 1e-6);
                Check.Near($"width {width}: gradient", i, one[i] == 0 ? 0 : (i % 5 - 2.25) / 0.6, gradient[i], 1e-6);
            }

            for (var shards = 2; shards <= 3; shards++)
                Check.Exact($"width {width}, {shards} shards", one, Run(width, rows, shards, 0.4, steps: 0).Values);
        }
    }

    private static void Share()
    {
        const int width = 130, rows = 100;
        var one = Run(width, rows, 2, 0.25, steps: 0).Values;
        var two = Run(width, rows, 2, 0.25, steps: 1).Values;
        Check.Near("dropped", 0, 0.25, one.Count(v => v == 0) / (double)one.Length, 0.02);
        // two steps agree as often as two independent masks do
        Check.Near("agreement of two steps", 0, 0.75 * 0.75 + 0.25 * 0.25, one.Zip(two).Count(p => p.First == 0 == (p.Second == 0)) / (double)one.Length, 0.02);
    }

    private static (float[] Values, float[] Gradient, float[] Input) Run(int width, int rows, int shards, double rate, long steps)
    {
        var net = new OpNet(width, rows, frozen: false);
        var x = net.Input(width);
        var y = x.Dropout(rate);
        var coefficients = net.Graph.Input("coefficients", width);
        _ = new WeightedSum("sum", y, coefficients);
        using var store = new ParameterStore(net.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), rows, shards, threads: 1, seed: 5) { Steps = steps };
        net.Fill(plan);
        for (var i = 0; i < rows * width; i++) plan.Input(coefficients)[i] = i % 5 - 2.25f;
        plan.Forward(rows);
        plan.Backward([1]);
        var values = new float[rows * width];
        var gradient = new float[rows * width];
        plan.CopyValue(y, values);
        plan.CopyGradient(x, gradient);

        using var inference = new InferencePlan(store, rows, shards);
        net.Fill(inference);
        inference.Run(rows);
        var still = new float[rows * width];
        inference.Copy(y, still);
        Check.Exact("without training", net.Inputs[0].Values, still);
        return (values, gradient, net.Inputs[0].Values);
    }
}
