using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class MixingSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = [("Mix", () => Sweep(Mix)), ("MixGradient", () => Sweep(Gradient))];

    private static void Sweep(Action<int, int, int, bool> run)
    {
        foreach (var accumulate in (bool[])[false, true])
        {
            for (var h = 0; h <= 70; h++)
            {
                run(3, 1, h, accumulate);
                run(2, 5, h, accumulate);
            }

            run(0, 2, 8, accumulate);
        }
    }

    private static void Mix(int rows, int e, int h, bool accumulate)
    {
        var ldg = e + 2;
        using var gate = Check.Random(Math.Max(0, (rows - 1) * ldg + e), h);
        using var experts = Check.Random(rows * e * h, h + 1);
        using var z = Check.Random(rows * h, h + 2);
        var expected = new double[rows * h];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < h; c++)
            {
                var sum = accumulate ? z.Span[r * h + c] : 0.0;
                for (var i = 0; i < e; i++) sum += (double)gate.Span[r * ldg + i] * experts.Span[(r * e + i) * h + c];
                expected[r * h + c] = sum;
            }

        Mixing.Mix(z, gate, ldg, experts, rows, e, h, accumulate);
        Check.Near("z", expected, z.Span, 2e-6, 4);
    }

    private static void Gradient(int rows, int e, int h, bool accumulate)
    {
        var ldg = e + 2;
        var gates = Math.Max(0, (rows - 1) * ldg + e);
        using var gate = Check.Random(gates, h);
        using var experts = Check.Random(rows * e * h, h + 1);
        using var dz = Check.Random(rows * h, h + 2);
        using var dgate = Check.Random(gates, h + 3);
        using var dexperts = Check.Random(rows * e * h, h + 4);
        var expectedGate = dgate.ToArray().Select(v => (double)v).ToArray();
        var expectedExperts = new double[rows * e * h];
        for (var r = 0; r < rows; r++)
            for (var i = 0; i < e; i++)
                for (var c = 0; c < h; c++)
                {
                    var at = (r * e + i) * h + c;
                    expectedGate[r * ldg + i] += (double)dz.Span[r * h + c] * experts.Span[at];
                    expectedExperts[at] = (double)gate.Span[r * ldg + i] * dz.Span[r * h + c] + (accumulate ? dexperts.Span[at] : 0);
                }

        var gateBefore = dgate.ToArray();
        Mixing.MixGradient(dgate, ldg, dexperts, dz, gate, experts, rows, e, h, accumulate);
        Check.Near("dgate", expectedGate, dgate.Span, 1e-5, 8);
        Check.Near("dexperts", expectedExperts, dexperts.Span, 2e-6, 4);

        gateBefore.CopyTo(dgate.Span);
        Mixing.MixGradient(dgate, ldg, null, dz, gate, experts, rows, e, h, accumulate);
        Check.Near("dgate alone", expectedGate, dgate.Span, 1e-5, 8);
    }
}
