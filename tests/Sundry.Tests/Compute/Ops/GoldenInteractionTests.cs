using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Interactions and sequence encoders against PyTorch: values, the loss and every gradient, with padding that PyTorch masks and that is not there here.</summary>
public sealed class GoldenInteractionTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<int> Shards => [1, 2, 5];

    [Theory]
    [MemberData(nameof(Shards))]
    public void Factorisation_machine(int shards)
    {
        var graph = new Graph();
        var v = graph.Add(new LeafOp(graph.Input("v", 12), 4, frozen: false));
        var y = v.FactorPairs().Sum();
        Hold("fm", shards, y, y.Multiply(y), 1.0 / 5, "fm", null, ("v", v));
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void Deep_and_cross_network(int shards)
    {
        var graph = new Graph();
        var x = graph.Add(new LeafOp(graph.Input("x", 6), 1, frozen: false));
        var y = x;
        for (var layer = 0; layer < 2; layer++) y = x.Multiply(y.Linear($"cross/{layer}", 6)).Add(y);
        Hold("dcn_v2", shards, y, y.Multiply(y).Mean(), 1.0 / 5, "x2", null, ("x", x));
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void Deep_interest_network(int shards)
    {
        var graph = new Graph();
        var bag = graph.Bag("bag");
        var e = graph.Table("table", 20, 3, Initializer.Zeros).Tokens(bag);
        var target = graph.Add(new LeafOp(graph.Input("target", 3), 1, frozen: false));
        var y = e.TargetLinear("a1", target, 4).Sigmoid().Linear("a2", 1).MixTokens(e);
        Hold("din", shards, y, y.Multiply(y).Mean(), 1.0 / 5, "pooled", (bag, 4, "mask"), ("target", target));
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void Gated_recurrent_unit(int shards)
    {
        var graph = new Graph();
        var bag = graph.Bag("bag");
        var y = graph.Table("table", 20, 3, Initializer.Zeros).Tokens(bag).Gru("gru", 4);
        Hold("gru", shards, y, y.Multiply(y).PoolTokens(TokenPooling.Sum).Sum(), 1.0 / 80, "y", (bag, 4, "lengths"));
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void Self_attention(int shards)
    {
        var graph = new Graph();
        var bag = graph.Bag("bag");
        var x = graph.Table("table", 6, 4, Initializer.Zeros).Tokens(bag);
        var h = x.LayerNorm("ln");
        Node Part(string name) => h.Linear(name, 4, bias: false);
        var y = x.Add(Part("q").SelfAttention(Part("k"), Part("v"), heads: 2, causal: true).Linear("o", 4, bias: false));
        Hold("self_attention", shards, y, y.Multiply(y).PoolTokens(TokenPooling.Sum).Sum(), 1.0 / 20, "y", (bag, 3, "pad"));
    }

    private static void Hold(string name, int shards, Node y, Node perRow, double share, string output, (BagNode Node, int Longest, string Mask)? bag, params (string Name, Node Leaf)[] inputs)
    {
        var golden = new GoldenFile(name);
        var graph = y.Graph;
        int[] lengths = bag is null ? [] : Lengths(golden.Input(bag.Value.Mask), bag.Value.Longest);
        var rows = bag is null ? golden.Input(inputs[0].Name).Length / inputs[0].Leaf.Width : lengths.Length;
        var shares = graph.Input("share", 1);
        _ = new WeightedSum("loss", perRow, shares);
        using var store = new ParameterStore(graph, 1);
        golden.Fill(store);
        using var plan = new TrainingPlan(store, new Sgd(), rows, shards, threads: 1, seed: 1, watched: [y]);
        foreach (var (input, leaf) in inputs) GoldenFile.Copy(golden.Input(input), plan.Input(leaf.Op.Inputs[0]));
        plan.Input(shares).Fill((float)share);
        int[] places = [.. lengths.SelectMany((length, r) => Enumerable.Range(r * (bag?.Longest ?? 0), length))];
        if (bag is not null) plan.SetBag(bag.Value.Node, [0, .. lengths.Select((_, r) => lengths[..(r + 1)].Sum())], places);

        Compare.Near("loss", [golden.Loss], [plan.Forward(rows)[0]], Tolerance);
        var expected = golden.Output(output);
        if (y.Tokens is not null) expected = [.. places.SelectMany(p => expected[(p * y.Width)..((p + 1) * y.Width)])];
        var found = new float[expected.Length];
        plan.CopyValue(y, found);
        Compare.Near(output, expected, found, Tolerance);

        plan.Backward([1]);
        plan.Update(0);
        foreach (var (weight, values) in golden.Gradients)
        {
            var gradient = new float[values.Length];
            if (inputs.FirstOrDefault(i => i.Name == weight).Leaf is { } leaf) plan.CopyGradient(leaf, gradient);
            else if (weight == "table")
                for (var row = 0; row < graph.Tables[0].Rows; row++) plan.CopyGradient(graph.Tables[0], row, gradient.AsSpan(row * graph.Tables[0].Width));
            else plan.CopyGradient(graph.Parameters.Single(p => p.Name == weight), gradient);
            Compare.Near("gradient of " + weight, values, gradient, Tolerance);
        }
    }

    // lengths as they are, or from a mask [rows, longest]
    private static int[] Lengths(double[] mask, int longest) =>
        mask.All(m => m == longest) ? [.. mask.Select(m => (int)m)] : [.. Enumerable.Range(0, mask.Length / longest).Select(r => (int)mask[(r * longest)..((r + 1) * longest)].Sum())];
}
