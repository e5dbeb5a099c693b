using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>
/// A graph in training, computed in double by the plainest rule for each op, without the kernels: values, losses, and derivatives by carrying them along
/// (<see cref="Dual"/>) instead of by a backward walk. It knows no order of sums, no packing, no shards.
/// </summary>
internal sealed class DoubleReference
{
    private readonly Graph _graph;
    private readonly int _rows;
    private readonly Dictionary<Node, Dual[]> _values = [];
    private (object? Of, int At) _direction;

    public DoubleReference(Graph graph, int rows)
    {
        _graph = graph;
        _rows = rows;
    }

    /// <summary>Parameters and tables by name, row-major.</summary>
    public Dictionary<string, double[]> Weights { get; } = [];

    /// <summary>Dense inputs, [rows, width].</summary>
    public Dictionary<Node, double[]> Inputs { get; } = [];

    public Dictionary<IdNode, int[]> Ids { get; } = [];

    public Dictionary<BagNode, (int[] Offsets, int[] Ids)> Bags { get; } = [];

    /// <summary>Sets the only bag of a graph.</summary>
    public (int[] Offsets, int[] Ids) Bag
    {
        init
        {
            foreach (var node in _graph.BagInputs) Bags[node] = value;
        }
    }

    /// <summary>The numbers that a plan works with, as they are in float.</summary>
    public void Take(ParameterStore store, TrainingPlan plan)
    {
        foreach (var parameter in _graph.Parameters) Weights[parameter.Name] = Doubles(store.Values(parameter));
        foreach (var table in _graph.Tables) Weights[table.Name] = [.. Enumerable.Range(0, table.Rows).SelectMany(row => Doubles(store.Values(table, row)))];
        foreach (var op in _graph.Ops.OfType<InputOp>()) Inputs[op.Output] = Doubles(plan.Input(op.Output)[..(_rows * op.Width)]);
        foreach (var node in _graph.IdInputs) Ids[node] = plan.Input(node)[..(_rows * node.Fields)].ToArray();
        foreach (var node in _graph.BagInputs) Bags[node] = plan.Bag(node);
    }

    public double[] Value(Node node)
    {
        Walk();
        return [.. _values[node].Select(v => v.Value)];
    }

    /// <summary>Σ weight × loss.</summary>
    public double Loss(IReadOnlyList<double> weights)
    {
        Walk();
        return Total(weights).Value;
    }

    /// <summary>The derivatives of Σ weight × loss by every number of a parameter or table (by name) or of a dense input (by node).</summary>
    public double[] Gradient(object of, IReadOnlyList<double> weights)
    {
        var gradient = new double[of is string name ? Weights[name].Length : Inputs[(Node)of].Length];
        for (var i = 0; i < gradient.Length; i++)
        {
            _direction = (of, i);
            Walk();
            gradient[i] = Total(weights).Slope;
        }

        _direction = default;
        return gradient;
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        return doubles;
    }

    private void Walk()
    {
        _values.Clear();
        foreach (var op in _graph.Ops) _values[op.Output] = ReferenceRules.Value(op, new Numbers(this));
    }

    private Dual Total(IReadOnlyList<double> weights)
    {
        Dual sum = 0;
        for (var l = 0; l < weights.Count; l++)
            if (weights[l] != 0)
                sum += weights[l] * ReferenceRules.Value(_graph.Losses[l], new Numbers(this));
        return sum;
    }

    private Dual[] Along(object of, double[] values)
    {
        var duals = new Dual[values.Length];
        for (var i = 0; i < duals.Length; i++) duals[i] = new Dual(values[i], Equals(_direction.Of, of) && _direction.At == i ? 1 : 0);
        return duals;
    }

    /// <summary>What a rule may read.</summary>
    public readonly struct Numbers(DoubleReference of)
    {
        public int Rows => of._rows;

        public Dual[] Of(Node node) => of._values[node];

        public Dual[] Of(Parameter parameter) => of.Along(parameter.Name, of.Weights[parameter.Name]);

        public Dual[] Of(Table table) => of.Along(table.Name, of.Weights[table.Name]);

        public Dual[] Input(Node node) => of.Along(node, of.Inputs[node]);

        public int[] Ids(IdNode node) => of.Ids[node];

        public int[] Scenario => of.Ids[of._graph.IdInputs.Single(ids => ids.Name == "scenario")];

        public (int[] Offsets, int[] Ids) Bag(BagNode node) => of.Bags[node];

        /// <summary>Where the tokens of each row of the batch begin and end.</summary>
        public int[] Offsets(BagNode tokens) => of.Bags[tokens].Offsets;

        /// <summary>Rows of a node: those of the batch, or its tokens.</summary>
        public int RowsOf(Node node) => node.Tokens is { } tokens ? Offsets(tokens)[^1] : of._rows;
    }
}
