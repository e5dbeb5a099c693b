using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class ElementwiseSweep
{
    private delegate void Kernel(float* y, float* a, float* b, int n);

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("Fill", () => Sweep((y, _, _, n) => Elementwise.Fill(y, 3f, n), (_, _, _) => 3)),
        ("Copy", () => Sweep((y, a, _, n) => Elementwise.Copy(y, a, n), (_, a, _) => a)),
        ("Add", () => Sweep((y, a, b, n) => Elementwise.Add(y, a, b, n), (_, a, b) => a + b)),
        ("AddTo", () => Sweep((y, a, _, n) => Elementwise.AddTo(y, a, n), (y, a, _) => y + a)),
        ("Multiply", () => Sweep((y, a, b, n) => Elementwise.Multiply(y, a, b, n), (_, a, b) => a * b)),
        ("MultiplyAddTo", () => Sweep((y, a, b, n) => Elementwise.MultiplyAddTo(y, a, b, n), (y, a, b) => y + a * b)),
        ("ScaleTo", () => Sweep((y, a, _, n) => Elementwise.ScaleTo(y, a, 0.75f, n), (_, a, _) => a * 0.75)),
        ("AxpyTo", () => Sweep((y, a, _, n) => Elementwise.AxpyTo(y, a, 0.75f, n), (y, a, _) => y + a * 0.75)),
        ("SumOfSquares", SumOfSquares),
        ("CopyRows", CopyRows),
        ("AddBiasGradient", AddBiasGradient),
    ];

    private static void Sweep(Kernel kernel, Func<double, double, double, double> twin)
    {
        for (var n = 0; n <= 130; n++)
        {
            using var y = Check.Random(n, n);
            using var a = Check.Random(n, n + 1);
            using var b = Check.Random(n, n + 2);
            if (n > 4) a.Span[n - 1] = float.NaN;
            if (n > 5) a.Span[2] = float.PositiveInfinity;
            var expected = new double[n];
            for (var i = 0; i < n; i++) expected[i] = twin(y.Span[i], a.Span[i], b.Span[i]);
            kernel(y, a, b, n);
            Check.Near("y", expected, y.Span, 3e-7, 4);
        }
    }

    private static void SumOfSquares()
    {
        for (var n = 0; n <= 600; n++)
        {
            using var x = Check.Random(n, n, -1e20f, 1e20f);        // squares leave float's range, but not double's
            double expected = 0;
            foreach (var v in x.Span) expected += (double)v * v;
            Check.Near("sum", 0, expected / 1e40, Elementwise.SumOfSquares(x, n) / 1e40, 1e-12);
        }
    }

    private static void CopyRows()
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var width = 1; width <= 40; width++)
            {
                const int rows = 4;
                int ldd = width + 3, lds = width + 1;
                using var source = Check.Random((rows - 1) * lds + width, width);
                using var target = Check.Random((rows - 1) * ldd + width, width + 1);
                var expected = target.ToArray().Select(v => (double)v).ToArray();
                for (var r = 0; r < rows; r++)
                    for (var c = 0; c < width; c++)
                        expected[r * ldd + c] = source.Span[r * lds + c] + (accumulate ? expected[r * ldd + c] : 0);
                Elementwise.CopyRows(target, ldd, source, lds, rows, width, accumulate);
                Check.Near("dst", expected, target.Span, 1e-7);
            }
        }
    }

    private static void AddBiasGradient()
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var width = 0; width <= 130; width++)
            {
                var rows = width % 7;
                var ldy = width + 2;
                using var dy = Check.Random(Math.Max(0, (rows - 1) * ldy + width), width);
                using var db = Check.Random(width, width + 1);
                var expected = db.ToArray().Select(v => accumulate ? (double)v : 0).ToArray();
                for (var r = 0; r < rows; r++)
                    for (var c = 0; c < width; c++) expected[c] += dy.Span[r * ldy + c];
                Elementwise.AddBiasGradient(db, dy, ldy, rows, width, accumulate);
                Check.Near("db", expected, db.Span, 2e-6);
            }
        }
    }
}
