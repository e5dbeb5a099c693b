using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// LightGCN's propagation over a graph: each layer is the sum over a node's neighbours with weights w / √(degree · degree), degrees being sums of w, and the result the mean of
/// the layers, the first (the rows themselves) included. The map is symmetric, so that it carries gradients back too.
/// </summary>
internal sealed class Propagation(NodeGraph graph, int width, int layers)
{
    private const int RowsAPart = 128;

    /// <summary>Rows of the table, one a node.</summary>
    public int Rows => graph.Nodes;

    /// <summary>Spreads rows.</summary>
    /// <param name="rows">[nodes, width] what is spread.</param>
    /// <param name="mean">[nodes, width] takes the mean over the layers.</param>
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
            var target = to.AsSpan(row * width, width);
            target.Clear();
            // every neighbour counts its share, whatever the product with anything
            GatheredRows.AddProducts(target, from, graph.NeighboursOf(row), graph.SharesOf(row), target, 0, 1, 0);
            var sum = mean.AsSpan(row * width, width);
            RowMath.AddScaled(sum, target, 1);
            if (last) RowMath.AddScaled(sum, sum, 1f / (layers + 1) - 1);
        }
    });
}
