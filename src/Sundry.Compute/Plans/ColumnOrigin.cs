namespace Sundry.Compute;

/// <summary>Where a column of a layer's input comes from unchanged: a column of what an op computes, or an input.</summary>
/// <param name="Source">The node that has it.</param>
/// <param name="Column">Its column there.</param>
/// <param name="Lookup">The lookup that computes the node; null where it is something else.</param>
internal readonly record struct ColumnOrigin(Node Source, int Column, LookupOp? Lookup)
{
    /// <summary>The origins of a node's columns.</summary>
    /// <param name="node">The node.</param>
    /// <param name="plan">The plan's op of each node.</param>
    public static ColumnOrigin[] Of(Node node, IReadOnlyDictionary<Node, Op> plan)
    {
        // an op that was fused has a value of its own, whatever the graph says of its node
        var op = plan.GetValueOrDefault(node) ?? node.Op;
        return op switch
        {
            ConcatOp concat => [.. concat.Inputs.SelectMany(input => Of(input, plan))],
            SliceOp slice => Of(slice.Inputs[0], plan)[slice.Start..(slice.Start + slice.Width)],
            _ when op is not InputOp && op.IsIdentity(training: false) => Of(op.Inputs[0], plan),
            _ => [.. Enumerable.Range(0, op.Width).Select(column => new ColumnOrigin(node, column, op as LookupOp))],
        };
    }
}
