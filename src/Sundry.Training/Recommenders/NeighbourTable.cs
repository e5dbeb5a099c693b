using Sundry.Data;

namespace Sundry.Training;

/// <summary>For each row of a sparse matrix the most similar other rows: cosine with shrinkage, Σ a·b / (|a|·|b| + shrinkage).</summary>
internal sealed class NeighbourTable
{
    private NeighbourTable(int[] offsets, int[] neighbours, float[] likeness) => (Offsets, Neighbours, Likeness) = (offsets, neighbours, likeness);

    /// <summary>[rows + 1] where each row's neighbours begin.</summary>
    public int[] Offsets { get; }

    /// <summary>Neighbours, the most similar first, ties by number.</summary>
    public int[] Neighbours { get; }

    /// <summary>Their likeness, to the power asked for.</summary>
    public float[] Likeness { get; }

    /// <summary>Finds the neighbours of each row.</summary>
    /// <param name="rows">The matrix.</param>
    /// <param name="columns">The same by column.</param>
    /// <param name="options">How.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    public static NeighbourTable Of(Interactions rows, Interactions columns, NeighbourOptions options, FitRequest request)
    {
        var count = rows.UserCount;
        var lengths = new double[count];
        for (var row = 0; row < count; row++)
        {
            foreach (var w in rows.WeightsOf(row)) lengths[row] += w * w;
            lengths[row] = Math.Sqrt(lengths[row]);
        }

        var found = new (int[] Neighbours, float[] Likeness)[count];
        const int Part = 256;
        for (var first = 0; first < count; first += Part * 16)
        {
            request.Tell("neighbours", first, count, "rows");
            var start = first;
            Parallel.For(0, (Math.Min(count, first + Part * 16) - first + Part - 1) / Part, request.Parallel, () => new Scratch(count, options.Neighbours), (part, _, scratch) =>
            {
                for (var row = start + part * Part; row < Math.Min(Math.Min(count, start + Part * 16), start + (part + 1) * Part); row++)
                    found[row] = scratch.Find(row, rows, columns, lengths, options);
                return scratch;
            }, _ => { });
        }

        var offsets = new int[count + 1];
        for (var row = 0; row < count; row++) offsets[row + 1] = checked(offsets[row] + found[row].Neighbours.Length);
        return new(offsets, [.. found.SelectMany(f => f.Neighbours)], [.. found.SelectMany(f => f.Likeness)]);
    }

    /// <summary>A row's neighbours.</summary>
    public ReadOnlySpan<int> Of(int row) => Neighbours.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);

    /// <summary>The likeness of a row's neighbours.</summary>
    public ReadOnlySpan<float> LikenessOf(int row) => Likeness.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);

    /// <summary>A row's first neighbours as a list.</summary>
    public IReadOnlyList<ScoredItem> Nearest(int row, int count)
    {
        var list = new ScoredItem[Math.Min(count, Offsets[row + 1] - Offsets[row])];
        for (var i = 0; i < list.Length; i++) list[i] = new(Neighbours[Offsets[row] + i], Likeness[Offsets[row] + i]);
        return list;
    }

    /// <summary>The table by neighbour: for each row those that it is a neighbour of.</summary>
    public NeighbourTable Transposed()
    {
        var offsets = new int[Offsets.Length];
        foreach (var to in Neighbours) offsets[to + 1]++;
        for (var row = 0; row + 1 < offsets.Length; row++) offsets[row + 1] += offsets[row];
        var next = offsets[..^1];
        var (rows, likeness) = (new int[Neighbours.Length], new float[Neighbours.Length]);
        for (var row = 0; row + 1 < Offsets.Length; row++)
        {
            for (var at = Offsets[row]; at < Offsets[row + 1]; at++)
            {
                var place = next[Neighbours[at]]++;
                (rows[place], likeness[place]) = (row, Likeness[at]);
            }
        }

        return new(offsets, rows, likeness);
    }

    public void Keep(RecommenderState state)
    {
        state.Add("offsets", Offsets);
        state.Add("neighbours", Neighbours);
        state.Add("likeness", Likeness);
    }

    /// <exception cref="InputException">The state is of something else.</exception>
    public static NeighbourTable Restore(RecommenderState state, int rows)
    {
        var offsets = state.Offsets("offsets", rows);
        return new(offsets, state.Integers("neighbours", offsets[rows], 0, rows), state.Floats("likeness", offsets[rows]));
    }

    private sealed class Scratch(int count, int neighbours)
    {
        private readonly double[] _sums = new double[count];
        private readonly float[] _scores = new float[count];
        private readonly List<int> _touched = [];
        private readonly TopList _top = new(Math.Min(neighbours, count));

        public (int[] Neighbours, float[] Likeness) Find(int row, Interactions rows, Interactions columns, double[] lengths, NeighbourOptions options)
        {
            var items = rows.ItemsOf(row);
            var weights = rows.WeightsOf(row);
            for (var i = 0; i < items.Length; i++)
            {
                var others = columns.ItemsOf(items[i]);
                var theirs = columns.WeightsOf(items[i]);
                for (var j = 0; j < others.Length; j++)
                {
                    ref var sum = ref _sums[others[j]];
                    if (sum == 0) _touched.Add(others[j]);
                    sum += (double)weights[i] * theirs[j];
                }
            }

            // the search takes the lower of two equal ones by its place, so places must ascend
            _touched.Sort();
            var kept = 0;
            foreach (var other in _touched)
            {
                _scores[kept++] = other == row ? float.NegativeInfinity : (float)Math.Pow(_sums[other] / (lengths[row] * lengths[other] + options.Shrinkage), options.Power);
                _sums[other] = 0;
            }

            _top.Find(_scores.AsSpan(0, kept));
            var found = _top.Items.ToArray();
            for (var i = 0; i < found.Length; i++) found[i] = _touched[found[i]];
            _touched.Clear();
            return (found, _top.Scores.ToArray());
        }
    }
}
