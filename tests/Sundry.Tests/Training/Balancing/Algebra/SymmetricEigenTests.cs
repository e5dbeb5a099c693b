using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 0)]
    [InlineData(12, 0)]
    [InlineData(6, 3)]
    [InlineData(6, 12)]
    public void The_parts_make_the_matrix_again(int n, int digits)
    {
        var random = new Random(n);
        var a = new double[n, n];
        // scales that differ by as many digits
        double[] scale = [.. Enumerable.Range(0, n).Select(t => Math.Pow(10, -digits * t / (double)n))];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                a[i, j] = a[j, i] = (2 * random.NextDouble() - 1) * scale[i] * scale[j];
        var eigen = new SymmetricEigen(a);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double back = 0, unit = 0;
                for (var k = 0; k < n; k++)
                {
                    back += eigen.Vectors[i, k] * eigen.Values[k] * eigen.Vectors[j, k];
                    unit += eigen.Vectors[k, i] * eigen.Vectors[k, j];
                }

                Assert.Equal(a[i, j], back, 1e-13);
                Assert.Equal(i == j ? 1 : 0, unit, 1e-13);
            }
        }
    }

    [Fact]
    public void Noise_counts_as_zero_when_a_function_is_applied()
    {
        // of rank one: (1, 1) with value 2
        var result = new double[2];
        new SymmetricEigen(new double[,] { { 1, 1 }, { 1, 1 } }).Apply(static v => 1 / v, [1, 1], result);
        Assert.Equal(0.5, result[0], 14);
        Assert.Equal(0.5, result[1], 14);
    }
}
