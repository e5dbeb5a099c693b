namespace Sundry.Simulator;

/// <summary>
/// Tasks y_k = w_k·x + Σ_{i=1..m} sin(α_i w_k·x + β_i) + ε with ε ~ N(0, σ²) and x ~ N(0, I). The w_k have length c and cosine p with each
/// other: w_1 = c u_1, w_2 = c (p u_1 + √(1 − p²) u_2) over orthonormal u, and so on for further tasks. Ma et al., KDD 2018, section 3.2.
/// </summary>
public sealed class RelatedTasks
{
    private readonly TaskDataOptions _options;
    private readonly double[][] _weights;

    /// <summary>Draws the weight vectors.</summary>
    /// <exception cref="Data.InputException">An option is out of its range.</exception>
    public RelatedTasks(TaskDataOptions options)
    {
        options.Validate();
        _options = options;
        _weights = Weights(Orthonormal(options), options);
    }

    /// <summary>[tasks][inputs] the weight vectors.</summary>
    public IReadOnlyList<IReadOnlyList<double>> WeightVectors => _weights;

    /// <summary>Frequency α of sine <paramref name="i"/>, counted from 1.</summary>
    public static double Frequency(int i) => i;

    /// <summary>Phase β of sine <paramref name="i"/>, counted from 1.</summary>
    public static double Phase(int i) => (i - 1.0) * (i - 1);

    /// <summary>Draws one row.</summary>
    /// <param name="row">The row's number: the same number, the same row.</param>
    /// <param name="inputs">[inputs] x.</param>
    /// <param name="labels">[tasks] y.</param>
    public void Draw(long row, Span<double> inputs, Span<double> labels)
    {
        var stream = new SeededStream(_options.Seed, Purpose.TaskRows, row);
        foreach (ref var x in inputs) x = stream.Normal();
        for (var k = 0; k < labels.Length; k++)
        {
            var z = 0.0;
            for (var i = 0; i < inputs.Length; i++) z += _weights[k][i] * inputs[i];
            labels[k] = Expected(z, _options.Sines) + _options.Noise * stream.Normal();
        }
    }

    /// <summary>A label without its noise, from z = w·x.</summary>
    public static double Expected(double z, int sines)
    {
        var y = z;
        for (var i = 1; i <= sines; i++) y += Math.Sin(Frequency(i) * z + Phase(i));
        return y;
    }

    // the rows of the Cholesky factor of a matrix with ones on the diagonal and p elsewhere say how to mix the directions
    private static double[][] Weights(double[][] directions, TaskDataOptions options)
    {
        int tasks = options.Tasks;
        var factor = new double[tasks, tasks];
        for (var i = 0; i < tasks; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = i == j ? 1 : options.Correlation;
                for (var k = 0; k < j; k++) rest -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(0, rest)) : factor[j, j] > 0 ? rest / factor[j, j] : 0;
            }
        }

        var weights = new double[tasks][];
        for (var i = 0; i < tasks; i++)
        {
            weights[i] = new double[options.Features];
            for (var j = 0; j <= i; j++)
                for (var d = 0; d < options.Features; d++)
                    weights[i][d] += options.Scale * factor[i, j] * directions[j][d];
        }

        return weights;
    }

    // Gram–Schmidt twice over normal draws: orthogonal to the last digit
    private static double[][] Orthonormal(TaskDataOptions options)
    {
        var directions = new double[options.Tasks][];
        for (var k = 0; k < directions.Length; k++)
        {
            var stream = new SeededStream(options.Seed, Purpose.TaskWeights, k);
            var v = new double[options.Features];
            for (var d = 0; d < v.Length; d++) v[d] = stream.Normal();
            for (var again = 0; again < 2; again++)
                for (var other = 0; other < k; other++)
                {
                    var share = Dot(v, directions[other]);
                    for (var d = 0; d < v.Length; d++) v[d] -= share * directions[other][d];
                }

            var length = Math.Sqrt(Dot(v, v));
            for (var d = 0; d < v.Length; d++) v[d] /= length;
            directions[k] = v;
        }

        return directions;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
