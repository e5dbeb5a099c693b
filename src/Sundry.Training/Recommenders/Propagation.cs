using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// LightGCN's propagation over the graph of users and items: each layer is the sum over a node's neighbours with weights 1 / √(degree · degree), and the result the mean of the
/// layers, the first (the rows themselves) included. The map is symmetric, so that it carries gradients back too.
/// </summary>
internal sealed class Propagation(Interactions byUser, int width, int layers)
{
    private const int RowsAPart = 128;

    private readonly Interactions _byItem = byUser.Transposed();

    /// <summary>Rows of the table: users, then items.</summary>
    public int Rows => byUser.UserCount + byUser.ItemCount;

    /// <summary>Spreads rows.</summary>
    /// <param name="rows">[users + items, width] what is spread.</param>
    /// <param name="mean">[users + items, width] takes the mean over the layers.</param>
    /// <param name="scratch">Two more tables of that size.</param>
    /// <param name="parallel">Threads.</param>
    public void Apply(float[] rows, float[] mean, (float[] First, float[] Second) scratch, ParallelOptions parallel)
    {
        var (from, to) = (rows, scratch.First);
        rows.CopyTo(mean, 0);
        for (var layer = 0; layer < layers; layer++)
        {
            Layer(from, to, mean, layer == layers - 1, parallel);
            from = to;
            to = ReferenceEquals(to, scratch.First) ? scratch.Second : scratch.First;
        }
    }

    private void Layer(float[] from, float[] to, float[] mean, bool last, ParallelOptions parallel) => Parallel.For(0, (Rows + RowsAPart - 1) / RowsAPart, parallel, part =>
    {
        for (var row = part * RowsAPart; row < Math.Min(Rows, (part + 1) * RowsAPart); row++)
        {
            var isUser = row < byUser.UserCount;
            var (own, other, number) = isUser ? (byUser, _byItem, row) : (_byItem, byUser, row - byUser.UserCount);
            var target = to.AsSpan(row * width, width);
            target.Clear();
            var neighbours = own.ItemsOf(number);
            foreach (var neighbour in neighbours)
            {
                var at = isUser ? byUser.UserCount + neighbour : neighbour;
                RowMath.AddScaled(target, from.AsSpan(at * width, width), 1 / MathF.Sqrt((float)neighbours.Length * other.ItemsOf(neighbour).Length));
            }

            var sum = mean.AsSpan(row * width, width);
            RowMath.AddScaled(sum, target, 1);
            if (last) RowMath.AddScaled(sum, sum, 1f / (layers + 1) - 1);
        }
    });
}
