namespace Sundry.Tests;

/// <summary>Ops that ways to share are written with: joint events, sparse gates, and what is measured over the whole batch.</summary>
internal static class SharingOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("And", (net, width) => net.Input(width).And(net.Input(width)), v => [.. v.X.Zip(v.Inputs[1], And)]),
        new("And of what is sure", (net, width) => net.Input(width).Scale(20).And(net.Input(width).Scale(20)), v => [.. v.X.Zip(v.Inputs[1], (x, y) => And(20 * x, 20 * y))]),
        new("And with itself", (net, width) => net.Input(width) is var x ? x.And(x) : x, v => [.. v.X.Select(x => And(x, x))]),
        // behind a layer, so that no two are equal
        new("TopSoftmax", (net, width) => net.Input(3).Linear("l", width).TopSoftmax(3), v => Top(v, 3)),
        new("TopSoftmax of one", (net, width) => net.Input(3).Linear("l", width).TopSoftmax(1), v => Top(v, 1)),
        new("Imbalance", (net, width) => net.Input(width).Sigmoid().Imbalance(), Imbalance),
        new("PerMean", (net, width) => net.Input(width).Sigmoid().Mean().PerMean(net.Input(1).Sigmoid()), PerMean),
        new("Codes", (net, width) => net.Input(width % 5 + 1).Codes(), v => Codes(v, 1)),
        new("Codes in groups", (net, width) => net.Input(3 * (width % 4 + 1), groups: 3).Codes(), v => Codes(v, 3)),
        new("Entropy", (net, width) => net.Input(width).Sigmoid().Entropy(), v => v.Fill(1, (r, _) => -Enumerable.Range(0, v.Width()).Sum(c => Surprise(v.X[r * v.Width() + c])))),
        new("Entropy in groups", (net, width) => net.Input(2 * width, groups: 2).Sigmoid().Entropy(),
            v => v.Fill(2, (r, g) => -Enumerable.Range(0, v.Width() / 2).Sum(c => Surprise(v.X[r * v.Width() + g * v.Width() / 2 + c])))),
        new("StarLinear", (net, width) => net.Input(width).StarLinear("l", net.Ids(1, Scenarios), Scenarios, width * 7 % 13 + 1), Star),
        new("StarLinear to all widths", (net, width) => net.Input(5).StarLinear("l", net.Ids(1, Scenarios), Scenarios, width), Star),
        new("PartitionedNorm", (net, width) => net.Input(width).PartitionedNorm("n", net.Ids(1, 2), 2), Partitioned),
    ];

    private const int Scenarios = 3;

    private static double[] Star(OpValues v)
    {
        var (w, own) = (v.Weights["l/weight"], v.Weights["l/own/weight"]);
        int k = v.Width(), n = w.Length / k;
        return v.Fill(n, (r, c) => v.Weights["l/bias"][c] + v.Weights["l/own/bias"][v.Ids[r] * n + c]
            + Enumerable.Range(0, k).Sum(i => v.X[r * k + i] * w[i * n + c] * own[(v.Ids[r] * k + i) * n + c]));
    }

    private static double[] Partitioned(OpValues v)
    {
        var width = v.Width();
        var (own, ownVariance) = (v.Weights["n/mean"], v.Weights["n/variance"]);
        return v.Fill(width, (r, c) =>
        {
            var p = v.Ids[r];
            int rows = 0;
            double mean = 0, variance = 0;
            for (var i = 0; i < v.Rows; i++)
            {
                if (v.Ids[i] != p) continue;
                mean += v.X[i * width + c];
                rows++;
            }

            if (rows > 1) mean /= rows;
            else (mean, variance) = (own[p * width + c], ownVariance[p * width + c]);
            for (var i = 0; i < v.Rows && rows > 1; i++)
                if (v.Ids[i] == p) variance += (v.X[i * width + c] - mean) * (v.X[i * width + c] - mean) / rows;
            return (v.X[r * width + c] - mean) / Math.Sqrt(variance + 1e-5) * v.Weights["n/scale"][c] * v.Weights["n/own/scale"][p * width + c]
                + v.Weights["n/shift"][c] + v.Weights["n/own/shift"][p * width + c];
        });
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Surprise(double x) => Sigmoid(x) * Math.Log(Sigmoid(x));

    // log(pq / (1 − pq)), with 1 − pq as (1 − p) + p (1 − q), in which nothing cancels
    private static double And(double x, double y) => Math.Log(Sigmoid(x)) + Math.Log(Sigmoid(y)) - Math.Log(Sigmoid(-x) + Sigmoid(x) * Sigmoid(-y));

    private static double[] Top(OpValues v, int count)
    {
        var bias = v.Weights["l/bias"];
        var width = bias.Length;
        var z = v.Fill(width, (r, c) => bias[c] + Enumerable.Range(0, 3).Sum(i => v.X[r * 3 + i] * v.Weights["l/weight"][i * width + c]));
        return v.Fill(width, (r, c) =>
        {
            var row = z.AsSpan(r * width, width).ToArray();
            var least = row.OrderDescending().Take(count).Last();
            return row[c] < least ? 0 : Math.Exp(row[c]) / row.Where(x => x >= least).Sum(Math.Exp);
        });
    }

    private static double[] Imbalance(OpValues v)
    {
        var width = v.Width();
        double[] use = [.. Enumerable.Range(0, width).Select(c => Enumerable.Range(0, v.Rows).Sum(r => Sigmoid(v.X[r * width + c])))];
        var mean = use.Average();
        return v.Fill(1, (_, _) => use.Average(u => (u - mean) * (u - mean)) / (mean * mean));
    }

    private static double[] PerMean(OpValues v)
    {
        double[] x = [.. Enumerable.Range(0, v.Rows).Select(r => Enumerable.Range(0, v.Width()).Average(c => Sigmoid(v.X[r * v.Width() + c])))];
        var mean = x.Zip(v.Inputs[1], (value, share) => value * Sigmoid(share)).Sum();
        return [.. x.Select(value => value / mean)];
    }

    private static double[] Codes(OpValues v, int groups)
    {
        var bits = v.Width() / groups;
        return v.Fill(groups << bits, (r, at) =>
        {
            var product = 1.0;
            for (var j = 0; j < bits; j++)
            {
                var p = v.X[r * groups * bits + (at >> bits) * bits + j];
                product *= (at >> j & 1) == 1 ? p : 1 - p;
            }

            return product;
        });
    }
}
