using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class ActiveSetTests
{
    [Fact]
    public void Solutions_satisfy_the_conditions_of_the_minimum()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var n = 1 + seed % 8;
            // of full rank and of too few dimensions
            var width = 1 + random.Next(10);
            var rows = new double[n, width];
            foreach (ref var x in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref rows[0, 0], rows.Length)) x = 2 * random.NextDouble() - 1;
            var a = new double[n, n];
            for (var t = 0; t < n; t++)
                for (var s = 0; s < n; s++)
                    for (var i = 0; i < width; i++)
                        a[t, s] += rows[t, i] * rows[s, i];
            var b = new double[n];
            // in the range of A, so that the problem over w ≥ 0 is bounded
            for (var t = 0; t < n; t++)
                for (var i = 0; i < width; i++)
                    b[t] += rows[t, i] * (i % 2 == 0 ? 1 : -1) * 0.3;

            var w = ActiveSet.OnSimplex(a, b);
            Assert.Equal(1, w.Sum(), 12);
            var slopes = Slopes(a, b, w);
            var level = slopes.Zip(w, (x, y) => x * y).Sum();
            for (var t = 0; t < n; t++)
            {
                Assert.True(w[t] >= 0);
                Assert.True(slopes[t] >= level - 1e-8);
            }

            w = ActiveSet.NonNegative(a, b);
            slopes = Slopes(a, b, w);
            for (var t = 0; t < n; t++)
            {
                Assert.True(w[t] >= 0);
                Assert.True(slopes[t] >= -1e-8, $"seed {seed}: {slopes[t]}");
                Assert.Equal(0, w[t] * slopes[t], 1e-8);
            }
        }
    }

    private static double[] Slopes(double[,] a, double[] b, double[] w) => [.. b.Select((x, t) => x + w.Select((y, s) => a[t, s] * y).Sum())];
}
