using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Matrix factorisation with further tasks on the same factors: beside who takes what, the factors of an item predict its values, those of a user the user's values, how much the
/// user takes to each value of items, and the user's friends. Each task is implicit feedback with a table of its own on the other side (Hu, Koren and Volinsky, 2008), all are
/// solved together by alternating least squares: collective matrix factorisation (Singh and Gordon, 2008), with friends as in SoRec (Ma, Yang, Lyu and King, 2008).
/// </summary>
public sealed class TaskFactorRecommender(TaskFactorOptions options) : FactorModel
{
    private const int RowsAPart = 64;

    /// <summary>[table][rows, factors] what was learned, by the tables of <see cref="FactorTasks"/>.</summary>
    internal float[][] Tables { get; private set; } = [];

    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var relations = new FactorTasks(train, options);
        Tables = [.. relations.Tables.Select(t => Draw(t.Rows, f, 0.1 / Math.Sqrt(f), request.Seed, t.Name))];
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            request.Tell("task_mf", iteration, options.Iterations, "iterations");
            // what is only predicted follows users and items, which come last and fit it
            for (var table = 2; table < Tables.Length; table++) Solve(relations, table, request);
            Solve(relations, FactorTasks.Users, request);
            Solve(relations, FactorTasks.Items, request);
        }

        request.Tell("task_mf", options.Iterations, options.Iterations, "iterations");
        Become(Tables[FactorTasks.Users], Tables[FactorTasks.Items], new float[train.ItemCount], f);
    }

    // finds the rows of a table, given all others
    private void Solve(FactorTasks relations, int table, FitRequest request)
    {
        var f = options.Factors;
        Term[] terms =
        [
            .. relations.All.Where(r => r.Left == table).Select(r => new Term(r.ByLeft, r.ByRight, Tables[r.Right], r.Weight)),
            .. relations.All.Where(r => r.Right == table).Select(r => new Term(r.ByRight, r.ByLeft, Tables[r.Left], r.Weight)),
        ];
        // a row without entries in a task has no part in it: what nobody tagged is not without a kind; so rows go by which tasks they have a part in
        float[][] squares = [.. terms.Select(t => t.Squares(f, request.Parallel))];
        var grams = new float[1 << terms.Length][];
        for (var tasks = 1; tasks < grams.Length; tasks++)
        {
            grams[tasks] = new float[f * f];
            for (var t = 0; t < terms.Length; t++)
                if ((tasks >> t & 1) != 0) RowMath.AddScaled(grams[tasks], squares[t], terms[t].Weight);
        }

        var rows = relations.Tables[table].Rows;
        Parallel.For(0, (rows + RowsAPart - 1) / RowsAPart, request.Parallel, () => new float[3 * f], (part, _, scratch) =>
        {
            for (var row = part * RowsAPart; row < Math.Min(rows, (part + 1) * RowsAPart); row++)
            {
                var tasks = 0;
                for (var t = 0; t < terms.Length; t++)
                    if (terms[t].Entries.ColumnsOf(row).Length > 0) tasks |= 1 << t;
                if (tasks == 0) Tables[table].AsSpan(row * f, f).Clear();
                else Descend(Tables[table].AsSpan(row * f, f), row, terms, tasks, grams[tasks], scratch);
            }

            return scratch;
        }, _ => { });
    }

    // steps of conjugate gradients on A x = b: of each task A has w (YᵀY + Σ αv y·yᵀ) and b has w Σ (1 + αv) y, and A has the regularisation
    private void Descend(Span<float> x, int row, Term[] terms, int tasks, float[] gram, float[] scratch)
    {
        var (alpha, size) = ((float)options.Alpha, 0.0);
        for (var t = 0; t < terms.Length; t++)
            if ((tasks >> t & 1) != 0) size += terms[t].Weight * (options.Alpha * terms[t].Entries.ColumnsOf(row).Length + terms[t].Known);
        var shrink = (float)(options.Regularization * Math.Pow(size, options.Exponent));
        var f = x.Length;
        var r = scratch.AsSpan(0, f);
        var p = scratch.AsSpan(f, f);
        var ap = scratch.AsSpan(2 * f, f);
        Apply(r, x, gram, shrink);
        for (var i = 0; i < f; i++) r[i] = -r[i];
        foreach (var term in terms) term.Add(r, row, x, term.Weight, term.Weight * alpha, -term.Weight * alpha);
        r.CopyTo(p);
        var old = RowMath.Dot(r, r);
        for (var step = 0; step < options.Steps && old > 1e-20f; step++)
        {
            Apply(ap, p, gram, shrink);
            foreach (var term in terms) term.Add(ap, row, p, 0, 0, term.Weight * alpha);
            var length = old / RowMath.Dot(p, ap);
            RowMath.AddScaled(x, p, length);
            RowMath.AddScaled(r, ap, -length);
            var now = RowMath.Dot(r, r);
            for (var i = 0; i < f; i++) p[i] = r[i] + now / old * p[i];
            old = now;
        }
    }

    private static void Apply(Span<float> to, ReadOnlySpan<float> x, float[] gram, float shrink)
    {
        to.Clear();
        GatheredRows.AddCombination(to, gram, x);
        RowMath.AddScaled(to, x, shrink);
    }

    /// <summary>A task as a table sees it: its entries by this table's rows and by the others', and the rows on the other side.</summary>
    private sealed record Term(SparseRows Entries, SparseRows Back, float[] Others, float Weight)
    {
        private readonly int[] _known = [.. Enumerable.Range(0, Back.Count).Where(row => Back.ColumnsOf(row).Length > 0)];

        /// <summary>Rows on the other side that have a part in it.</summary>
        public int Known => _known.Length;

        /// <summary>Σ y·yᵀ over those.</summary>
        public float[] Squares(int f, ParallelOptions parallel)
        {
            var rows = new float[_known.Length * f];
            for (var i = 0; i < _known.Length; i++) Others.AsSpan(_known[i] * f, f).CopyTo(rows.AsSpan(i * f));
            return AlsRecommender.Gram(rows, f, parallel);
        }

        public void Add(Span<float> to, int row, ReadOnlySpan<float> x, float plain, float rise, float slope) =>
            GatheredRows.AddProducts(to, Others, Entries.ColumnsOf(row), Entries.WeightsOf(row), x, plain, rise, slope);
    }
}
