using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Ops on the members of sequences, one of which is empty: from a table to tokens, among tokens, and back to rows.</summary>
internal static class TokenOps
{
    private const int TableRows = 7;

    public static IReadOnlyList<OpCase> All { get; } =
    [
        new("TokenLookup and TokenPool by sum", (net, width) => Tokens(net, width).PoolTokens(TokenPooling.Sum), v => Rows(v, x => Sum(x, Width(v)))),
        new("TokenPool by mean", (net, width) => Tokens(net, width).PoolTokens(TokenPooling.Mean),
            v => Rows(v, x => [.. Sum(x, Width(v)).Select(s => s / Math.Max(1, x.Length))])),
        new("TokenPool of the last", (net, width) => Tokens(net, width).PoolTokens(TokenPooling.Last), v => Rows(v, x => x.Length == 0 ? new double[Width(v)] : x[^1])),
        new("Layers of tokens", (net, width) => Tokens(net, 5).Linear("l", width).Tanh().PoolTokens(TokenPooling.Sum),
            v => Rows(v, x => Sum(Each(x, t => [.. Layer(v, "l", t).Select(Math.Tanh)]), v.Weights["l/bias"].Length))),
        new("TokenMix", (net, width) => Tokens(net, width) is var x ? x.Linear("w", 1).MixTokens(x) : x, v => Rows(v, x => Mix(v, Each(x, t => Layer(v, "w", t)), x, 1))),
        new("TokenMix to three", (net, width) => Tokens(net, width) is var x ? x.Linear("w", 3).MixTokens(x) : x, v => Rows(v, x => Mix(v, Each(x, t => Layer(v, "w", t)), x, 3))),
        new("TokenMix by itself", (net, width) => Tokens(net, width % 6 + 1) is var x ? x.MixTokens(x) : x, v => Rows(v, x => Mix(v, x, x, Width(v)))),
        new("TokenSoftmax", (net, width) => Tokens(net, width) is var x ? x.Linear("w", 2).SoftmaxOfTokens().MixTokens(x) : x,
            v => Rows(v, x => Mix(v, Softmax(Each(x, t => Layer(v, "w", t)), 2), x, 2))),
        new("Positions from the end", (net, width) => Tokens(net, width).AddPositions("p", 3, fromEnd: true) is var x ? x.Multiply(x).PoolTokens(TokenPooling.Sum) : x,
            v => Rows(v, x => Sum([.. x.Select((t, i) => Square(v, t, Math.Min(2, x.Length - 1 - i)))], Width(v)))),
        new("Positions from the beginning", (net, width) => Tokens(net, width).AddPositions("p", 3, fromEnd: false) is var x ? x.Multiply(x).PoolTokens(TokenPooling.Sum) : x,
            v => Rows(v, x => Sum([.. x.Select((t, i) => Square(v, t, Math.Min(2, i)))], Width(v)))),
        new("SelfAttention", (net, width) => Attend(Tokens(net, width), 1, causal: false), v => Rows(v, x => Attention(v, x, 1, causal: false))),
        new("SelfAttention, causal, by heads", (net, width) => Attend(Tokens(net, 2 * Math.Min(width, 24)), 2, causal: true), v => Rows(v, x => Attention(v, x, 2, causal: true))),
        new("SelfAttention of a node with itself", (net, width) => Tokens(net, width) is var x ? x.SelfAttention(x, x, 1, causal: true).PoolTokens(TokenPooling.Last) : x,
            v => Rows(v, x => x.Length == 0 ? new double[Width(v)] : Attended(x, x, x, x.Length - 1, x.Length))),
        new("Gru to its states", (net, width) => Tokens(net, 3).Gru("g", width).PoolTokens(TokenPooling.Sum), v => Rows(v, x => Sum(States(v, x), v.Weights["g/hidden/bias"].Length / 3))),
        new("Gru to its last state", (net, width) => Tokens(net, width).Gru("g", 4).PoolTokens(TokenPooling.Last), v => Rows(v, x => x.Length == 0 ? new double[4] : States(v, x)[^1])),
        new("TargetLinear", (net, width) => Tokens(net, width).TargetLinear("l", net.Input(width), 3).PoolTokens(TokenPooling.Sum), v => Target(v, 3)),
        new("TargetLinear to all widths", (net, width) => Tokens(net, 5).TargetLinear("l", net.Input(5), width).PoolTokens(TokenPooling.Sum), v => Target(v, v.Weights["l/bias"].Length)),
        new("Dice", (net, width) => net.Input(width).Dice("d"), v => Dice(v, v.X, v.Rows)),
        new("Dice of tokens", (net, width) => Tokens(net, width).Dice("d").PoolTokens(TokenPooling.Sum), DiceOfTokens),
    ];

    /// <summary>Those that divide by the deviation of what has gone through a layer, which among few members may be next to nothing.</summary>
    public static IReadOnlyList<OpCase> OfManyRows { get; } =
    [
        new("TargetScore", (net, width) => Scored(Tokens(net, width), net.Input(width), 3), Scored),
        new("TargetScore to all widths", (net, width) => Scored(Tokens(net, 5), net.Input(5), width), Scored),
    ];

    private static Node Tokens(OpNet net, int width) => net.Table(TableRows, width).Tokens(net.Bag(TableRows));

    private static Node Attend(Node x, int heads, bool causal) =>
        x.Linear("q", x.Width).Scale(0.1).SelfAttention(x.Linear("k", x.Width), x.Linear("v", x.Width), heads, causal).PoolTokens(TokenPooling.Sum);

    private static int Width(OpValues v) => v.Weights["table"].Length / TableRows;

    private static double[] Token(OpValues v, int t) => v.Weights["table"][(v.BagIds[t] * Width(v))..((v.BagIds[t] + 1) * Width(v))];

    private static double[] Rows(OpValues v, Func<double[][], double[]> row) =>
        [.. Enumerable.Range(0, v.Rows).SelectMany(r => row([.. Enumerable.Range(v.BagOffsets[r], v.BagOffsets[r + 1] - v.BagOffsets[r]).Select(t => Token(v, t))]))];

    private static double[][] Each(double[][] x, Func<double[], double[]> of) => [.. x.Select(of)];

    private static double[] Sum(double[][] x, int width) => [.. Enumerable.Range(0, width).Select(c => x.Sum(t => t[c]))];

    // a loop over the weights as they lie: nearly all the time of a sweep goes by in here
    private static double[] Layer(OpValues v, string name, double[] x)
    {
        var (w, b) = (v.Weights[name + "/weight"], v.Weights[name + "/bias"]);
        var y = b.ToArray();
        for (var i = 0; i < x.Length; i++)
            for (var c = 0; c < y.Length; c++)
                y[c] += x[i] * w[i * y.Length + c];
        return y;
    }

    private static double[] Mix(OpValues v, double[][] weights, double[][] values, int k) =>
        [.. Enumerable.Range(0, k).SelectMany(i => Enumerable.Range(0, Width(v)).Select(c => weights.Zip(values, (w, x) => w[i] * x[c]).Sum()))];

    private static double[][] Softmax(double[][] x, int width)
    {
        double[] sums = [.. Enumerable.Range(0, width).Select(c => x.Sum(t => Math.Exp(t[c])))];
        return Each(x, t => [.. t.Select((value, c) => Math.Exp(value) / sums[c])]);
    }

    private static double[] Square(OpValues v, double[] x, int place) => [.. x.Select((value, c) => value + v.Weights["p/position"][place * x.Length + c]).Select(s => s * s)];

    private static double[] Attention(OpValues v, double[][] x, int heads, bool causal)
    {
        var (q, k, values) = (Each(x, t => [.. Layer(v, "q", t).Select(value => 0.1 * value)]), Each(x, t => Layer(v, "k", t)), Each(x, t => Layer(v, "v", t)));
        var d = Width(v) / heads;
        return [.. Enumerable.Range(0, heads).SelectMany(h =>
        {
            double[][] Part(double[][] all) => Each(all, t => t[(h * d)..((h + 1) * d)]);
            return Sum([.. Enumerable.Range(0, x.Length).Select(t => Attended(Part(q), Part(k), Part(values), t, causal ? t + 1 : x.Length))], d);
        })];
    }

    private static double[] Attended(double[][] q, double[][] k, double[][] v, int t, int seen)
    {
        var d = q[0].Length;
        var y = new double[d];
        double sum = 0;
        for (var s = 0; s < seen; s++)
        {
            double product = 0;
            for (var c = 0; c < d; c++) product += q[t][c] * k[s][c];
            var weight = Math.Exp(product / Math.Sqrt(d));
            for (var c = 0; c < d; c++) y[c] += weight * v[s][c];
            sum += weight;
        }

        for (var c = 0; c < d; c++) y[c] /= sum;
        return y;
    }

    private static double[][] States(OpValues v, double[][] x)
    {
        var units = v.Weights["g/hidden/bias"].Length / 3;
        var h = new double[units];
        List<double[]> states = [];
        foreach (var t in x)
        {
            var (given, said, before) = (Layer(v, "g/input", t), Layer(v, "g/hidden", h), h);
            h = [.. Enumerable.Range(0, units).Select(c =>
            {
                var (r, z) = (Sigmoid(given[c] + said[c]), Sigmoid(given[units + c] + said[units + c]));
                return (1 - z) * Math.Tanh(given[2 * units + c] + r * said[2 * units + c]) + z * before[c];
            })];
            states.Add(h);
        }

        return [.. states];
    }

    private static double[] Target(OpValues v, int outputs)
    {
        var row = 0;
        return Rows(v, x =>
        {
            var target = v.X[(row * Width(v))..((row + 1) * Width(v))];
            row++;
            return Sum(Each(x, e => Layer(v, "l", [.. target, .. e, .. target.Zip(e, (a, b) => a - b), .. target.Zip(e, (a, b) => a * b)])), outputs);
        });
    }

    private static Node Scored(Node x, Node target, int hidden) => x.TargetLinear("l", target, hidden).Dice("d").Linear("s", 1).MixTokens(x);

    private static double[] Scored(OpValues v)
    {
        var row = 0;
        double[] hidden = [.. Rows(v, x =>
        {
            var target = v.X[(row * Width(v))..((row + 1) * Width(v))];
            row++;
            return [.. x.SelectMany(e => Layer(v, "l", [.. target, .. e, .. target.Zip(e, (a, b) => a - b), .. target.Zip(e, (a, b) => a * b)]))];
        })];
        var width = v.Weights["l/bias"].Length;
        var y = Dice(v, hidden, v.BagIds.Length);
        var first = 0;
        return Rows(v, x =>
        {
            var scores = Enumerable.Range(first, x.Length).Select(t => Layer(v, "s", y[(t * width)..((t + 1) * width)])).ToArray();
            first += x.Length;
            return Mix(v, scores, x, 1);
        });
    }

    private static double[] DiceOfTokens(OpValues v)
    {
        var width = Width(v);
        double[] all = [.. Enumerable.Range(0, v.BagIds.Length).SelectMany(t => Token(v, t))];
        var y = Dice(v, all, v.BagIds.Length);
        return v.Fill(width, (r, c) => Enumerable.Range(v.BagOffsets[r], v.BagOffsets[r + 1] - v.BagOffsets[r]).Sum(t => y[t * width + c]));
    }

    // the running statistics where one row has none
    private static double[] Dice(OpValues v, double[] x, int rows)
    {
        var width = v.Weights["d/slope"].Length;
        var mean = rows > 1 ? new double[width] : v.Weights["d/mean"];
        var variance = rows > 1 ? new double[width] : v.Weights["d/variance"];
        for (var at = 0; rows > 1 && at < x.Length; at++) mean[at % width] += x[at] / rows;
        for (var at = 0; rows > 1 && at < x.Length; at++) variance[at % width] += (x[at] - mean[at % width]) * (x[at] - mean[at % width]) / rows;
        return [.. x.Select((value, at) =>
        {
            var c = at % width;
            var p = Sigmoid((value - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * v.Weights["d/scale"][c] + v.Weights["d/shift"][c]);
            return value * (p + (1 - p) * v.Weights["d/slope"][c]);
        })];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
