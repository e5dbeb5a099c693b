using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>
/// Holds an op against its twin: values within float's tolerance, and the gradients of inputs, parameters and tables equal to central finite
/// differences of the twin in double.
/// </summary>
internal static class OpTrial
{
    private const double Step = 1e-6;
    private const int FewEnough = 24;

    /// <summary>All widths from 1 to 130, with few and many rows for the shards, inputs that others have given gradients to, and inputs without.</summary>
    /// <param name="op">The op.</param>
    /// <param name="brief">Whether each width takes its turn at one of the three, instead of all.</param>
    public static void Sweep(OpCase op, bool brief)
    {
        for (var width = 1; width <= 130; width++)
        {
            if (!brief || width % 3 == 0) Run(op, width, rows: 1, shards: 1 + width % 4, Leaf.Plain);
            if (!brief || width % 3 == 1) Run(op, width, rows: 2 + width % 4, shards: 1 + width % 5, width % 2 == 0 ? Leaf.Plain : Leaf.Shared);
            if (!brief || width % 3 == 2) Run(op, width, rows: 3, shards: 1 + width % 5, width % 2 == 0 ? Leaf.Shared : Leaf.Frozen);
        }
    }

    /// <summary>As <see cref="Sweep"/>, of more rows than the shards are, so that many numbers are in every column.</summary>
    public static void SweepManyRows(OpCase op, bool brief)
    {
        for (var width = 1; width <= 130; width += brief ? 3 : 1)
            Run(op, width, rows: 12 + width % 4, shards: 1 + width % 5, (Leaf)(width % 3));
    }

    public static void Run(OpCase op, int width, int rows, int shards, Leaf leaf)
    {
        try
        {
            Compare(op, width, rows, shards, leaf);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"width {width}, {rows} rows, {shards} shards, {leaf}: {e.Message}", e);
        }
    }

    private static void Compare(OpCase op, int width, int rows, int shards, Leaf leaf)
    {
        var net = new OpNet(width * 31 + rows, rows, leaf == Leaf.Frozen);
        var y = op.Build(net, width);
        var coefficients = net.Graph.Input("coefficients", y.Width);
        var c = net.Numbers(rows * y.Width);
        _ = new WeightedSum("sum", y, coefficients);
        var first = net.Inputs.Count > 0 ? net.Inputs[0] : default;
        var others = leaf == Leaf.Shared && first.Leaf is not null;
        var otherCoefficients = others ? net.Graph.Input("other coefficients", first.Leaf!.Width) : null;
        var d = others ? net.Numbers(rows * first.Leaf!.Width) : [];
        if (others) _ = new WeightedSum("other", first.Leaf!, otherCoefficients!);

        using var store = new ParameterStore(net.Graph, 1);
        net.Draw(store);
        using var plan = new TrainingPlan(store, new Sgd(), rows + rows % 2, shards, threads: 1, seed: 1);
        net.Fill(plan);
        c.CopyTo(plan.Input(coefficients));
        if (others) d.CopyTo(plan.Input(otherCoefficients!));
        var values = net.Values(store);

        var losses = plan.Forward(rows).ToArray();
        var found = new float[rows * y.Width];
        plan.CopyValue(y, found);
        var expected = op.Twin(values);
        if (expected.Length != found.Length) throw new InvalidOperationException($"the twin has {expected.Length} values, the op {found.Length}");
        Check.Near("value", expected, found, 2e-5);
        Check.Near("loss", 0, Sum(expected, c), losses[0], 2e-5, rows * y.Width);

        plan.Backward(others ? [1, 1] : [1]);
        plan.Update(0);
        var analytic = Gradients(net, plan, values, leaf);
        double Loss() => Sum(op.Twin(values), c);
        if (op.Stops)
        {
            for (var i = 0; i < analytic.Count; i++)
                for (var j = 0; j < analytic[i].Found.Length; j++)
                    Check.Near($"gradient of {analytic[i].Name}", j, i == 0 && others ? d[j] : 0, analytic[i].Found[j], 0);
            return;
        }

        if (others)
            for (var j = 0; j < d.Length; j++)
                analytic[0].Found[j] -= d[j];
        Coordinates(analytic, Loss, new Random(width));
        Directions(analytic, Loss, new Random(width));
    }

    private static List<(string Name, double[] At, double[] Found)> Gradients(OpNet net, TrainingPlan plan, OpValues values, Leaf leaf)
    {
        List<(string, double[], double[])> all = [];
        for (var i = 0; leaf != Leaf.Frozen && i < net.Inputs.Count; i++)
        {
            var gradient = new float[values.Inputs[i].Length];
            plan.CopyGradient(net.Inputs[i].Leaf, gradient);
            all.Add(($"input {i}", values.Inputs[i], [.. gradient.Select(g => (double)g)]));
        }

        foreach (var parameter in net.Graph.Parameters.Where(p => p.Trainable))
        {
            var gradient = new float[parameter.Length];
            plan.CopyGradient(parameter, gradient);
            all.Add((parameter.Name, values.Weights[parameter.Name], [.. gradient.Select(g => (double)g)]));
        }

        foreach (var table in net.Graph.Tables)
        {
            var gradient = new float[table.Rows * table.Width];
            for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, gradient.AsSpan(row * table.Width));
            all.Add((table.Name, values.Weights[table.Name], [.. gradient.Select(g => (double)g)]));
        }

        return all;
    }

    // each number by itself where there are few, else some of them
    private static void Coordinates(List<(string Name, double[] At, double[] Found)> tensors, Func<double> loss, Random random)
    {
        foreach (var (name, at, found) in tensors)
        {
            for (var k = 0; k < Math.Min(at.Length, FewEnough / 6); k++)
            {
                var i = at.Length <= FewEnough / 6 ? k : random.Next(at.Length);
                var kept = at[i];
                at[i] = kept + Step;
                var above = loss();
                at[i] = kept - Step;
                var below = loss();
                at[i] = kept;
                Check.Near($"gradient of {name}", i, (above - below) / (2 * Step), found[i], 3e-4);
            }
        }
    }

    // all numbers at once, each a step up or down: no wrong one can hide
    private static void Directions(List<(string Name, double[] At, double[] Found)> tensors, Func<double> loss, Random random)
    {
        if (tensors.Count == 0) return;
        for (var k = 0; k < 3; k++)
        {
            var signs = tensors.Select(t => t.At.Select(_ => random.Next(2) * 2 - 1).ToArray()).ToArray();
            var kept = tensors.Select(t => t.At.ToArray()).ToArray();
            var slope = tensors.Select((t, i) => t.Found.Select((g, j) => g * signs[i][j]).Sum()).Sum();
            void Move(double step)
            {
                for (var i = 0; i < kept.Length; i++)
                    for (var j = 0; j < kept[i].Length; j++)
                        tensors[i].At[j] = kept[i][j] + step * signs[i][j];
            }

            Move(Step);
            var above = loss();
            Move(-Step);
            var below = loss();
            Move(0);
            Check.Near("slope in a direction", k, (above - below) / (2 * Step), slope, 3e-4, Math.Sqrt(tensors.Sum(t => t.At.Length)));
        }
    }

    private static double Sum(double[] values, float[] coefficients) => values.Select((v, i) => v * coefficients[i]).Sum();

    /// <summary>What lies before the op.</summary>
    public enum Leaf
    {
        /// <summary>Something trained.</summary>
        Plain,

        /// <summary>Something trained that another has given a gradient already.</summary>
        Shared,

        /// <summary>Nothing trained.</summary>
        Frozen,
    }
}
