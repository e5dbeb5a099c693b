namespace Sundry.Tests;

/// <summary>Ops that feature interactions are written with: sums, products and turns of groups.</summary>
internal static class InteractionOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("FactorPairs", (net, width) => net.Input(3 * width, groups: 3).FactorPairs(), v => v.Fill(v.Width() / 3, (r, c) => Pairs(v, r, c, 3))),
        new("FactorPairs of one", (net, width) => net.Input(width).Multiply(net.Input(width)).FactorPairs(), v => new double[v.X.Length]),
        new("SumGroups", (net, width) => net.Input(4 * width, groups: 4).SumGroups(),
            v => v.Fill(v.Width() / 4, (r, c) => Enumerable.Range(0, 4).Sum(g => v.X[r * v.Width() + g * v.Width() / 4 + c]))),
        new("SwapGroups", (net, width) => net.Input(3 * width, groups: 3).SwapGroups(),
            v => v.Fill(v.Width(), (r, at) => v.X[r * v.Width() + at % 3 * (v.Width() / 3) + at / 3])),
        new("OuterGroups", (net, width) => net.Input(2 * 3, groups: 2).OuterGroups(net.Input(2 * width, groups: 2)), v => Outer(v, 2)),
        new("OuterGroups of a node with itself", (net, width) => net.Input(width % 9 + 1) is var x ? x.OuterGroups(x) : x,
            v => v.Fill(v.Width() * v.Width(), (r, at) => v.X[r * v.Width() + at / v.Width()] * v.X[r * v.Width() + at % v.Width()])),
        new("InGroups", (net, width) => net.Input(2 * width).InGroups(2).SumGroups(), v => v.Fill(v.Width() / 2, (r, c) => v.X[r * v.Width() + c] + v.X[r * v.Width() + v.Width() / 2 + c])),
    ];

    private static double Pairs(OpValues v, int row, int column, int groups)
    {
        var k = v.Width() / groups;
        var sum = 0.0;
        for (var i = 0; i < groups; i++)
            for (var j = 0; j < i; j++)
                sum += v.X[row * v.Width() + i * k + column] * v.X[row * v.Width() + j * k + column];
        return sum;
    }

    private static double[] Outer(OpValues v, int groups)
    {
        int a = v.Width() / groups, b = v.Width(1) / groups;
        return v.Fill(groups * a * b, (r, at) => v.X[r * v.Width() + at / (a * b) * a + at / b % a] * v.Inputs[1][r * v.Width(1) + at / (a * b) * b + at % b]);
    }
}
