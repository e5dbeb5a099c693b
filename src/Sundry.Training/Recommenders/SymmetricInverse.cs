using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// The inverse of a large symmetric positive definite matrix, by Gauss and Jordan's elimination in blocks: nearly all of it is one matrix product a block, and no
/// pivoting is needed. Blocks on the diagonal are inverted in double.
/// </summary>
internal static class SymmetricInverse
{
    private const int BlockSize = 128;
    private const int RowsAPart = 96;

    /// <summary>Inverts in place.</summary>
    /// <param name="a">[n, n], symmetric positive definite.</param>
    /// <param name="n">Rows.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    public static void Of(float[] a, int n, FitRequest request)
    {
        for (var first = 0; first < n; first += BlockSize)
        {
            request.Tell("inverse", first, n, "items");
            var size = Math.Min(BlockSize, n - first);
            var block = Inverse(a, n, first, size);
            // the rows of the block times the block's inverse, negated; the columns of the block as they were
            var rows = new float[size * n];
            for (var i = 0; i < size; i++)
            {
                var row = a.AsSpan((first + i) * n, n);
                row[first..(first + size)].Clear();
                for (var j = 0; j < size; j++) RowMath.AddScaled(rows.AsSpan(j * n, n), row, -block[j * size + i]);
            }

            for (var i = 0; i < size; i++)
                for (var j = 0; j < size; j++) rows[i * n + first + j] = -block[i * size + j];
            using var packed = new PackedMatrix(rows, size, n);
            var from = first;
            Parallel.For(0, (n + RowsAPart - 1) / RowsAPart, request.Parallel, () => new float[RowsAPart * size], (part, _, columns) =>
            {
                var (start, count) = (part * RowsAPart, Math.Min(RowsAPart, n - part * RowsAPart));
                for (var i = 0; i < count; i++)
                {
                    var row = a.AsSpan((start + i) * n, n);
                    var own = columns.AsSpan(i * size, size);
                    row.Slice(from, size).CopyTo(own);
                    row.Slice(from, size).Clear();
                    if (start + i >= from && start + i < from + size)
                    {
                        // a row of the block becomes its product: −1 times the negated one
                        row.Clear();
                        own.Clear();
                        own[start + i - from] = -1;
                    }
                }

                packed.Multiply(columns.AsSpan(0, count * size), a.AsSpan(start * n, count * n), accumulate: true);
                return columns;
            }, _ => { });
        }
    }

    private static float[] Inverse(float[] a, int n, int first, int size)
    {
        var block = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++) block[i, j] = a[(first + i) * n + first + j];
        var sides = new double[size][];
        for (var i = 0; i < size; i++)
        {
            sides[i] = new double[size];
            sides[i][i] = 1;
        }

        Cholesky.Solve(block, Enumerable.Range(0, size).ToArray(), sides);
        var inverse = new float[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++) inverse[i * size + j] = (float)sides[j][i];
        return inverse;
    }
}
