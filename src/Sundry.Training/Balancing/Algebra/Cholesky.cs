namespace Sundry.Training;

/// <summary>Solves A x = b for a small symmetric positive definite A, or for the part of it that a set of indices leaves.</summary>
internal static class Cholesky
{
    /// <summary>Solves the equations of the rows and columns in <paramref name="set"/>; the right side becomes the solution.</summary>
    /// <param name="a">[n, n], positive definite.</param>
    /// <param name="set">Rows and columns to take.</param>
    /// <param name="sides">Right sides of the length of the set; each becomes its solution.</param>
    public static void Solve(double[,] a, ReadOnlySpan<int> set, params ReadOnlySpan<double[]> sides)
    {
        var n = set.Length;
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[set[i], set[j]];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                // rounding can leave nothing of a pivot; what is tiny then stands for 0
                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-15 * a[set[i], set[i]])) : sum / l[j, j];
            }
        }

        foreach (var side in sides)
        {
            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k < i; k++) side[i] -= l[i, k] * side[k];
                side[i] /= l[i, i];
            }

            for (var i = n - 1; i >= 0; i--)
            {
                for (var k = i + 1; k < n; k++) side[i] -= l[k, i] * side[k];
                side[i] /= l[i, i];
            }
        }
    }
}
