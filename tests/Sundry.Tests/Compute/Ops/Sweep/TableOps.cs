using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Ops on the rows of tables, whose gradients are merged by row.</summary>
internal static class TableOps
{
    private const int Rows = 7;

    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("Lookup", (net, width) => net.Table(Rows, width).Lookup(net.Ids(3, Rows)), v => Lookup(v, Rows)),
        new("Lookup of one row", (net, width) => net.Table(1, width).Lookup(net.Ids(2, 1)), v => Lookup(v, 1)),
        new("Pool by sum", (net, width) => net.Table(Rows, width).Pool(net.Bag(Rows), PoolingMode.Sum), v => Pool(v, bag => bag.Sum())),
        new("Pool by mean", (net, width) => net.Table(Rows, width).Pool(net.Bag(Rows), PoolingMode.Mean), v => Pool(v, bag => bag.Average())),
        new("Pool by maximum", (net, width) => net.Table(Rows, width).Pool(net.Bag(Rows), PoolingMode.Max), v => Pool(v, bag => bag.Max())),
        new("Pool by weighted sum", (net, width) => net.Table(Rows, width).Pool(net.Bag(Rows, weighted: true), PoolingMode.Sum), WeightedSum),
        new("Two pools and a lookup of one table",
            (net, width) => net.Table(Rows, width) is var table && net.Bag(Rows) is var bag
                ? table.Lookup(net.Ids(1, Rows)).Add(table.Pool(bag, PoolingMode.Sum)).Multiply(table.Pool(bag, PoolingMode.Max))
                : throw new InvalidOperationException(),
            v => [.. Lookup(v, Rows).Zip(Pool(v, bag => bag.Sum()), (a, b) => a + b).Zip(Pool(v, bag => bag.Max()), (a, b) => a * b)]),
    ];

    private static double[] Lookup(OpValues v, int rows)
    {
        var table = v.Weights["table"];
        var fields = v.Ids.Length / v.Rows;
        var width = table.Length / rows;
        return v.Fill(fields * width, (r, c) => table[v.Ids[r * fields + c / width] * width + c % width]);
    }

    private static double[] WeightedSum(OpValues v)
    {
        var table = v.Weights["table"];
        var width = table.Length / Rows;
        return v.Fill(width, (r, c) => Enumerable.Range(v.BagOffsets[r], v.BagOffsets[r + 1] - v.BagOffsets[r]).Sum(i => v.BagWeights[i] * table[v.BagIds[i] * width + c]));
    }

    private static double[] Pool(OpValues v, Func<IEnumerable<double>, double> pool)
    {
        var table = v.Weights["table"];
        var width = table.Length / Rows;
        return v.Fill(width, (r, c) =>
        {
            var bag = v.BagIds[v.BagOffsets[r]..v.BagOffsets[r + 1]];
            return bag.Length == 0 ? 0 : pool(bag.Select(id => table[id * width + c]));
        });
    }
}
