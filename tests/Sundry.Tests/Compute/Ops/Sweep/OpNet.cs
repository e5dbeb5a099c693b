using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>A graph under trial with the numbers that go into it; a seed decides them.</summary>
internal sealed class OpNet(int seed, int rows, bool frozen)
{
    private readonly Random _random = new(seed);

    public Graph Graph { get; } = new();

    public int Rows => rows;

    public List<(Node Source, Node Leaf, float[] Values)> Inputs { get; } = [];

    public List<(IdNode Node, int[] Values)> IdInputs { get; } = [];

    public List<(BagNode Node, int[] Offsets, int[] Ids, float[] Weights)> Bags { get; } = [];

    /// <summary>An input [rows, width] of odd 128ths: none is zero, where some ops have no derivative.</summary>
    public Node Input(int width, int groups = 1)
    {
        var source = Graph.Input($"input{Inputs.Count}", width);
        var leaf = Graph.Add(new LeafOp(source, groups, frozen));
        Inputs.Add((source, leaf, Numbers(rows * width)));
        return leaf;
    }

    public IdNode Ids(int fields, int tableRows)
    {
        var node = Graph.Ids($"ids{IdInputs.Count}", fields);
        IdInputs.Add((node, [.. Enumerable.Range(0, rows * fields).Select(_ => _random.Next(tableRows))]));
        return node;
    }

    /// <summary>Bags of 0 to 4 ids; the second row's is empty, and ids come more than once within a bag and across bags.</summary>
    public BagNode Bag(int tableRows, bool weighted = false)
    {
        var node = Graph.Bag($"bag{Bags.Count}", weighted: weighted);
        var offsets = new int[rows + 1];
        for (var r = 0; r < rows; r++) offsets[r + 1] = offsets[r] + (r == 1 ? 0 : _random.Next(5));
        int[] ids = [.. Enumerable.Range(0, offsets[rows]).Select(_ => _random.Next(tableRows))];
        Bags.Add((node, offsets, ids, weighted ? Numbers(ids.Length) : []));
        return node;
    }

    /// <summary>A table whose rows differ in every column, so that a maximum has a derivative.</summary>
    public Table Table(int tableRows, int width) => Graph.Table("table", tableRows, width, Initializer.Zeros);

    public float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * _random.Next(-128, 128) + 1) / 128f)];

    /// <summary>Puts other first values in than the initialisers', which hide mistakes behind zeros and ones.</summary>
    public void Draw(ParameterStore store)
    {
        foreach (var parameter in Graph.Parameters)
            foreach (ref var value in store.Values(parameter))
                value = parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? 0.5f + _random.NextSingle() : 2 * _random.NextSingle() - 1;
        foreach (var table in Graph.Tables)
            for (var row = 0; row < table.Rows; row++)
                for (var c = 0; c < table.Width; c++)
                    store.Values(table, row)[c] = (row * 7 + c * 3) % 101 / 50.5f - 1;
        store.Touch();
    }

    public void Fill(TrainingPlan plan)
    {
        foreach (var (source, _, values) in Inputs) values.CopyTo(plan.Input(source));
        foreach (var (node, values) in IdInputs) values.CopyTo(plan.Input(node));
        foreach (var (node, offsets, ids, weights) in Bags) plan.SetBag(node, offsets, ids, weights);
    }

    public void Fill(InferencePlan plan)
    {
        foreach (var (source, _, values) in Inputs) values.CopyTo(plan.Input(source));
        foreach (var (node, values) in IdInputs) values.CopyTo(plan.Input(node));
        foreach (var (node, offsets, ids, weights) in Bags) plan.SetBag(node, offsets, ids, weights);
    }

    /// <summary>The same numbers for the twin.</summary>
    public OpValues Values(ParameterStore store)
    {
        var weights = Graph.Parameters.ToDictionary(p => p.Name, p => Doubles(store.Values(p)));
        foreach (var table in Graph.Tables)
            weights[table.Name] = [.. Enumerable.Range(0, table.Rows).SelectMany(r => Doubles(store.Values(table, r)))];
        return new OpValues
        {
            Rows = rows,
            Inputs = [.. Inputs.Select(i => Doubles(i.Values))],
            Weights = weights,
            Ids = IdInputs.Count > 0 ? IdInputs[0].Values : [],
            BagOffsets = Bags.Count > 0 ? Bags[0].Offsets : [],
            BagIds = Bags.Count > 0 ? Bags[0].Ids : [],
            BagWeights = Bags.Count > 0 ? Doubles(Bags[0].Weights) : [],
        };
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        return doubles;
    }
}
