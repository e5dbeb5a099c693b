namespace Sundry.Training;

/// <summary>A sparse matrix by rows: which columns a row has, and how much each counts.</summary>
/// <param name="Offsets">[rows + 1] where each row begins.</param>
/// <param name="Columns">[entries].</param>
/// <param name="Weights">[entries].</param>
/// <param name="Width">Columns in all.</param>
internal sealed record SparseRows(int[] Offsets, int[] Columns, float[] Weights, int Width)
{
    /// <summary>Rows in all.</summary>
    public int Count => Offsets.Length - 1;

    /// <summary>The interactions of each user.</summary>
    public static SparseRows Of(Interactions pairs) => new(pairs.Offsets, pairs.ItemNumbers, pairs.Weights, pairs.ItemCount);

    /// <summary>From the entries of each row in turn.</summary>
    public static SparseRows Of(int rows, int width, Func<int, IEnumerable<(int Column, float Weight)>> entries)
    {
        var offsets = new int[rows + 1];
        var (columns, weights) = (new List<int>(), new List<float>());
        for (var row = 0; row < rows; row++)
        {
            foreach (var (column, weight) in entries(row))
            {
                columns.Add(column);
                weights.Add(weight);
            }

            offsets[row + 1] = columns.Count;
        }

        return new(offsets, [.. columns], [.. weights], width);
    }

    /// <summary>The columns of a row.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => Columns.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);

    /// <summary>The weights of <see cref="ColumnsOf"/>.</summary>
    public ReadOnlySpan<float> WeightsOf(int row) => Weights.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);

    /// <summary>Rows and columns change places.</summary>
    public SparseRows Transposed()
    {
        var offsets = new int[Width + 1];
        foreach (var column in Columns) offsets[column + 1]++;
        for (var column = 0; column < Width; column++) offsets[column + 1] += offsets[column];
        var next = offsets.AsSpan(0, Width).ToArray();
        var (rows, weights) = (new int[Columns.Length], new float[Columns.Length]);
        for (var row = 0; row < Count; row++)
        {
            for (var at = Offsets[row]; at < Offsets[row + 1]; at++)
            {
                var to = next[Columns[at]]++;
                (rows[to], weights[to]) = (row, Weights[at]);
            }
        }

        return new(offsets, rows, weights, Count);
    }
}
