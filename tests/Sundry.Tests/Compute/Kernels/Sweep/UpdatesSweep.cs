using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class UpdatesSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = [("Sgd", Sgd), ("Adam", Adam), ("Adagrad", Adagrad)];

    private static void Sgd()
    {
        for (var n = 0; n <= 130; n++)
        {
            var momentum = n % 2 == 0 ? 0.9 : 0;
            using var w = Check.Random(n, n);
            using var v = Check.Random(n, n + 1);
            using var g = Check.Random(n, n + 2);
            double[] expectedW = new double[n], expectedV = new double[n];
            for (var i = 0; i < n; i++)
            {
                var step = g.Span[i] * 0.5 + 0.01 * w.Span[i];
                expectedV[i] = momentum > 0 ? step = momentum * v.Span[i] + step : v.Span[i];
                expectedW[i] = w.Span[i] - 0.1 * step;
            }

            Updates.Sgd(w, momentum > 0 ? v.Pointer : null, g, n, 0.1, momentum, 0.01, 0.5);
            Check.Near("w", expectedW, w.Span, 1e-6);
            Check.Near("v", expectedV, v.Span, 1e-6);
        }
    }

    private static void Adam()
    {
        const double lr = 0.01, b1 = 0.9, b2 = 0.999, eps = 1e-8, scale = 0.5;
        for (var n = 0; n <= 130; n++)
        {
            double coupled = n % 2 == 0 ? 0.02 : 0, decoupled = n % 3 == 0 ? 0.1 : 0;
            using var w = Check.Random(n, n);
            using var m = new Guarded<float>(n);
            using var v = new Guarded<float>(n);
            var expectedW = w.ToArray().Select(x => (double)x).ToArray();
            double[] expectedM = new double[n], expectedV = new double[n];
            for (var t = 1; t <= 3; t++)
            {
                using var g = Check.Random(n, 7 * n + t);
                double c1 = 1 - Math.Pow(b1, t), c2 = 1 - Math.Pow(b2, t);
                for (var i = 0; i < n; i++)
                {
                    var d = g.Span[i] * scale + coupled * expectedW[i];
                    expectedW[i] *= 1 - lr * decoupled;
                    expectedM[i] = b1 * expectedM[i] + (1 - b1) * d;
                    expectedV[i] = b2 * expectedV[i] + (1 - b2) * d * d;
                    expectedW[i] -= lr / c1 * expectedM[i] / (Math.Sqrt(expectedV[i]) / Math.Sqrt(c2) + eps);
                }

                Updates.Adam(w, m, v, g, n, new AdamStep(new OptimizerStep(lr, scale, c1, c2), b1, b2, eps, coupled, decoupled));
            }

            Check.Near("w", expectedW, w.Span, 2e-6);
            Check.Near("m", expectedM, m.Span, 1e-6);
            Check.Near("v", expectedV, v.Span, 1e-6, 1e-6);
        }
    }

    private static void Adagrad()
    {
        for (var n = 0; n <= 130; n++)
        {
            using var w = Check.Random(n, n);
            using var s = Check.Random(n, n + 1, 0f, 1f);
            using var g = Check.Random(n, n + 2);
            double[] expectedW = new double[n], expectedS = new double[n];
            for (var i = 0; i < n; i++)
            {
                var d = g.Span[i] * 0.5 + 0.01 * w.Span[i];
                expectedS[i] = s.Span[i] + d * d;
                expectedW[i] = w.Span[i] - 0.1 * d / (Math.Sqrt(expectedS[i]) + 1e-10);
            }

            Updates.Adagrad(w, s, g, n, 0.1, 1e-10, 0.01, 0.5);
            Check.Near("w", expectedW, w.Span, 1e-6);
            Check.Near("s", expectedS, s.Span, 1e-6);
        }
    }
}
