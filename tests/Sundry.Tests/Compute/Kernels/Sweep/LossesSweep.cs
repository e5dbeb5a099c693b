using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class LossesSweep
{
    private delegate double Kernel(float* slopes, float* z, float* label, float* weight, int rows);

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("BinaryCrossEntropy", () => Sweep(Losses.BinaryCrossEntropy, (z, y) => -(y * Math.Log(Sigmoid(z)) + (1 - y) * Math.Log(Sigmoid(-z))), (z, y) => Sigmoid(z) - y)),
        ("SquaredError", () => Sweep(Losses.SquaredError, (z, y) => (z - y) * (z - y), (z, y) => 2 * (z - y))),
        ("Huber", () => Sweep(
            (slopes, z, label, weight, rows) => Losses.Huber(slopes, z, label, weight, rows, 0.8f),
            (z, y) => Math.Abs(z - y) <= 0.8f ? (z - y) * (z - y) / 2 : 0.8f * (Math.Abs(z - y) - 0.8f / 2),
            (z, y) => Math.Abs(z - y) <= 0.8f ? z - y : 0.8f * Math.Sign(z - y))),
        ("Poisson", () => Sweep(Losses.Poisson, (z, y) => Math.Exp(z) - y * z, (z, y) => Math.Exp(z) - y)),
        ("Losses of extremes", Extremes),
        ("CrossEntropy", CrossEntropy),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Sweep(Kernel kernel, Func<double, double, double> value, Func<double, double, double> slope)
    {
        for (var n = 0; n <= 40; n++)
        {
            using var z = Check.Random(n, n);
            using var label = Check.Random(n, n + 1, 0f, 1f);
            using var weight = Check.Random(n, n + 2, 0f, 2f);
            using var slopes = Check.Random(n, n + 3);
            for (var i = 0; i < n; i += 3)
            {
                weight.Span[i] = 0;
                label.Span[i] = float.NaN;
            }

            double sum = 0;
            var expected = new double[n];
            for (var i = 0; i < n; i++)
            {
                if (weight.Span[i] == 0) continue;
                sum += weight.Span[i] * value(z.Span[i], label.Span[i]);
                expected[i] = weight.Span[i] * slope(z.Span[i], label.Span[i]);
            }

            Check.Near("sum", 0, sum, kernel(slopes, z, label, weight, n), 1e-7);
            Check.Near("slopes", expected, slopes.Span, 1e-6);
        }
    }

    private static void Extremes()
    {
        using var z = Check.Of(1000f, -1000f, 1000f, -1000f, -30f, float.NaN);
        using var label = Check.Of(1f, 0f, 0f, 1f, 0f, 0f);
        using var weight = Check.Of(1f, 1f, 1f, 1f, 1f, 1f);
        using var slopes = new Guarded<float>(6);
        Check.Near("sum", 0, 2000, Losses.BinaryCrossEntropy(slopes, z, label, weight, 4), 1e-12);
        Check.Near("small", 0, 9.357622968839299e-14, Losses.BinaryCrossEntropy(slopes, z.Pointer + 4, label.Pointer + 4, weight, 1), 1e-7, 0);
        Check.Near("NaN", 0, double.NaN, Losses.BinaryCrossEntropy(slopes, z, label, weight, 6), 0);
        Check.Near("slopes", [0, 0, 1, -1, 9.357622968840175e-14, double.NaN], slopes.Span, 1e-7, 0);
    }

    private static void CrossEntropy()
    {
        for (var classes = 1; classes <= 70; classes++)
        {
            const int rows = 4;
            using var z = Check.Random(rows * classes, classes, -10f, 10f);
            if (classes > 3) z.Span[classes] = 500f;
            using var label = Check.Of(0f, classes - 1, classes / 2, float.NaN);
            using var weight = Check.Of(1f, 0.5f, 2f, 0f);
            using var slopes = Check.Random(rows * classes, classes + 1);
            var p = SoftmaxesSweep.Of(z.Span, rows, classes);
            double sum = 0;
            var expected = new double[rows * classes];
            for (var r = 0; r < 3; r++)
            {
                for (var c = 0; c < classes; c++)
                    expected[r * classes + c] = weight.Span[r] * (p[r * classes + c] - (c == (int)label.Span[r] ? 1 : 0));
                double most = z.Span.Slice(r * classes, classes).ToArray().Max(), total = 0;
                for (var c = 0; c < classes; c++) total += Math.Exp(z.Span[r * classes + c] - most);
                sum += weight.Span[r] * (Math.Log(total) + most - z.Span[r * classes + (int)label.Span[r]]);
            }

            Check.Near("sum", 0, sum, Losses.CrossEntropy(slopes, z, label, weight, rows, classes), 1e-6);
            Check.Near("slopes", expected, slopes.Span, 2e-6);
        }
    }
}
