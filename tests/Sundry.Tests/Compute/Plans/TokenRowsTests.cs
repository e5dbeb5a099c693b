using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Nodes whose rows are the ids of a bag: what a row comes to depends on its own members alone, to the bit, whatever stands beside it and however the batch is divided.</summary>
public sealed class TokenRowsTests
{
    private const int TableRows = 50;
    private const int Width = 6;

    private static readonly int[] s_lengths = [3, 0, 17, 1, 40, 8, 0, 5, 29, 2, 12, 7, 33, 4, 1, 9];

    public static TheoryData<string> Encoders => ["din", "gru", "attention", "interests"];

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Rows_in_another_order_have_the_same_bits(string encoder)
    {
        var net = new Net(encoder);
        using var store = new ParameterStore(net.Graph, 3);
        int[] rows = [.. Enumerable.Range(0, s_lengths.Length)];
        int[] turned = [.. rows.Select(r => (r * 7 + 3) % rows.Length)];
        var (straight, other) = (net.Score(store, rows, 1), net.Score(store, turned, 1));
        for (var i = 0; i < turned.Length; i++) Assert.Equal(straight[turned[i]], other[i]);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Rows_beside_longer_ones_or_none_have_the_same_bits(string encoder)
    {
        var net = new Net(encoder);
        using var store = new ParameterStore(net.Graph, 3);
        var all = net.Score(store, [.. Enumerable.Range(0, s_lengths.Length)], 3);
        for (var r = 0; r < s_lengths.Length; r++) Assert.Equal(all[r], net.Score(store, [r], 1)[0]);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Threads_decide_nothing(string encoder)
    {
        float[] Train(int threads)
        {
            var net = new Net(encoder);
            var y = net.Output.Multiply(net.Output).Mean();
            var share = net.Graph.Input("share", y.Width);
            _ = new WeightedSum("loss", y, share);
            using var store = new ParameterStore(net.Graph, 3, 2);
            using var plan = new TrainingPlan(store, new Adam(), s_lengths.Length, 3, threads, seed: 1);
            for (var step = 0; step < 5; step++)
            {
                int[] rows = [.. Enumerable.Range(0, 4 + 3 * step).Select(r => (r * 5 + step) % s_lengths.Length)];
                net.Fill(rows, plan.SetBag, node => plan.Input(node));
                plan.Input(share).Fill(1f / rows.Length);
                plan.Forward(rows.Length);
                plan.Backward([1]);
                plan.Update(0.01);
            }

            return EverythingNet.Everything(store);
        }

        Assert.Equal(Train(1), Train(3));
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void A_shared_history_is_scored_as_one_that_every_row_has(string encoder)
    {
        var net = new Net(encoder);
        using var store = new ParameterStore(net.Graph, 3);
        var shared = new SharedInputs();
        shared.Add(net.Bag);
        shared.Add(net.Kinds);
        const int rows = 70;
        using var plan = new InferencePlan(store, rows, 2, [net.Output], shared);
        using var plain = new InferencePlan(store, rows, 2, [net.Output]);
        foreach (var row in (int[])[4, 1, 12])
        {
            net.Fill([.. Enumerable.Repeat(row, rows)], plain.SetBag, node => plain.Input(node));
            net.Fill([row], plan.SetBag, node => plan.Input(node));
            plain.Input(net.Target)[..(rows * Width)].CopyTo(plan.Input(net.Target));
            for (var r = 0; r < rows; r++) plain.Input(net.Target)[r * Width] = plan.Input(net.Target)[r * Width] = r / 100f;
            plan.Run(rows);
            plain.Run(rows);
            var (expected, found) = (new float[rows * net.Output.Width], new float[rows * net.Output.Width]);
            plain.Copy(net.Output, expected);
            plan.Copy(net.Output, found);
            Assert.Equal(expected, found);
        }

        Assert.Equal(encoder is "gru" or "attention", plan.Ops.OfType<OnceOp>().Any(op => op.Inner is TokenLookupOp));
    }

    [Fact]
    public void A_bag_that_goes_along_must_be_as_long_in_every_row()
    {
        var net = new Net("gru");
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new InferencePlan(store, 4, 1, [net.Output]);
        plan.SetBag(net.Bag, [0, 2, 3], [1, 2, 3]);
        plan.SetBag(net.Kinds, [0, 1, 3], [1, 2, 3]);
        Assert.Contains("goes along", Assert.Throws<ArgumentOutOfRangeException>(() => plan.Run(2)).Message, StringComparison.Ordinal);
        plan.SetBag(net.Kinds, [0, 2, 3], [1, 2, TableRows]);
        Assert.Contains("holds id 50", Assert.Throws<ArgumentOutOfRangeException>(() => plan.Run(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_and_rows_are_not_mixed_up()
    {
        var net = new Net("gru");
        var tokens = net.Graph.Table("other", 5, Width, Initializer.Zeros).Tokens(net.Bag);
        Assert.Throws<ArgumentException>(() => tokens.Add(net.Target));
        Assert.Throws<ArgumentException>(() => net.Target.PoolTokens(TokenPooling.Sum));
        Assert.Throws<ArgumentException>(() => new WeightedSum("loss", tokens, net.Graph.Input("c", Width)));
        Assert.Throws<ArgumentException>(() => net.Graph.Bag("b", new Graph().Bag("a")));
    }

    private sealed class Net
    {
        public Net(string encoder)
        {
            Bag = Graph.Bag("bag");
            Kinds = Graph.Bag("kinds", Bag);
            Target = Graph.Input("target", Width);
            var table = Graph.Table("table", TableRows, Width, Initializer.Normal(1));
            var e = table.Tokens(Bag).Add(Graph.Table("kinds table", TableRows, Width, Initializer.Normal(1)).Tokens(Kinds)).Dropout(0.1);
            Output = encoder switch
            {
                "din" => e.TargetLinear("a", Target, 9).Dice("d").Linear("b", 1).MixTokens(e),
                "gru" => e.Gru("g", 5).PoolTokens(TokenPooling.Last).Concat(Target),
                "interests" => e.TargetLinear("a", Target, 9).Tanh().Linear("b", 4).SoftmaxOfTokens().MixTokens(e),
                _ => e.AddPositions("p", 10, fromEnd: true) is var x
                    ? x.Linear("q", 8).SelfAttention(x.Linear("k", 8), x.Linear("v", 8), 2, causal: true).LayerNorm("n").PoolTokens(TokenPooling.Last).Concat(Target)
                    : e,
            };
        }

        public Graph Graph { get; } = new();

        public BagNode Bag { get; }

        public BagNode Kinds { get; }

        public Node Target { get; }

        public Node Output { get; }

        public delegate void Setter(BagNode bag, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids);

        public delegate Span<float> Inputs(Node node);

        public void Fill(int[] rows, Setter set, Inputs inputs)
        {
            int[] offsets = [0, .. rows.Select((_, i) => rows[..(i + 1)].Sum(r => s_lengths[r]))];
            int[] Ids(int seed) => [.. rows.SelectMany(r => Enumerable.Range(0, s_lengths[r]).Select(t => (r * 13 + t * seed) % TableRows))];
            set(Bag, offsets, Ids(7));
            set(Kinds, offsets, Ids(3));
            for (var i = 0; i < rows.Length; i++)
                for (var c = 0; c < Width; c++)
                    inputs(Target)[i * Width + c] = (rows[i] * 5 + c) % 11 / 11f;
        }

        public float[][] Score(ParameterStore store, int[] rows, int threads)
        {
            using var plan = new InferencePlan(store, 64, threads, [Output]);
            Fill(rows, plan.SetBag, node => plan.Input(node));
            plan.Run(rows.Length);
            var values = new float[rows.Length * Output.Width];
            plan.Copy(Output, values);
            return [.. values.Chunk(Output.Width)];
        }
    }
}
