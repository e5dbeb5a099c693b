namespace Sundry.Compute;

/// <summary>
/// Who teaches what: which parameters and tables several tasks reach (the shared tensors, which balancing is about), which only one does, and
/// which a penalty reaches besides.
/// </summary>
internal sealed class SharedTensors
{
    private readonly int[] _ofParameter;
    private readonly int[] _ofTable;

    /// <summary>Sorts the parameters and tables of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ops">The plan's ops.</param>
    /// <param name="tasks">The first so many losses are tasks; the others are penalties.</param>
    public SharedTensors(Graph graph, Op[] ops, int tasks)
    {
        Reach = [.. Enumerable.Range(0, tasks).Select(t => new TaskReach(graph, ops, [graph.Losses[t]]))];
        if (graph.Losses.Count > tasks) Reach = [.. Reach, new TaskReach(graph, ops, graph.Losses.Skip(tasks))];
        Tasks = tasks;
        foreach (var parameter in graph.Parameters)
        {
            if (!parameter.Trainable) continue;
            var walks = Reach.Count(r => r.Has(parameter));
            if (walks > 1) Stored.Add(parameter);
            else if (walks == 1) Alone.Add((parameter, Array.FindIndex(Reach, r => r.Has(parameter))));
            if (IsShared(r => r.Has(parameter))) Parameters.Add(parameter);
        }

        Tables = [.. graph.Tables.Where(t => IsShared(r => r.Has(t)))];
        _ofParameter = [.. graph.Parameters.Select(p => Parameters.IndexOf(p))];
        _ofTable = [.. graph.Tables.Select(t => Tables.Contains(t) ? Parameters.Count + Array.IndexOf(Tables, t) : -1)];
        var last = ops.LastOrDefault(op => op.Packed is not null && op.Parameters.ToArray().Any(Parameters.Contains));
        LastLayer = last is null ? [] : [.. last.Parameters.ToArray().Where(Parameters.Contains).Select(p => Parameters.IndexOf(p))];
        Representation = [.. ops.Where(op => IsRepresentation(op, ops, graph, tasks)).Select(op => op.Output)];
    }

    /// <summary>By task, and last of all penalties together where there are any: what its gradient reaches.</summary>
    public TaskReach[] Reach { get; }

    public int Tasks { get; }

    /// <summary>Parameters that several tasks reach.</summary>
    public List<Parameter> Parameters { get; } = [];

    /// <summary>Tables that several tasks reach.</summary>
    public Table[] Tables { get; }

    /// <summary>Parameters that more than one walk reaches, so that each walk's gradient of them is kept by itself.</summary>
    public List<Parameter> Stored { get; } = [];

    /// <summary>Parameters that a single walk reaches, and which.</summary>
    public List<(Parameter Parameter, int Walk)> Alone { get; } = [];

    /// <summary>Among <see cref="Parameters"/>, those of the last shared layer.</summary>
    public int[] LastLayer { get; }

    /// <summary>Nodes that shared layers lead to and that a task reads by itself.</summary>
    public Node[] Representation { get; }

    /// <summary>The number of a shared tensor; −1 for what is not shared.</summary>
    public int Of(Parameter parameter) => _ofParameter[parameter.Index];

    /// <summary>The number of a shared tensor; −1 for what is not shared.</summary>
    public int Of(Table table) => _ofTable[table.Index];

    private bool IsShared(Func<TaskReach, bool> reaches) => Reach.Take(Tasks).Count(reaches) > 1;

    // the embeddings themselves, which a gate may read too, lie below every shared layer
    private bool IsRepresentation(Op op, Op[] ops, Graph graph, int tasks)
    {
        var node = op.Output;
        if (!op.NeedsGradient || node.Tokens is not null || !IsShared(r => r.Has(node)) || !IsBehindLayer(node, ops)) return false;
        var readers = ops.Where(o => o.NeedsGradient && o.Inputs.Contains(node)).Select(o => o.Output).ToArray();
        return readers.Any(reader => Reach.Take(tasks).Count(r => r.Has(reader)) == 1) || graph.Losses.Take(tasks).Any(l => l.Prediction == node);
    }

    private bool IsBehindLayer(Node node, Op[] ops)
    {
        var seen = new HashSet<Node> { node };
        for (var i = ops.Length - 1; i >= 0; i--)
        {
            if (!seen.Contains(ops[i].Output)) continue;
            foreach (var parameter in ops[i].Parameters)
                if (Parameters.Contains(parameter))
                    return true;
            foreach (var input in ops[i].Inputs) seen.Add(input);
        }

        return false;
    }
}
