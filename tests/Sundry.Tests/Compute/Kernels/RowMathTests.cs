using Sundry.Compute;

namespace Sundry.Tests;

public sealed class RowMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(192)]
    public void Rows_are_what_plain_loops_make(int n)
    {
        var random = new Random(n);
        float[] Row() => [.. Enumerable.Range(0, n).Select(_ => (float)random.NextDouble() - .5f)];
        float[] u = Row(), v = Row(), w = Row();
        Assert.Equal(u.Zip(v, (a, b) => (double)a * b).Sum(), RowMath.Dot(u, v), 1e-4);

        var y = u.ToArray();
        RowMath.AddScaled(y, v, .3f);
        Near(i => u[i] + .3 * v[i], y);

        float[] a = [.. u], b = [.. v];
        RowMath.Step(a, b, .9f, .2f);
        Near(i => .9 * u[i] + .2 * v[i], a);
        Near(i => .9 * v[i] + .2 * u[i], b);

        float[] x = [.. u], p = [.. v], q = [.. w];
        RowMath.PairStep(x, p, q, .9f, .2f);
        Near(i => .9 * u[i] + .2 * (v[i] - (double)w[i]), x);
        Near(i => .9 * v[i] + .2 * u[i], p);
        Near(i => .9 * w[i] - .2 * u[i], q);
        Assert.Throws<ArgumentException>(() => RowMath.Dot(u, new float[n + 1]));
    }

    [Theory]
    [InlineData(3, 5, 2)]
    [InlineData(17, 64, 33)]
    [InlineData(40, 20, 700)]
    public void A_packed_matrix_multiplies(int m, int k, int n)
    {
        var random = new Random(1);
        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - .5f)];
        float[] x = Some(m * k), w = Some(k * n), bias = Some(n), y = new float[m * n], z = new float[m * n];
        var turned = new float[n * k];
        for (var i = 0; i < k; i++)
            for (var j = 0; j < n; j++) turned[j * k + i] = w[i * n + j];
        using var plain = new PackedMatrix(w, k, n);
        using var transposed = new PackedMatrix(turned, k, n, transposed: true);
        plain.Multiply(x, y, bias);
        transposed.Multiply(x, z);
        transposed.Multiply(x, z, accumulate: true);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = Enumerable.Range(0, k).Sum(l => (double)x[i * k + l] * w[l * n + j]);
                Assert.Equal(sum + bias[j], y[i * n + j], 1e-4);
                Assert.Equal(2 * sum, z[i * n + j], 1e-4);
            }
        }

        Assert.Throws<ArgumentException>(() => plain.Multiply(x, new float[m * n + 1]));
        Assert.Throws<ArgumentException>(() => new PackedMatrix(w, k + 1, n));
    }

    private static void Near(Func<int, double> expected, float[] actual)
    {
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected(i), actual[i], 1e-5);
    }
}
