namespace Sundry.Tests;

/// <summary>Normalisations, and the softmax.</summary>
internal static class NormOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("LayerNorm", (net, width) => net.Input(width).LayerNorm("n"), v => LayerNorm(v, 1)),
        new("LayerNorm in groups", (net, width) => net.Input(width * 2, groups: 2).LayerNorm("n"), v => LayerNorm(v, 2)),
        new("BatchNorm", (net, width) => net.Input(width).BatchNorm("n"), BatchNorm),
        new("Softmax", (net, width) => net.Input(width).Softmax(), v => Softmax(v, 1)),
        new("Softmax in groups", (net, width) => net.Input(width * 3, groups: 3).Softmax(), v => Softmax(v, 3)),
    ];

    private static double[] LayerNorm(OpValues v, int groups)
    {
        int width = v.Width(), each = width / groups;
        return v.Fill(width, (r, c) =>
        {
            var group = v.X.AsSpan(r * width + c / each * each, each);
            var (mean, variance) = Moments(group);
            return (group[c % each] - mean) / Math.Sqrt(variance + 1e-5) * v.Weights["n/scale"][c] + v.Weights["n/shift"][c];
        });
    }

    // the batch's own statistics; the running ones where one row has none
    private static double[] BatchNorm(OpValues v)
    {
        var width = v.Width();
        var statistics = Enumerable.Range(0, width).Select(c =>
            v.Rows == 1
                ? (Mean: v.Weights["n/mean"][c], Variance: v.Weights["n/variance"][c])
                : Moments([.. Enumerable.Range(0, v.Rows).Select(r => v.X[r * width + c])])).ToArray();
        return v.Fill(width, (r, c) =>
            (v.X[r * width + c] - statistics[c].Mean) / Math.Sqrt(statistics[c].Variance + 1e-5) * v.Weights["n/scale"][c] + v.Weights["n/shift"][c]);
    }

    private static double[] Softmax(OpValues v, int groups)
    {
        int width = v.Width(), each = width / groups;
        return v.Fill(width, (r, c) =>
        {
            var sum = 0.0;
            foreach (var x in v.X.AsSpan(r * width + c / each * each, each)) sum += Math.Exp(x);
            return Math.Exp(v.X[r * width + c]) / sum;
        });
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, variance = 0;
        foreach (var value in values) mean += value / values.Length;
        foreach (var value in values) variance += (value - mean) * (value - mean) / values.Length;
        return (mean, variance);
    }
}
