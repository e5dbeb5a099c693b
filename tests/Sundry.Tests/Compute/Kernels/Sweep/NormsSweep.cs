using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class NormsSweep
{
    private const float Eps = 1e-5f;

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
        [("LayerNorm", () => Sweep(LayerNorm)), ("BatchNorm", () => Sweep(BatchNorm)), ("ColumnSums far from zero", FarFromZero), ("SequenceSums", SequenceSums)];

    private static void Sweep(Action<int, int, bool> run)
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var width = 1; width <= 70; width++) run(5, width, accumulate);
            run(1, 3, accumulate);
            run(0, 3, accumulate);
        }
    }

    private static void LayerNorm(int rows, int width, bool accumulate)
    {
        using var x = Check.Random(rows * width, width);
        using var w = Check.Random(width, width + 1);
        using var b = Check.Random(width, width + 2);
        using var y = new Guarded<float>(rows * width);
        using var mean = new Guarded<float>(rows);
        using var rstd = new Guarded<float>(rows);
        using var dy = Check.Random(rows * width, width + 3);
        using var dx = Check.Random(rows * width, width + 4);
        using var dw = Check.Random(width, width + 5);
        using var db = Check.Random(width, width + 6);
        var expectedY = new double[rows * width];
        var expectedDx = new double[rows * width];
        var expectedDw = dw.ToArray().Select(v => (double)v).ToArray();
        var expectedDb = db.ToArray().Select(v => (double)v).ToArray();
        for (var r = 0; r < rows; r++)
        {
            double m = 0, s = 0, sum = 0, product = 0;
            for (var c = 0; c < width; c++) m += x.Span[r * width + c] / (double)width;
            for (var c = 0; c < width; c++) s += Math.Pow(x.Span[r * width + c] - m, 2) / width;
            s = 1 / Math.Sqrt(s + Eps);
            for (var c = 0; c < width; c++)
            {
                var at = r * width + c;
                var normal = (x.Span[at] - m) * s;
                expectedY[at] = normal * w.Span[c] + b.Span[c];
                expectedDw[c] += dy.Span[at] * normal;
                expectedDb[c] += dy.Span[at];
                sum += (double)dy.Span[at] * w.Span[c] / width;
                product += dy.Span[at] * w.Span[c] * normal / width;
            }

            for (var c = 0; c < width; c++)
            {
                var at = r * width + c;
                expectedDx[at] = (dy.Span[at] * (double)w.Span[c] - sum - (x.Span[at] - m) * s * product) * s + (accumulate ? dx.Span[at] : 0);
            }
        }

        Norms.LayerNorm(y, mean, rstd, x, w, b, rows, 1, width, Eps, relu: false);
        Norms.LayerNormGradient(dx, dw, db, dy, x, mean, rstd, w, rows, 1, width, accumulate);

        // one or two columns: the row is its own mean, and 1/√eps magnifies the rounding
        var loose = width < 3 ? 2e-3 : 2e-5;
        Check.Near("y", expectedY, y.Span, loose);
        Check.Near("dw", expectedDw, dw.Span, loose);
        Check.Near("db", expectedDb, db.Span, 1e-5);
        Check.Near("dx", expectedDx, dx.Span, loose, width < 3 ? 300 : 4);
    }

    private static void BatchNorm(int rows, int width, bool accumulate)
    {
        using var x = Check.Random(rows * width, width);
        using var dy = Check.Random(rows * width, width + 1);
        using var dx = Check.Random(rows * width, width + 2);
        using var w = Check.Random(width, width + 3);
        using var b = Check.Random(width, width + 4);
        using var mean = Check.Random(width, width + 5);
        using var rstd = Check.Random(width, width + 6, 0.5f, 2f);
        using var y = new Guarded<float>(rows * width);
        using var sum = new Guarded<double>(width);
        using var squares = new Guarded<double>(width);
        using var sumDy = new Guarded<double>(width);
        using var sumDyXhat = new Guarded<double>(width);
        Norms.ColumnSums(sum, squares, x, rows, width);
        Norms.BatchNorm(y, x, mean, rstd, w, b, rows, width, relu: false);
        Norms.BatchNormGradientSums(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        var before = dx.ToArray();
        Norms.BatchNormGradient(dx, dy, x, mean, rstd, w, sumDy, sumDyXhat, rows, width, accumulate);
        for (var c = 0; c < width; c++)
        {
            double s = 0, q = 0, d = 0, p = 0;
            for (var r = 0; r < rows; r++)
            {
                var at = r * width + c;
                double v = x.Span[at], normal = (v - mean.Span[c]) * rstd.Span[c];
                s += v;
                q += v * v;
                d += dy.Span[at];
                p += dy.Span[at] * normal;
                Check.Near("y", at, normal * w.Span[c] + b.Span[c], y.Span[at], 2e-6, 8);
            }

            Check.Near("sum", c, s, sum.Span[c], 1e-12);
            Check.Near("squares", c, q, squares.Span[c], 1e-12);
            Check.Near("sum of dy", c, d, sumDy.Span[c], 1e-12);
            Check.Near("sum of dy·x̂", c, p, sumDyXhat.Span[c], 1e-5);
            for (var r = 0; r < rows; r++)
            {
                var at = r * width + c;
                var normal = ((double)x.Span[at] - mean.Span[c]) * rstd.Span[c];
                Check.Near("dx", at, w.Span[c] * (double)rstd.Span[c] * (dy.Span[at] - d - normal * p) + (accumulate ? before[at] : 0), dx.Span[at], 1e-5, 16);
            }
        }
    }

    /// <summary>A column of 4000 ± 1: sums of squares in float would have lost the variance.</summary>
    private static void FarFromZero()
    {
        const int rows = 1000;
        using var x = new Guarded<float>(rows);
        for (var r = 0; r < rows; r++) x.Span[r] = r % 2 == 0 ? 3999f : 4001f;
        using var sum = new Guarded<double>(1);
        using var squares = new Guarded<double>(1);
        Norms.ColumnSums(sum, squares, x, rows, 1);
        Check.Near("variance", 0, 1, squares.Span[0] / rows - Math.Pow(sum.Span[0] / rows, 2), 1e-6);
    }

    /// <summary>Sums of more rows than go by in float, of columns far from zero: what matters is the variance.</summary>
    private static void SequenceSums()
    {
        for (var width = 1; width <= 70; width++)
        {
            var rows = 1 + width * 3;
            using var x = Check.Random(rows * width, width, 4000, 4002);
            using var sum = new Guarded<double>(width);
            using var squares = new Guarded<double>(width);
            sum.Span[0] = 1;
            Norms.AddSequenceSums(sum, squares, x, rows, width);
            sum.Span[0] -= 1;
            for (var c = 0; c < width; c++)
            {
                double s = 0, q = 0;
                for (var r = 0; r < rows; r++) s += x.Span[r * width + c];
                for (var r = 0; r < rows; r++) q += Math.Pow(x.Span[r * width + c] - s / rows, 2);
                Check.Near("sum", c, s, sum.Span[c], 1e-9);
                Check.Near("variance", c, q / rows, squares.Span[c] / rows - Math.Pow(sum.Span[c] / rows, 2), 1e-6);
            }
        }
    }
}
