using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class LossesSweep
{
    private delegate double Kernel(float* dz, float* z, float* label, float* weight, int rows, float scale, bool accumulate);

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("BinaryCrossEntropy", () => Sweep(Losses.BinaryCrossEntropy, (z, y) => -(y * Math.Log(Sigmoid(z)) + (1 - y) * Math.Log(Sigmoid(-z))), (z, y) => Sigmoid(z) - y)),
        ("SquaredError", () => Sweep(Losses.SquaredError, (z, y) => (z - y) * (z - y), (z, y) => 2 * (z - y))),
        ("Huber", () => Sweep(
            (dz, z, label, weight, rows, scale, accumulate) => Losses.Huber(dz, z, label, weight, rows, scale, 0.8f, accumulate),
            (z, y) => Math.Abs(z - y) <= 0.8f ? (z - y) * (z - y) / 2 : 0.8f * (Math.Abs(z - y) - 0.8f / 2),
            (z, y) => Math.Abs(z - y) <= 0.8f ? z - y : 0.8f * Math.Sign(z - y))),
        ("Poisson", () => Sweep(Losses.Poisson, (z, y) => Math.Exp(z) - y * z, (z, y) => Math.Exp(z) - y)),
        ("Losses of extremes", Extremes),
        ("CrossEntropy", CrossEntropy),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Sweep(Kernel kernel, Func<double, double, double> value, Func<double, double, double> slope)
    {
        const float scale = 0.25f;
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var n = 0; n <= 40; n++)
            {
                using var z = Check.Random(n, n);
                using var label = Check.Random(n, n + 1, 0f, 1f);
                using var weight = Check.Random(n, n + 2, 0f, 2f);
                using var dz = Check.Random(n, n + 3);
                var before = dz.ToArray();
                for (var i = 0; i < n; i += 3)
                {
                    weight.Span[i] = 0;
                    label.Span[i] = float.NaN;
                }

                double sum = 0;
                var expected = new double[n];
                for (var i = 0; i < n; i++)
                {
                    expected[i] = accumulate ? before[i] : 0;
                    if (weight.Span[i] == 0) continue;
                    sum += weight.Span[i] * value(z.Span[i], label.Span[i]);
                    expected[i] += weight.Span[i] * scale * slope(z.Span[i], label.Span[i]);
                }

                Check.Near("sum", 0, sum, kernel(dz, z, label, weight, n, scale, accumulate), 1e-7);
                Check.Near("dz", expected, dz.Span, 1e-6);
                Check.Near("sum alone", 0, sum, kernel(null, z, label, weight, n, scale, accumulate), 1e-7);

                for (var i = 0; i < n; i += 3) label.Span[i] = 0.5f;
                double all = 0;
                for (var i = 0; i < n; i++) all += value(z.Span[i], label.Span[i]);
                Check.Near("unweighted", 0, all, kernel(null, z, label, null, n, scale, accumulate), 1e-7);
            }
        }
    }

    private static void Extremes()
    {
        using var z = Check.Of(1000f, -1000f, 1000f, -1000f, -30f, float.NaN);
        using var label = Check.Of(1f, 0f, 0f, 1f, 0f, 0f);
        using var dz = new Guarded<float>(6);
        Check.Near("sum", 0, 2000, Losses.BinaryCrossEntropy(dz, z, label, null, 4, 1f), 1e-12);
        Check.Near("small", 0, 9.357622968839299e-14, Losses.BinaryCrossEntropy(null, z.Pointer + 4, label.Pointer + 4, null, 1, 1f), 1e-7, 0);
        Check.Near("NaN", 0, double.NaN, Losses.BinaryCrossEntropy(dz, z, label, null, 6, 1f), 0);
        Check.Near("dz", [0, 0, 1, -1, 9.357622968840175e-14, double.NaN], dz.Span, 1e-7, 0);
    }

    private static void CrossEntropy()
    {
        const float scale = 0.5f;
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var classes = 1; classes <= 70; classes++)
            {
                const int rows = 4;
                using var z = Check.Random(rows * classes, classes, -10f, 10f);
                if (classes > 3) z.Span[classes] = 500f;
                using var label = Check.Of(0f, classes - 1, classes / 2, float.NaN);
                using var weight = Check.Of(1f, 0.5f, 2f, 0f);
                using var dz = Check.Random(rows * classes, classes + 1);
                var p = SoftmaxesSweep.Of(z.Span, rows, classes);
                double sum = 0;
                var expected = new double[rows * classes];
                for (var r = 0; r < rows; r++)
                {
                    for (var c = 0; c < classes; c++)
                    {
                        var at = r * classes + c;
                        expected[at] = accumulate ? dz.Span[at] : 0;
                        if (r < 3) expected[at] += weight.Span[r] * scale * (p[at] - (c == (int)label.Span[r] ? 1 : 0));
                    }

                    if (r == 3) continue;
                    double most = z.Span.Slice(r * classes, classes).ToArray().Max(), total = 0;
                    for (var c = 0; c < classes; c++) total += Math.Exp(z.Span[r * classes + c] - most);
                    sum += weight.Span[r] * (Math.Log(total) + most - z.Span[r * classes + (int)label.Span[r]]);
                }

                Check.Near("sum", 0, sum, Losses.CrossEntropy(dz, z, label, weight, rows, classes, scale, accumulate), 1e-6);
                Check.Near("dz", expected, dz.Span, 2e-6);
                Check.Near("sum alone", 0, sum, Losses.CrossEntropy(null, z, label, weight, rows, classes, scale, accumulate), 1e-6);
            }
        }
    }
}
