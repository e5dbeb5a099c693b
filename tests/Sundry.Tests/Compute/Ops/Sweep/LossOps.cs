using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Losses as sinks of a graph: weights of zero beside labels that are no numbers, several on one prediction, and what each weighs.</summary>
internal static class LossOps
{
    private const double Delta = 0.75;

    private delegate Loss Make(string name, Node prediction, Node label, Node weight);

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("BinaryCrossEntropy", () => Sweep((n, p, l, w) => new BinaryCrossEntropy(n, p, l, w), (z, y) => Math.Log(1 + Math.Exp(z)) - y * z)),
        ("SquaredError", () => Sweep((n, p, l, w) => new SquaredError(n, p, l, w), (z, y) => (z - y) * (z - y))),
        ("HuberLoss", () => Sweep((n, p, l, w) => new HuberLoss(n, p, l, w, Delta),
            (z, y) => Math.Abs(z - y) <= Delta ? (z - y) * (z - y) / 2 : Delta * (Math.Abs(z - y) - Delta / 2))),
        ("PoissonLoss", () => Sweep((n, p, l, w) => new PoissonLoss(n, p, l, w), (z, y) => Math.Exp(z) - y * z)),
        ("FocalLoss", () => Sweep((n, p, l, w) => new FocalLoss(n, p, l, w, gamma: 2), (z, y) => Focal(z, y, 2, 0))),
        ("FocalLoss, smoothed", () => Sweep((n, p, l, w) => new FocalLoss(n, p, l, w, gamma: 1.5, smoothing: 0.2), (z, y) => Focal(z, y, 1.5, 0.2))),
        ("FocalLoss without focus", () => Sweep((n, p, l, w) => new FocalLoss(n, p, l, w, gamma: 0), (z, y) => Math.Log(1 + Math.Exp(z)) - y * z)),
        ("MeanValue", () => Sweep((n, p, l, w) => new MeanValue(n, p, w), (z, _) => z)),
        ("CrossEntropy", () => Classes((n, p, l, w) => new CrossEntropy(n, p, l, w), 0)),
        ("SmoothedCrossEntropy", () => Classes((n, p, l, w) => new SmoothedCrossEntropy(n, p, l, w, 0.15), 0.15)),
    ];

    private static double Focal(double z, double y, double gamma, double smoothing)
    {
        var p = 1 / (1 + Math.Exp(-z));
        var label = y * (1 - smoothing) + smoothing / 2;
        return -label * Math.Pow(1 - p, gamma) * Math.Log(p) - (1 - label) * Math.Pow(p, gamma) * Math.Log(1 - p);
    }

    private static void Sweep(Make make, Func<double, double, double> twin)
    {
        for (var rows = 1; rows <= 40; rows++)
            Compare(make, (z, y) => twin(z[0], y), rows, 1, row => row % 4 * 0.25f);
    }

    private static void Classes(Make make, double smoothing)
    {
        for (var classes = 1; classes <= 130; classes++)
            Compare(
                make,
                (z, y) => Math.Log(z.Sum(Math.Exp)) - (1 - smoothing) * z[(int)y] - smoothing * z.Average(), 2 + classes % 4, classes, row => row * 5 % classes);
    }

    // the second loss weighs otherwise and comes to the same prediction
    private static void Compare(Make make, Func<double[], double, double> twin, int rows, int width, Func<int, float> label)
    {
        var net = new OpNet(rows * 131 + width, rows, frozen: false);
        var z = net.Input(width);
        Loss[] losses = [.. Enumerable.Range(0, 2).Select(i => make($"loss{i}", z, net.Graph.Input($"label{i}", 1), net.Graph.Input($"weight{i}", 1)))];
        float[][] weights = [[.. Enumerable.Range(0, rows).Select(r => r % 3 * 0.75f)], [.. Enumerable.Range(0, rows).Select(r => 0.5f + r % 2)]];
        double[] scales = [0.5, -1.25];
        using var store = new ParameterStore(net.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), rows, 1 + rows % 3, threads: 1, seed: 1);
        net.Fill(plan);
        for (var l = 0; l < 2; l++)
            for (var row = 0; row < rows; row++)
            {
                plan.Input(losses[l].Label)[row] = weights[l][row] == 0 ? float.NaN : label(row + l);
                plan.Input(losses[l].Weight)[row] = weights[l][row];
            }

        var values = net.Values(store).X;
        double Sum(int l) => Enumerable.Range(0, rows).Sum(r => weights[l][r] == 0 ? 0 : weights[l][r] * twin(values[(r * width)..((r + 1) * width)], label(r + l)));
        var found = plan.Forward(rows).ToArray();
        Check.Near($"{rows} rows of {width}: loss", 0, Sum(0), found[0], 2e-6);
        Check.Near($"{rows} rows of {width}: second loss", 0, Sum(1), found[1], 2e-6);

        foreach (var both in (bool[])[false, true])
        {
            plan.Backward([scales[0], both ? scales[1] : 0]);
            var gradient = new float[rows * width];
            plan.CopyGradient(z, gradient);
            for (var i = 0; i < gradient.Length; i++)
            {
                double At(double moved)
                {
                    var kept = values[i];
                    values[i] += moved;
                    var sum = scales[0] * Sum(0) + (both ? scales[1] * Sum(1) : 0);
                    values[i] = kept;
                    return sum;
                }

                Check.Near($"{rows} rows of {width}: gradient", i, (At(1e-6) - At(-1e-6)) / 2e-6, gradient[i], 2e-6);
            }
        }
    }
}
