namespace Sundry.Compute;

/// <summary>What the gradient of one loss can reach: the nodes on the way back from it, and the parameters and tables there.</summary>
internal sealed class TaskReach
{
    private readonly bool[] _nodes;
    private readonly bool[] _parameters;
    private readonly bool[] _tables;

    /// <summary>Walks back from the losses, through the ops of a plan.</summary>
    public TaskReach(Graph graph, Op[] ops, IEnumerable<Loss> losses)
    {
        _nodes = new bool[graph.Ops.Count];
        _parameters = new bool[graph.Parameters.Count];
        _tables = new bool[graph.Tables.Count];
        foreach (var loss in losses)
            foreach (var node in loss.Inputs)
                _nodes[node.Index] = true;
        for (var i = ops.Length - 1; i >= 0; i--)
        {
            var op = ops[i];
            if (!op.NeedsGradient || !_nodes[op.Output.Index]) continue;
            foreach (var parameter in op.Parameters)
                if (parameter.Trainable)
                    _parameters[parameter.Index] = true;
            if (op is ISparseOp sparse) _tables[sparse.Table.Index] = true;
            foreach (var input in op.Inputs) _nodes[input.Index] = true;
        }
    }

    public bool Has(Node node) => _nodes[node.Index];

    public bool Has(Parameter parameter) => _parameters[parameter.Index];

    public bool Has(Table table) => _tables[table.Index];
}
