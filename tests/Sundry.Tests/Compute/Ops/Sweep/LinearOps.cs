using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Matrix products, the width under trial being the inputs' or the outputs'.</summary>
internal static class LinearOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("Linear", (net, width) => net.Input(width).Linear("l", width * 7 % 19 + 1), v => Linear(v)),
        new("Linear to all widths", (net, width) => net.Input(width * 5 % 11 + 1).Linear("l", width), v => Linear(v)),
        new("Linear without bias", (net, width) => net.Input(width).Linear("l", 3, bias: false), v => Linear(v)),
        new("Linear in groups", (net, width) => net.Input(5).Linear("l", 3 * (width * 7 % 23 + 1), groups: 3), v => Linear(v)),
        new("GroupedLinear", (net, width) => net.Input(width * 3, groups: 3).GroupedLinear("l", width * 7 % 13 + 1), v => Grouped(v, 3)),
        new("GroupedLinear to all widths", (net, width) => net.Input(4, groups: 2).GroupedLinear("l", width), v => Grouped(v, 2)),
        new("GroupedLinear of one group", (net, width) => net.Input(width).GroupedLinear("l", 2), v => Grouped(v, 1)),
        new("SameLinear", (net, width) => net.Input(width * 3, groups: 3).SameLinear("l", width * 7 % 13 + 1), v => Same(v, 3)),
        new("SameLinear to all widths", (net, width) => net.Input(8, groups: 2).SameLinear("l", width), v => Same(v, 2)),
        new("Distance", (net, width) => Node.Distance(net.Graph, net.Graph.Parameter("w", 3 * (width % 5 + 1), width, Initializer.Zeros), 3), v => Distance(v, 3)),
        new("Distance of one", (net, width) => Node.Distance(net.Graph, net.Graph.Parameter("w", 2, width, Initializer.Zeros), 1), v => Distance(v, 1)),
    ];

    private static double[] Same(OpValues v, int groups)
    {
        var weight = v.Weights["l/weight"];
        int k = v.Width() / groups, n = weight.Length / k;
        return v.Fill(groups * n, (r, at) =>
        {
            var sum = 0.0;
            for (var i = 0; i < k; i++) sum += v.X[r * groups * k + at / n * k + i] * weight[i * n + at % n];
            return sum;
        });
    }

    private static double[] Distance(OpValues v, int blocks)
    {
        var w = v.Weights["w"];
        var length = w.Length / blocks;
        var sum = 0.0;
        for (var t = 0; t < blocks; t++)
            for (var s = 0; s < t; s++)
                for (var i = 0; i < length; i++)
                    sum += Math.Pow(w[t * length + i] - w[s * length + i], 2);
        return v.Fill(1, (_, _) => sum);
    }

    private static double[] Linear(OpValues v)
    {
        var weight = v.Weights["l/weight"];
        var bias = v.Weights.GetValueOrDefault("l/bias");
        int k = v.Width(), n = weight.Length / k;
        return v.Fill(n, (r, c) =>
        {
            var sum = bias?[c] ?? 0;
            for (var i = 0; i < k; i++) sum += v.X[r * k + i] * weight[i * n + c];
            return sum;
        });
    }

    private static double[] Grouped(OpValues v, int groups)
    {
        double[] weight = v.Weights["l/weight"], bias = v.Weights["l/bias"];
        int k = v.Width() / groups, n = bias.Length / groups;
        return v.Fill(groups * n, (r, at) =>
        {
            int g = at / n, c = at % n;
            var sum = bias[at];
            for (var i = 0; i < k; i++) sum += v.X[r * groups * k + g * k + i] * weight[(g * k + i) * n + c];
            return sum;
        });
    }
}
