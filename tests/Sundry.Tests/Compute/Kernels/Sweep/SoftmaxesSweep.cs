using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class SoftmaxesSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = [("Softmax", Softmax), ("SoftmaxGradient", Gradient), ("Softmax of extremes", Extremes)];

    /// <summary>Row by row, in double.</summary>
    public static double[] Of(ReadOnlySpan<float> x, int rows, int width)
    {
        var y = new double[rows * width];
        for (var r = 0; r < rows; r++)
        {
            var most = double.NegativeInfinity;
            for (var c = 0; c < width; c++) most = Math.Max(most, x[r * width + c]);
            double sum = 0;
            for (var c = 0; c < width; c++) sum += y[r * width + c] = Math.Exp(x[r * width + c] - most);
            for (var c = 0; c < width; c++) y[r * width + c] /= sum;
        }

        return y;
    }

    private static void Softmax()
    {
        for (var width = 0; width <= 70; width++)
        {
            using var x = Check.Random(3 * width, width, -20f, 20f);
            using var y = new Guarded<float>(3 * width);
            Softmaxes.Softmax(y, x, 3, width);
            Check.Near("y", Of(x.Span, 3, width), y.Span, 3e-6, 1e-30);
            var separate = y.ToArray();
            Softmaxes.Softmax(x, x, 3, width);
            Check.Exact("in place", separate, x.Span);
        }
    }

    private static void Gradient()
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var width = 0; width <= 70; width++)
            {
                using var y = Check.Random(3 * width, width, 0f, 1f);
                using var dy = Check.Random(3 * width, width + 1);
                using var dx = Check.Random(3 * width, width + 2);
                var expected = new double[3 * width];
                for (var r = 0; r < 3; r++)
                {
                    double sum = 0;
                    for (var c = r * width; c < (r + 1) * width; c++) sum += (double)y.Span[c] * dy.Span[c];
                    for (var c = r * width; c < (r + 1) * width; c++) expected[c] = y.Span[c] * (dy.Span[c] - sum) + (accumulate ? dx.Span[c] : 0);
                }

                Softmaxes.SoftmaxGradient(dx, dy, y, 3, width, accumulate);
                Check.Near("dx", expected, dx.Span, 5e-6, 4);
            }
        }
    }

    private static void Extremes()
    {
        using var x = Check.Of(1e30f, 0f, -1e30f, /**/ 1000f, 1000f, float.NegativeInfinity, /**/ 1f, float.NaN, 2f);
        using var y = new Guarded<float>(9);
        Softmaxes.Softmax(y, x, 3, 3);
        Check.Near("y", [1, 0, 0, 0.5, 0.5, 0, double.NaN, double.NaN, double.NaN], y.Span, 1e-6);
    }
}
