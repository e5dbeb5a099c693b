using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>One graph with everything that a plan can meet: embeddings, bags of each pooling, noise, norms that need the whole batch, experts, three losses.</summary>
internal sealed class EverythingNet
{
    public const int Capacity = 48;
    public const int TableRows = 40;
    public const int BagRows = 25;

    public EverythingNet(bool noise = true)
    {
        Ids = Graph.Ids("ids", 3);
        Bag = Graph.Bag("bag");
        Numbers = Graph.Input("numbers", 4);
        Embedding = Graph.Table("embedding", TableRows, 5, Initializer.Normal(0.3));
        BagEmbedding = Graph.Table("bag embedding", BagRows, 7, Initializer.Normal(0.3));
        var x = Embedding.Lookup(Ids).Concat(
            BagEmbedding.Pool(Bag, PoolingMode.Sum), BagEmbedding.Pool(Bag, PoolingMode.Mean), BagEmbedding.Pool(Bag, PoolingMode.Max), Numbers);
        var h = Noise(x.Linear("h", 33), "h norm").Relu();
        if (noise) h = h.Dropout(0.3);
        var experts = h.Linear("expert/0", 4 * 9, groups: 4).LayerNorm("expert norm").Gelu().GroupedLinear("expert/1", 11).PRelu("expert");
        if (noise) experts = experts.Dropout(0.2);
        var z = x.Linear("gate", 4, bias: false).Softmax().Mix(experts);
        Click = Loss("click", z.Linear("click", 1), (n, p, l, w) => new BinaryCrossEntropy(n, p, l, w));
        Price = Loss("price", Noise(z.StopGradient().Concat(h).Linear("price/0", 8), "price norm").Silu().Linear("price", 1), (n, p, l, w) => new HuberLoss(n, p, l, w));
        Kind = Loss("kind", z.Tanh().Linear("kind", 3), (n, p, l, w) => new CrossEntropy(n, p, l, w));

        Node Noise(Node node, string name) => noise ? node.BatchNorm(name) : node;
    }

    public Graph Graph { get; } = new();

    public IdNode Ids { get; }

    public BagNode Bag { get; }

    public Node Numbers { get; }

    public Table Embedding { get; }

    public Table BagEmbedding { get; }

    public Loss Click { get; }

    public Loss Price { get; }

    public Loss Kind { get; }

    /// <summary>Rows that a seed decides; a third of the labels is masked, every fourth bag empty.</summary>
    public static Rows Draw(int seed, int count, bool masked = false)
    {
        var random = new Random(seed);
        var offsets = new int[count + 1];
        for (var r = 0; r < count; r++) offsets[r + 1] = offsets[r] + (r % 4 == 3 ? 0 : random.Next(6));
        float[] weights = [.. Enumerable.Range(0, 3 * count).Select(_ => masked || random.Next(3) == 0 ? 0 : 0.5f + random.NextSingle())];
        return new Rows(
            count,
            [.. Enumerable.Range(0, 3 * count).Select(_ => random.Next(TableRows))],
            offsets,
            [.. Enumerable.Range(0, offsets[count]).Select(_ => random.Next(BagRows))],
            [.. Enumerable.Range(0, 4 * count).Select(_ => 2 * random.NextSingle() - 1)],
            [.. Enumerable.Range(0, 3 * count).Select(i => weights[i] == 0 ? float.NaN : i / count == 1 ? 3 * random.NextSingle() : random.Next(2 + i / count / 2))],
            weights);
    }

    public void Set(TrainingPlan plan, Rows rows)
    {
        rows.Ids.CopyTo(plan.Input(Ids));
        rows.Numbers.CopyTo(plan.Input(Numbers));
        plan.SetBag(Bag, rows.Offsets, rows.BagIds);
        Label(plan, Click, rows, 0);
        Label(plan, Price, rows, 1);
        Label(plan, Kind, rows, 2);
    }

    public void Set(InferencePlan plan, Rows rows)
    {
        rows.Ids.CopyTo(plan.Input(Ids));
        rows.Numbers.CopyTo(plan.Input(Numbers));
        plan.SetBag(Bag, rows.Offsets, rows.BagIds);
    }

    /// <summary>One step over the rows.</summary>
    public void Step(TrainingPlan plan, Rows rows, double clip = 0.5)
    {
        Set(plan, rows);
        plan.Forward(rows.Count);
        plan.Backward([0.05, 0.03, 0.02]);
        plan.Update(0.01, clip);
    }

    /// <summary>Every value and moment of a store, in one order.</summary>
    public static float[] Everything(ParameterStore store)
    {
        List<float> all = [];
        foreach (var parameter in store.Graph.Parameters)
        {
            all.AddRange(store.Values(parameter));
            for (var m = 0; m < store.Moments; m++) all.AddRange(store.MomentValues(parameter, m));
        }

        foreach (var table in store.Graph.Tables)
            for (var row = 0; row < table.Rows; row++) all.AddRange(store.ValuesAndMoments(table, row));
        return [.. all];
    }

    private static void Label(TrainingPlan plan, Loss loss, Rows rows, int task)
    {
        rows.Labels.AsSpan(task * rows.Count, rows.Count).CopyTo(plan.Input(loss.Label));
        rows.Weights.AsSpan(task * rows.Count, rows.Count).CopyTo(plan.Input(loss.Weight));
    }

    private Loss Loss(string name, Node prediction, Func<string, Node, Node, Node, Loss> make) =>
        make(name, prediction, Graph.Input($"{name}/label", 1), Graph.Input($"{name}/weight", 1));

    internal sealed record Rows(int Count, int[] Ids, int[] Offsets, int[] BagIds, float[] Numbers, float[] Labels, float[] Weights);
}
