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
    ];

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
