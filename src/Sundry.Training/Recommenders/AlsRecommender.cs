using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Implicit matrix factorisation by alternating least squares: Σ c (p − x·y)² over all pairs, p = 1 and c = 1 + αw where there is an interaction, p = 0 and c = 1
/// elsewhere. Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets" (2008); rows are solved by conjugate gradients from where they are
/// (Takács, Pilászy and Tikk, 2011); regularisation by frequency after Rendle, Krichene, Zhang and Koren, "Revisiting the Performance of iALS" (2022).
/// </summary>
public sealed class AlsRecommender(AlsOptions options) : FactorModel
{
    private const int RowsAPart = 64;

    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var byItem = train.Transposed();
        var users = Draw(train.UserCount, f, 0.1 / Math.Sqrt(f), request.Seed, "users");
        var items = Draw(train.ItemCount, f, 0.1 / Math.Sqrt(f), request.Seed, "items");
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            request.Tell("als", iteration, options.Iterations, "iterations");
            Solve(train, users, items, request);
            Solve(byItem, items, users, request);
        }

        request.Tell("als", options.Iterations, options.Iterations, "iterations");
        Become(users, items, new float[train.ItemCount], f);
    }

    /// <summary>Σ y·yᵀ, in double by parts of the rows, which are then added up in order.</summary>
    internal static float[] Gram(float[] rows, int f, ParallelOptions parallel)
    {
        const int Part = 1024;
        var count = rows.Length / f;
        var parts = new float[(count + Part - 1) / Part][];
        Parallel.For(0, parts.Length, parallel, p =>
        {
            var sum = parts[p] = new float[f * f];
            for (var r = p * Part; r < Math.Min(count, (p + 1) * Part); r++)
            {
                var row = rows.AsSpan(r * f, f);
                for (var i = 0; i < f; i++) RowMath.AddScaled(sum.AsSpan(i * f, f), row, row[i]);
            }
        });
        var total = new double[f * f];
        foreach (var part in parts)
            for (var i = 0; i < total.Length; i++) total[i] += part[i];
        return Array.ConvertAll(total, static t => (float)t);
    }

    // finds the rows x, given the other side's rows y
    private void Solve(Interactions pairs, float[] x, float[] y, FitRequest request)
    {
        var f = options.Factors;
        var gram = Gram(y, f, request.Parallel);
        Parallel.For(0, (pairs.UserCount + RowsAPart - 1) / RowsAPart, request.Parallel, () => new Scratch(f), (part, _, scratch) =>
        {
            for (var row = part * RowsAPart; row < Math.Min(pairs.UserCount, (part + 1) * RowsAPart); row++)
            {
                var items = pairs.ItemsOf(row);
                var weights = pairs.WeightsOf(row);
                var own = x.AsSpan(row * f, f);
                var shrink = (float)(options.Regularization * Math.Pow(options.Alpha * items.Length + pairs.ItemCount, options.Exponent));
                if (items.IsEmpty) own.Clear();
                else if (options.Steps == 0) scratch.Exact(own, gram, y, items, weights, (float)options.Alpha, shrink);
                else scratch.Descend(own, gram, y, items, weights, (float)options.Alpha, shrink, options.Steps);
            }

            return scratch;
        }, _ => { });
    }

    private sealed class Scratch(int f)
    {
        private readonly float[] _r = new float[f];
        private readonly float[] _p = new float[f];
        private readonly float[] _ap = new float[f];
        private readonly double[,] _a = new double[f, f];
        private readonly double[] _b = new double[f];
        private readonly int[] _all = [.. Enumerable.Range(0, f)];

        /// <summary>Steps of conjugate gradients on A x = b, A = YᵀY + Σ αw y·yᵀ + λI, b = Σ (1 + αw) y.</summary>
        public void Descend(Span<float> x, float[] gram, float[] y, ReadOnlySpan<int> items, ReadOnlySpan<float> weights, float alpha, float shrink, int steps)
        {
            Apply(_r, x, gram, shrink);
            for (var i = 0; i < f; i++) _r[i] = -_r[i];
            GatheredRows.AddProducts(_r, y, items, weights, x, 1, alpha, -alpha);
            _r.CopyTo(_p, 0);
            var old = RowMath.Dot(_r, _r);
            for (var step = 0; step < steps && old > 1e-20f; step++)
            {
                Apply(_ap, _p, gram, shrink);
                GatheredRows.AddProducts(_ap, y, items, weights, _p, 0, 0, alpha);
                var length = old / RowMath.Dot(_p, _ap);
                RowMath.AddScaled(x, _p, length);
                RowMath.AddScaled(_r, _ap, -length);
                var now = RowMath.Dot(_r, _r);
                var back = now / old;
                for (var i = 0; i < f; i++) _p[i] = _r[i] + back * _p[i];
                old = now;
            }
        }

        /// <summary>Solves the same exactly.</summary>
        public void Exact(Span<float> x, float[] gram, float[] y, ReadOnlySpan<int> items, ReadOnlySpan<float> weights, float alpha, float shrink)
        {
            for (var i = 0; i < f; i++)
            {
                for (var j = 0; j < f; j++) _a[i, j] = gram[i * f + j];
                _a[i, i] += shrink;
                _b[i] = 0;
            }

            for (var item = 0; item < items.Length; item++)
            {
                var row = y.AsSpan(items[item] * f, f);
                double more = alpha * weights[item];
                for (var i = 0; i < f; i++)
                {
                    _b[i] += (1 + more) * row[i];
                    for (var j = 0; j <= i; j++) _a[i, j] += more * row[i] * row[j];
                }
            }

            Cholesky.Solve(_a, _all, _b);
            for (var i = 0; i < f; i++) x[i] = (float)_b[i];
        }

        private static void Apply(Span<float> to, ReadOnlySpan<float> x, float[] gram, float shrink)
        {
            to.Clear();
            GatheredRows.AddCombination(to, gram, x);
            RowMath.AddScaled(to, x, shrink);
        }
    }
}
