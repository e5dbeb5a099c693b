namespace Sundry.Training;

/// <summary>
/// The eigenvalues and eigenvectors of a small symmetric matrix, A = V diag(λ) Vᵀ, by Jacobi's rotations: exact to rounding, the same on every
/// machine, and quick for as many tasks as a model has.
/// </summary>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 64;
    private const double Precision = 2.220446049250313e-16; // of a double: 2⁻⁵²

    public SymmetricEigen(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        Vectors = new double[n, n];
        for (var i = 0; i < n; i++) Vectors[i, i] = 1;
        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(a) > 0; sweep++)
            for (var p = 0; p < n - 1; p++)
                for (var q = p + 1; q < n; q++)
                    Rotate(a, p, q);
        Values = new double[n];
        for (var i = 0; i < n; i++) Values[i] = a[i, i];
    }

    /// <summary>λ, in no particular order.</summary>
    public double[] Values { get; }

    /// <summary>V: the eigenvector of value j is column j.</summary>
    public double[,] Vectors { get; }

    /// <summary>The least eigenvalue that is not noise: max λ × n × machine precision.</summary>
    public double Threshold => Math.Max(0, Values.Max()) * Values.Length * Precision;

    /// <summary>f(A) x, with f taken to the eigenvalues above <see cref="Threshold"/>, and 0 to the others.</summary>
    public void Apply(Func<double, double> f, ReadOnlySpan<double> x, Span<double> result)
    {
        result.Clear();
        var least = Threshold;
        for (var j = 0; j < Values.Length; j++)
        {
            if (Values[j] <= least) continue;
            var along = 0.0;
            for (var i = 0; i < x.Length; i++) along += Vectors[i, j] * x[i];
            along *= f(Values[j]);
            for (var i = 0; i < x.Length; i++) result[i] += along * Vectors[i, j];
        }
    }

    // entries that no longer change the diagonal count as 0
    private static double OffDiagonal(double[,] a)
    {
        var sum = 0.0;
        var n = a.GetLength(0);
        for (var p = 0; p < n - 1; p++)
            for (var q = p + 1; q < n; q++)
                if (Math.Abs(a[p, q]) > 1e-300 && Math.Abs(a[p, q]) > 1e-17 * Math.Sqrt(Math.Abs(a[p, p] * a[q, q])))
                    sum += Math.Abs(a[p, q]);
        return sum;
    }

    private void Rotate(double[,] a, int p, int q)
    {
        if (a[p, q] == 0) return;
        var n = a.GetLength(0);
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = double.IsFinite(theta * theta) ? Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1)) : 1 / (2 * theta);
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
        {
            var (kp, kq) = (a[k, p], a[k, q]);
            a[k, p] = c * kp - s * kq;
            a[k, q] = s * kp + c * kq;
        }

        for (var k = 0; k < n; k++)
        {
            var (pk, qk) = (a[p, k], a[q, k]);
            a[p, k] = c * pk - s * qk;
            a[q, k] = s * pk + c * qk;
            (pk, qk) = (Vectors[k, p], Vectors[k, q]);
            Vectors[k, p] = c * pk - s * qk;
            Vectors[k, q] = s * pk + c * qk;
        }

        a[p, q] = a[q, p] = 0;
    }
}
