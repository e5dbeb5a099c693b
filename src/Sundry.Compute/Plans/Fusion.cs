namespace Sundry.Compute;

/// <summary>
/// The ops that a plan runs for a graph: those that lead to what is asked for, with relu, and dropout after it, taken into the op whose result
/// they alone read, and the attention of a deep interest network as one. What is fused away has no value of its own any more.
/// </summary>
internal static class Fusion
{
    /// <summary>The ops in the order of the walk.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">What is to be computed; null for every node, each kept.</param>
    /// <param name="watched">Nodes whose values must stay.</param>
    public static Op[] Plan(Graph graph, IReadOnlyList<Node>? outputs, IReadOnlyList<Node> watched)
    {
        if (outputs is null) return [.. graph.Ops];
        var needed = Needed(graph, [.. outputs, .. watched]);
        var readers = new int[graph.Ops.Count];
        foreach (var node in outputs.Concat(watched)) readers[node.Index]++;
        foreach (var op in graph.Ops)
            if (needed[op.Output.Index])
                foreach (var input in op.Inputs)
                    readers[input.Index]++;

        var plan = new Op?[graph.Ops.Count];
        foreach (var op in graph.Ops)
        {
            var i = op.Output.Index;
            if (!needed[i]) continue;
            plan[i] = TargetScoreOp.Of(op, plan, readers) ?? op;
            if (op.Inputs.Length != 1 || readers[op.Inputs[0].Index] != 1 || plan[op.Inputs[0].Index] is not ActivatedOp before) continue;
            Activated? then = op switch
            {
                ReluOp when before.Activated == Activated.Not => new Activated(true, 1),
                DropoutOp dropout when before.Activated == new Activated(true, 1) => new Activated(true, dropout.Keep),
                _ => null,
            };
            if (then is null) continue;
            var fused = before.Then(then.Value);
            fused.Output = op.Output;
            plan[i] = fused;
            plan[op.Inputs[0].Index] = null;
        }

        return [.. plan.OfType<Op>()];
    }

    private static bool[] Needed(Graph graph, List<Node> outputs)
    {
        var needed = new bool[graph.Ops.Count];
        foreach (var node in outputs) needed[node.Index] = true;
        for (var i = graph.Ops.Count - 1; i >= 0; i--)
            if (needed[i])
                foreach (var input in graph.Ops[i].Inputs)
                    needed[input.Index] = true;
        return needed;
    }
}
