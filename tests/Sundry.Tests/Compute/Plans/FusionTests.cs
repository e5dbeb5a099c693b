using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>A plan that fuses relu and dropout into the ops before them learns and predicts, bit for bit, what one does that keeps every node.</summary>
public sealed class FusionTests
{
    private const int Rows = 45;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fused_or_not_the_weights_are_the_same(int shards)
    {
        var (fused, whole) = (new Net(), new Net());
        using var fusedStore = Train(fused, shards, watch: false);
        using var wholeStore = Train(whole, shards, watch: true);
        foreach (var (a, b) in fused.Graph.Parameters.Zip(whole.Graph.Parameters))
            Check.Exact(a.Name, wholeStore.Values(b), fusedStore.Values(a));
        for (var row = 0; row < fused.Table.Rows; row++)
            Check.Exact($"row {row}", wholeStore.Values(whole.Table, row), fusedStore.Values(fused.Table, row));
    }

    // what lies before the batch norm is asked for too: folded away it would change the sums (FoldingTests)
    [Fact]
    public void Fused_or_not_the_predictions_are_the_same()
    {
        var net = new Net();
        using var store = Train(net, 2, watch: false);
        using var all = new InferencePlan(store, Rows);
        using var outputs = new InferencePlan(store, Rows, 1, [.. net.Outputs, net.BeforeNorm]);
        Fill(net, 9, all.Input(net.Ids), all.Input(net.X));
        Fill(net, 9, outputs.Input(net.Ids), outputs.Input(net.X));
        all.Run(Rows);
        outputs.Run(Rows);
        foreach (var output in net.Outputs)
        {
            var (expected, found) = (new float[Rows * output.Width], new float[Rows * output.Width]);
            all.Copy(output, expected);
            outputs.Copy(output, found);
            Check.Exact($"{output}", expected, found);
        }
    }

    /// <summary>The attention of a deep interest network, as one op and as the four that it stands for, in training and in scoring; some rows have no members, and in the last case all but one.</summary>
    [Theory]
    [InlineData(1, 30)]
    [InlineData(3, 30)]
    [InlineData(2, 1)]
    public void Attention_to_a_target_is_the_same_as_one_op(int shards, int members)
    {
        var (fused, whole) = (Attention(shards, members, watch: false), Attention(shards, members, watch: true));
        Assert.Equal(whole.Count, fused.Count);
        foreach (var (name, expected) in whole) Check.Near(name, [.. expected.Select(v => (double)v)], fused[name], 2e-5);
    }

    // by name: what it predicts before and after, and the weights and running statistics that it comes to
    private static Dictionary<string, float[]> Attention(int shards, int members, bool watch)
    {
        var graph = new Graph();
        var bag = graph.Bag("bag");
        var target = graph.Input("target", 6);
        var e = graph.Table("table", 9, 6, Initializer.Normal(0.5)).Tokens(bag);
        var layer = e.TargetLinear("layer", target, 21);
        var dice = layer.Dice("dice");
        var score = dice.Linear("score", 1);
        var y = score.MixTokens(e).Linear("head", 1);
        var c = graph.Input("c", 1);
        _ = new WeightedSum("sum", y.Multiply(y), c);
        using var store = new ParameterStore(graph, 5, moments: 2);
        using var plan = new TrainingPlan(store, new Adam(), 12, shards, 2, seed: 3, watch ? [layer, dice] : null);
        using var scoring = new InferencePlan(store, 12, 1, watch ? null : [y]);
        int[] offsets = [.. Enumerable.Range(0, 13).Select(r => members * r / 12)];
        int[] ids = [.. Enumerable.Range(0, members).Select(t => t * t % 9)];
        plan.SetBag(bag, offsets, ids);
        scoring.SetBag(bag, offsets, ids);
        for (var i = 0; i < 72; i++) plan.Input(target)[i] = scoring.Input(target)[i] = i % 7 / 3f - 1;
        plan.Input(c).Fill(1);
        var found = new Dictionary<string, float[]>();
        for (var step = 0; step < 4; step++)
        {
            plan.Forward(12);
            plan.Backward([1]);
            plan.Update(0.01);
            scoring.Run(12);
            scoring.Copy(y, found[$"predictions {step}"] = new float[12]);
        }

        foreach (var parameter in graph.Parameters) found[parameter.Name] = store.Values(parameter).ToArray();
        for (var row = 0; row < 9; row++) found[$"row {row}"] = store.Values(graph.Tables[0], row).ToArray();
        return found;
    }

    [Fact]
    public void A_node_that_was_fused_away_says_so()
    {
        var net = new Net();
        using var store = new ParameterStore(net.Graph, 1, moments: 2);
        using var plan = new TrainingPlan(store, new Adam(), Rows, 1, 1, seed: 1);
        plan.Forward(Rows);
        var error = Assert.Throws<ArgumentException>(() => plan.CopyValue(net.Hidden[0], new float[Rows * net.Hidden[0].Width]));
        Assert.Contains("watch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_others_read_too_is_kept()
    {
        var graph = new Graph();
        var x = graph.Input("x", 3);
        var linear = x.Linear("linear", 4);
        var y = linear.Relu().Add(linear).Linear("head", 1);
        _ = new WeightedSum("sum", y, graph.Input("c", 1));
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 2, 1, 1, seed: 1);
        for (var i = 0; i < 6; i++) plan.Input(x)[i] = i < 3 ? 10 : -10;
        plan.Forward(2);
        var value = new float[8];
        plan.CopyValue(linear, value);
        Assert.Contains(value, v => v < 0);
    }

    private static ParameterStore Train(Net net, int shards, bool watch)
    {
        var store = new ParameterStore(net.Graph, 5, moments: 2);
        using var plan = new TrainingPlan(store, new Adam(), Rows, shards, 2, seed: 3, watch ? net.Hidden : null);
        for (var step = 0; step < 6; step++)
        {
            Fill(net, step, plan.Input(net.Ids), plan.Input(net.X));
            foreach (var c in net.Coefficients)
                for (var i = 0; i < Rows * c.Width; i++)
                    plan.Input(c)[i] = (i + step) % 5 - 2;
            plan.Forward(Rows - step % 2);
            plan.Backward([1, 0.5]);
            plan.Update(1e-2, step % 3 == 0 ? 0.5 : double.PositiveInfinity);
        }

        return store;
    }

    private static void Fill(Net net, int seed, Span<int> ids, Span<float> x)
    {
        var random = new Random(seed);
        foreach (ref var id in ids) id = random.Next(net.Table.Rows);
        foreach (ref var value in x) value = 2 * random.NextSingle() - 1;
    }

    /// <summary>Every op that takes relu and dropout in, with each, with both and with neither.</summary>
    private sealed class Net
    {
        public Net()
        {
            Table = Graph.Table("table", 20, 5, Initializer.Normal(1));
            Ids = Graph.Ids("ids", 2);
            X = Graph.Input("x", 6);
            var x = Table.Lookup(Ids).Concat(X);
            var a = Keep(x.Linear("a", 24, groups: 3));
            var b = Keep(Keep(a.Relu()).Dropout(0.2).GroupedLinear("b", 7));
            var c = Keep(b.LayerNorm("c"));
            BeforeNorm = Keep(x.Linear("d", 19, bias: false));
            var e = Keep(BeforeNorm.BatchNorm("e"));
            var f = Keep(e.Relu()).Dropout(0.4).Linear("f", 33).Dropout(0.1);
            var stopped = x.Linear("h", 6).Relu().Dropout(0.2).StopGradient();
            var first = c.Relu().Concat(f.Relu(), stopped);
            Outputs = [first.Linear("first", 2), Keep(x.Linear("g", 5)).Relu().Linear("second", 1)];
            Coefficients = [.. Outputs.Select((o, i) => Graph.Input($"c{i}", o.Width))];
            for (var i = 0; i < Outputs.Length; i++) _ = new WeightedSum($"loss {i}", Outputs[i], Coefficients[i]);
        }

        public Graph Graph { get; } = new();

        public Table Table { get; }

        public IdNode Ids { get; }

        public Node X { get; }

        public List<Node> Hidden { get; } = [];

        public Node BeforeNorm { get; }

        public Node[] Outputs { get; }

        public Node[] Coefficients { get; }

        private Node Keep(Node node)
        {
            Hidden.Add(node);
            return node;
        }
    }
}
