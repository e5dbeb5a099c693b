using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Ops that put values elsewhere, combine nodes of equal width, or add them up.</summary>
internal static class ShapeOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("Concat", (net, width) => net.Input(width).Concat(net.Input(3), net.Input(width)), v => Concat(v, 0, 1, 2)),
        new("Concat of a node with itself", (net, width) => net.Input(width) is var x ? x.Concat(x) : x, v => Concat(v, 0, 0)),
        new("Stack", (net, width) => net.Input(width).Stack(net.Input(width), net.Input(width)), v => Concat(v, 0, 1, 2)),
        new("Stack of one", (net, width) => net.Input(width).Stack(), v => v.X),
        new("Broadcast", (net, width) => Node.Broadcast(net.Graph, "w", width, Initializer.Zeros), v => v.Fill(v.Weights["w"].Length, (_, c) => v.Weights["w"][c])),
        new("Slice", (net, width) => net.Input(width + 5).Slice(3, width), v => v.Fill(v.Width() - 5, (r, c) => v.X[r * v.Width() + 3 + c])),
        new("Slices that overlap", (net, width) => net.Input(width + 2) is var x ? x.Slice(0, width + 1).Concat(x.Slice(1, width + 1)) : x,
            v => v.Fill(2 * v.Width() - 2, (r, c) => v.X[r * v.Width() + (c < v.Width() - 1 ? c : c - v.Width() + 2)])),
        new("Add", (net, width) => net.Input(width).Add(net.Input(width)), v => [.. v.X.Zip(v.Inputs[1], (x, y) => x + y)]),
        new("Add to itself", (net, width) => net.Input(width) is var x ? x.Add(x) : x, v => [.. v.X.Select(x => x + x)]),
        new("Multiply", (net, width) => net.Input(width).Multiply(net.Input(width)), v => [.. v.X.Zip(v.Inputs[1], (x, y) => x * y)]),
        new("Multiply by itself", (net, width) => net.Input(width) is var x ? x.Multiply(x) : x, v => [.. v.X.Select(x => x * x)]),
        new("Sum", (net, width) => net.Input(width).Sum(), v => Reduce(v, 1, 1)),
        new("Sum in groups", (net, width) => net.Input(width * 3, groups: 3).Sum(), v => Reduce(v, 3, 1)),
        new("Mean", (net, width) => net.Input(width).Mean(), v => Reduce(v, 1, v.Width())),
        new("Mean in groups", (net, width) => net.Input(width * 2, groups: 2).Mean(), v => Reduce(v, 2, v.Width() / 2.0)),
    ];

    private static double[] Concat(OpValues v, params int[] inputs)
    {
        List<double> y = [];
        for (var r = 0; r < v.Rows; r++)
            foreach (var i in inputs)
                y.AddRange(v.Inputs[i].AsSpan(r * v.Width(i), v.Width(i)));
        return [.. y];
    }

    private static double[] Reduce(OpValues v, int groups, double divisor)
    {
        var each = v.Width() / groups;
        return v.Fill(groups, (r, g) =>
        {
            var sum = 0.0;
            for (var i = 0; i < each; i++) sum += v.X[(r * groups + g) * each + i];
            return sum / divisor;
        });
    }
}
