namespace Sundry.Tests;

/// <summary>Gated mixtures: the width under trial is an expert's, or the number of experts.</summary>
internal static class MixOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("Mix", (net, width) => net.Input(4).Mix(net.Input(4 * width, groups: 4)), v => Mix(v, 4)),
        new("Mix of one expert", (net, width) => net.Input(1).Mix(net.Input(width)), v => Mix(v, 1)),
        new("Mix of several blocks", (net, width) => net.Input(6).Mix(net.Input(2 * width, groups: 2), net.Input(width), net.Input(3 * width, groups: 3)), v => Mix(v, 2, 1, 3)),
        new("Mix of many experts", (net, width) => net.Input(width + 2).Mix(net.Input(3 * width, groups: width), net.Input(6, groups: 2)), v => Mix(v, v.Width() - 2, 2)),
        new("Mix of one block twice", (net, width) => net.Input(4) is var gate && net.Input(2 * width, groups: 2) is var experts ? gate.Mix(experts, experts) : gate,
            v => Mix(new OpValues { Rows = v.Rows, Inputs = [v.X, v.Inputs[1], v.Inputs[1]], Weights = v.Weights, Ids = v.Ids, BagOffsets = v.BagOffsets, BagIds = v.BagIds }, 2, 2)),
    ];

    private static double[] Mix(OpValues v, params int[] blocks)
    {
        var h = v.Width(1) / blocks[0];
        return v.Fill(h, (r, c) =>
        {
            var sum = 0.0;
            var column = 0;
            for (var b = 0; b < blocks.Length; b++)
                for (var e = 0; e < blocks[b]; e++)
                    sum += v.X[r * v.Width() + column++] * v.Inputs[b + 1][(r * blocks[b] + e) * h + c];
            return sum;
        });
    }
}
