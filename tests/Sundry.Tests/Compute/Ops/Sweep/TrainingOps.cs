using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Ops that are there for training alone: noise, mixtures of rows, gradients that pass in part.</summary>
internal static class TrainingOps
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("Noise", Noise),
        ("Mixup", Mixup),
        ("Partner follows Mixup in every loss", MixedLosses),
        ("ScaleGradient", ScaleGradient),
    ];

    private static void Noise()
    {
        for (var width = 1; width <= 130; width += 3)
        {
            var rows = 1 + width % 4;
            var one = Trial.Of(width, rows, 1, x => x.Noise(0.5));
            for (var i = 0; i < one.Gradient.Length; i++) Check.Near($"width {width}: gradient", i, Coefficient(i), one.Gradient[i], 0);
            for (var shards = 2; shards <= 3; shards++) Check.Exact($"width {width}, {shards} shards", one.Values, Trial.Of(width, rows, shards, x => x.Noise(0.5)).Values);
        }

        var many = Trial.Of(130, 100, 2, x => x.Noise(0.5));
        double[] noise = [.. many.Values.Zip(many.Input, (y, x) => (double)y - x)];
        Check.Near("mean of the noise", 0, 0, noise.Average(), 0.02);
        Check.Near("deviation of the noise", 0, 0.5, Math.Sqrt(noise.Average(n => n * n)), 0.01);
        var next = Trial.Of(130, 100, 2, x => x.Noise(0.5), steps: 1);
        Check.Near("likeness of two steps", 0, 0, noise.Zip(next.Values.Zip(next.Input, (y, x) => y - x), (a, b) => a * b).Average(), 0.01);
    }

    private static void Mixup()
    {
        for (var width = 1; width <= 130; width += 3)
            for (var shards = 1; shards <= 3; shards++)
            {
                var rows = 1 + width % 7;
                var trial = Trial.Of(width, rows, shards, x => x.Mixup(0.7), steps: width);
                var share = MixupOp.Beta(CounterRandom.Derive(CounterRandom.Derive(5, (ulong)width), "mixup"), 0.7);
                for (var i = 0; i < trial.Values.Length; i++)
                {
                    var other = Partner(i / width, rows, shards) * width + i % width;
                    Check.Near($"width {width}, {shards} shards: value", i, share * trial.Input[i] + (1 - share) * trial.Input[other], trial.Values[i], 1e-6);
                    Check.Near($"width {width}, {shards} shards: gradient", i, share * Coefficient(i) + (1 - share) * Coefficient(other), trial.Gradient[i], 1e-6);
                }
            }

        foreach (var alpha in new[] { 0.05, 0.4, 1, 3 })
        {
            double[] drawn = [.. Enumerable.Range(0, 20_000).Select(i => MixupOp.Beta((ulong)i, alpha))];
            if (!drawn.All(d => d is >= 0 and <= 1)) throw new InvalidOperationException("a share outside 0 … 1");
            Check.Near($"mean of Beta({alpha})", 0, 0.5, drawn.Average(), 0.01);
            Check.Near($"variance of Beta({alpha})", 0, 1 / (4 * (2 * alpha + 1)), drawn.Average(d => (d - 0.5) * (d - 0.5)), 0.005);
        }
    }

    // λ L(z, y) + (1 − λ) L(z, y'), a label that is missing counting nowhere
    private static void MixedLosses()
    {
        const int rows = 6;
        float[] label = [1, 0, float.NaN, 1, 1, 0], weight = [0.25f, 0.25f, 0, 0.125f, 0.125f, 0.25f];
        foreach (var shards in new[] { 1, 2 })
        {
            var net = new OpNet(3, rows, frozen: false);
            var z = net.Input(1);
            var loss = new BinaryCrossEntropy("loss", z, net.Graph.Input("label", 1), net.Graph.Input("weight", 1));
            loss.MixLabels(1);
            using var store = new ParameterStore(net.Graph, 1);
            using var plan = new TrainingPlan(store, new Sgd(), rows, shards, threads: 1, seed: 5) { Steps = 3 };
            net.Fill(plan);
            label.CopyTo(plan.Input(loss.Label));
            weight.CopyTo(plan.Input(loss.Weight));
            var found = plan.Forward(rows)[0];
            plan.Backward([2]);
            var gradient = new float[rows];
            plan.CopyGradient(z, gradient);

            var share = MixupOp.Beta(CounterRandom.Derive(CounterRandom.Derive(5, 3), "mixup"), 1);
            var sum = 0.0;
            for (var r = 0; r < rows; r++)
            {
                double at = net.Inputs[0].Values[r], slope = 0;
                foreach (var (part, of) in new[] { (share, r), (1 - share, Partner(r, rows, shards)) })
                {
                    if (weight[of] == 0) continue;
                    sum += part * weight[of] * (Math.Log(1 + Math.Exp(at)) - label[of] * at);
                    slope += 2 * part * weight[of] * (1 / (1 + Math.Exp(-at)) - label[of]);
                }

                Check.Near($"{shards} shards: gradient", r, slope, gradient[r], 1e-6);
            }

            Check.Near($"{shards} shards: loss", 0, sum, found, 1e-6);
        }
    }

    private static void ScaleGradient()
    {
        for (var width = 1; width <= 130; width += 3)
            foreach (var part in new[] { 0, 0.25, 1 })
            {
                var trial = Trial.Of(width, 3, 2, x => x.ScaleGradient(part));
                Check.Exact("value", trial.Input, trial.Values);
                for (var i = 0; i < trial.Gradient.Length; i++) Check.Near($"width {width}: gradient", i, part * Coefficient(i), trial.Gradient[i], 0);
                // an input that others give gradients to
                var both = Trial.Of(width, 3, 2, x => x.ScaleGradient(part).Add(x));
                for (var i = 0; i < both.Gradient.Length; i++) Check.Near($"width {width}: gradient with another", i, (1 + part) * Coefficient(i), both.Gradient[i], 0);
            }
    }

    private static int Partner(int row, int rows, int shards)
    {
        for (var s = 0; s < shards; s++)
        {
            var (first, end) = (rows * s / shards, rows * (s + 1) / shards);
            if (row >= first && row < end) return first + end - 1 - row;
        }

        throw new ArgumentOutOfRangeException(nameof(row));
    }

    private static float Coefficient(int i) => i % 5 - 2.25f;

    private sealed record Trial(float[] Values, float[] Gradient, float[] Input)
    {
        public static Trial Of(int width, int rows, int shards, Func<Node, Node> build, long steps = 0)
        {
            var net = new OpNet(width, rows, frozen: false);
            var x = net.Input(width);
            var y = build(x);
            var coefficients = net.Graph.Input("coefficients", width);
            _ = new WeightedSum("sum", y, coefficients);
            using var store = new ParameterStore(net.Graph, 1);
            using var plan = new TrainingPlan(store, new Sgd(), rows, shards, threads: 1, seed: 5) { Steps = steps };
            net.Fill(plan);
            for (var i = 0; i < rows * width; i++) plan.Input(coefficients)[i] = Coefficient(i);
            plan.Forward(rows);
            plan.Backward([1]);
            var (values, gradient) = (new float[rows * width], new float[rows * width]);
            if (y != x) plan.CopyValue(y, values);
            else net.Inputs[0].Values.CopyTo(values, 0);
            plan.CopyGradient(x, gradient);

            using var inference = new InferencePlan(store, rows, shards);
            net.Fill(inference);
            inference.Run(rows);
            var still = new float[rows * width];
            inference.Copy(y, still);
            if (y.Op is NoiseOp or MixupOp) Check.Exact("without training", net.Inputs[0].Values, still);
            return new Trial(values, gradient, net.Inputs[0].Values);
        }
    }
}
