using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class ActivationsSweep
{
    private delegate void Forward(float* y, float* x, long n);

    private delegate void Backward(float* dx, float* dy, float* at, long n, bool accumulate);

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("Relu", () => Sweep(Activations.Relu, x => x < 0 ? 0 : x, 0)),
        ("Gelu", () => Sweep(Activations.Gelu, x => x * Twin.NormalCdf(x), 1e-6, tail: 2e-6)),
        ("Silu", () => Sweep(Activations.Silu, x => x / (1 + Math.Exp(-x)), 5e-7)),
        ("Tanh", () => Sweep(Activations.Tanh, Math.Tanh, 3e-7)),
        ("Sigmoid", () => Sweep(Activations.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 4e-7)),
        ("ReluGradient", () => Sweep(Activations.ReluGradient, (dy, y) => y > 0 ? dy : 0, 0)),
        ("GeluGradient", () => Sweep(Activations.GeluGradient, (dy, x) => dy * (Twin.NormalCdf(x) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)), 2e-6)),
        ("SiluGradient", () => Sweep(Activations.SiluGradient, (dy, x) => dy * Sigmoid(x) * (1 + x * (1 - Sigmoid(x))), 2e-6)),
        ("TanhGradient", () => Sweep(Activations.TanhGradient, (dy, y) => dy * (1 - y * y), 1e-6)),
        ("SigmoidGradient", () => Sweep(Activations.SigmoidGradient, (dy, y) => dy * y * (1 - y), 1e-6)),
        ("PRelu", PRelu),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Sweep(Forward kernel, Func<double, double> twin, double tolerance, double tail = 0)
    {
        for (var n = 0; n <= 130; n++)
        {
            using var x = Check.Random(n, n, -12f, 12f);
            using var y = new Guarded<float>(n);
            kernel(y, x, n);
            for (var i = 0; i < n; i++) Check.Near("y", i, twin(x.Span[i]), y.Span[i], tail > 0 && x.Span[i] < -3 ? tail * (1 + x.Span[i] * x.Span[i]) : tolerance, 0);
            var separate = y.ToArray();
            kernel(x, x, n);
            Check.Exact("in place", separate, x.Span);
        }

        // every special number in every lane: denormal results may be flushed to zero, nothing else may differ
        foreach (var special in Check.Special)
        {
            for (var at = 0; at < 17; at++)
            {
                using var x = Check.Random(17, at);
                x.Span[at] = special;
                using var y = new Guarded<float>(17);
                kernel(y, x, 17);
                var expected = twin(special);
                if (double.IsNaN(expected) && !float.IsNaN(special)) continue;      // -∞·0: a limit, which a kernel may know or not
                Check.Near($"y({special})", at, expected, y.Span[at], Math.Max(tolerance, 1e-4), 1e-30);
            }
        }
    }

    private static void Sweep(Backward kernel, Func<double, double, double> twin, double tolerance)
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var n = 0; n <= 130; n++)
            {
                using var dy = Check.Random(n, n);
                using var at = Check.Random(n, n + 1000, -4f, 4f);
                using var dx = Check.Random(n, n + 2000);
                var expected = new double[n];
                for (var i = 0; i < n; i++) expected[i] = twin(dy.Span[i], at.Span[i]) + (accumulate ? dx.Span[i] : 0);
                kernel(dx, dy, at, n, accumulate);
                Check.Near("dx", expected, dx.Span, tolerance + 1e-7, 8);
            }
        }

        using var nan = Check.Of(1f, float.NaN, 1f);
        using var one = Check.Of(1f, 1f, 1f);
        using var result = new Guarded<float>(3);
        kernel(result, nan, one, 3, false);
        if (twin(1, 1) != 0 && !float.IsNaN(result.Span[1])) throw new InvalidOperationException("a NaN gradient was lost");
    }

    private static void PRelu()
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var width = 0; width <= 70; width++)
            {
                const int rows = 5;
                using var x = Check.Random(rows * width, width);
                using var slope = Check.Random(width, width + 1);
                using var dy = Check.Random(rows * width, width + 2);
                using var dx = Check.Random(rows * width, width + 3);
                using var dslope = Check.Random(width, width + 4);
                using var y = new Guarded<float>(rows * width);
                var expectedY = new double[rows * width];
                var expectedDx = new double[rows * width];
                var expectedSlope = dslope.ToArray().Select(v => (double)v).ToArray();
                for (var i = 0; i < rows * width; i++)
                {
                    double v = x.Span[i], a = slope.Span[i % width], d = dy.Span[i];
                    expectedY[i] = v < 0 ? a * v : v;
                    expectedDx[i] = (v < 0 ? a * d : d) + (accumulate ? dx.Span[i] : 0);
                    expectedSlope[i % width] += v < 0 ? d * v : 0;
                }

                Activations.PRelu(y, x, slope, rows, width);
                Activations.PReluGradient(dx, dslope, dy, x, slope, rows, width, accumulate);
                Check.Near("y", expectedY, y.Span, 1e-6);
                Check.Near("dx", expectedDx, dx.Span, 1e-6);
                Check.Near("dslope", expectedSlope, dslope.Span, 1e-5);
            }
        }
    }
}
