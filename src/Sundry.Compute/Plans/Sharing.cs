namespace Sundry.Compute;

/// <summary>
/// Finds what a call computes once for all of its rows: an op whose inputs are shared altogether runs for one row, and a linear layer of
/// which some columns are shared is split in two, the shared part becoming the bias of the other, and fields of few values being looked up.
/// </summary>
internal sealed class Sharing
{
    /// <summary>A layer narrower than this is not worth bringing its own columns together, unless that is done for another already.</summary>
    private const int LeastOutputs = 32;

    private readonly SharedInputs _inputs;
    private readonly Dictionary<Node, bool[]> _shared = [];
    private readonly Dictionary<Node, SplitLinearOp> _splits = [];
    private readonly ParameterStore _store;
    private readonly Dictionary<Node, Op> _plan;
    private readonly long _bytes;

    private Sharing(Op[] ops, SharedInputs inputs, ParameterStore store, long bytes) => (_plan, _inputs, _store, _bytes) = (ops.ToDictionary(op => op.Output), inputs, store, bytes);

    /// <summary>The same plan, with what is shared computed once.</summary>
    /// <param name="ops">The plan.</param>
    /// <param name="inputs">What is shared.</param>
    /// <param name="store">The weights.</param>
    /// <param name="outputs">What the plan is asked for; null for every node.</param>
    /// <param name="bytes">Memory for what single values of fields come to.</param>
    public static Op[] Plan(Op[] ops, SharedInputs inputs, ParameterStore store, IReadOnlyList<Node>? outputs, long bytes)
    {
        var sharing = new Sharing(ops, inputs, store, bytes);
        foreach (var op in ops) sharing._shared[op.Output] = sharing.Columns(op);
        sharing.KeepTokensTogether(ops);
        Op[] rewritten = [.. ops.Select(sharing.Rewrite)];
        return outputs is null ? rewritten : Read(rewritten, outputs);
    }

    // a layer that is divided reads lookups past what puts them side by side, of which little may be left to be read
    private static Op[] Read(Op[] ops, IReadOnlyList<Node> outputs)
    {
        var read = new HashSet<Node>();
        void Want(Node node)
        {
            for (read.Add(node); node.Op is not InputOp && node.Op.IsIdentity(training: false); read.Add(node)) node = node.Op.Inputs[0];
        }

        foreach (var output in outputs) Want(output);
        var kept = new List<Op>();
        foreach (var op in ops.Reverse())
        {
            if (op is not InputOp && !read.Contains(op.Output)) continue;
            kept.Add(op);
            foreach (var input in op.Inputs) Want(input);
        }

        kept.Reverse();
        return [.. kept];
    }

    private Op Rewrite(Op op)
    {
        var columns = _shared[op.Output];
        if (op is InputOp || op.IsIdentity(training: false)) return op;
        if (columns.All(c => c)) return new OnceOp(op) { Output = op.Output };
        if (op is not LinearOp { Tokens: null } linear || Of(linear.Inputs[0]) is not { } x || !x.Any(c => c)) return op;
        var first = _splits.GetValueOrDefault(linear.Inputs[0]);
        if (first is null && op.Width < LeastOutputs) return op;
        // the first input that is divided is that of the features, as a rule; what lies behind depends on the request
        var (shared, own) = first?.Columns ?? Divide(linear.Inputs[0], x, _splits.Count == 0 ? _bytes : 0);
        var split = new SplitLinearOp(linear, shared, own, first) { Output = op.Output };
        _splits.TryAdd(linear.Inputs[0], split);
        return split;
    }

    // what each row has of its own saves more when it is looked up
    private (SplitColumns Shared, SplitColumns Own) Divide(Node x, bool[] shared, long bytes)
    {
        var origins = ColumnOrigin.Of(x, _plan);
        var width = _plan.Values.OfType<LinearOp>().Where(op => op.Tokens is null && op.Inputs[0] == x).Sum(op => BlockedSums.Padded(op.Width));
        var rows = bytes / sizeof(float) / width;
        var own = new SplitColumns(_store, origins, [.. shared.Select(s => !s)], ref rows);
        return (new SplitColumns(_store, origins, shared, ref rows), own);
    }

    // column by column, where an op moves columns without mixing them
    private bool[] Columns(Op op)
    {
        switch (op)
        {
            case InputOp:
                return _inputs.Dense.GetValueOrDefault(op.Output) ?? new bool[op.Width];
            case LookupOp lookup:
                var fields = _inputs.Ids.GetValueOrDefault(lookup.Ids) ?? new bool[lookup.Ids.Fields];
                return [.. fields.SelectMany(f => Enumerable.Repeat(f, lookup.Table.Width))];
            case IBagOp { Bag: var bag }:
                return All(op, _inputs.Has(bag) && (op.Tokens is null || _inputs.Has(bag.Lead)));
            case var _ when op.Tokens is not null:
                return All(op, op.Inputs.All(i => Of(i).All(c => c)));
            case ConcatOp:
                return [.. op.Inputs.SelectMany(Of)];
            case SliceOp slice:
                return Of(op.Inputs[0])[slice.Start..(slice.Start + op.Width)];
            default:
                if (op.IsIdentity(training: false)) return Of(op.Inputs[0]);
                return All(op, op.Inputs.Length > 0 && op.Inputs.All(i => Of(i).All(c => c)));
        }
    }

    // the tokens of a shared row are computed once where they are read by what is computed once alone
    private void KeepTokensTogether(Op[] ops)
    {
        var read = new HashSet<Node>();
        foreach (var op in ops.Reverse())
        {
            // an output is read by the caller, for every row
            if (op.Tokens is not null && !read.Contains(op.Output)) _shared[op.Output] = All(op, false);
            var once = _shared[op.Output].All(c => c);
            foreach (var input in op.Inputs)
            {
                if (input.Tokens is null) continue;
                read.Add(input);
                if (!once) _shared[input] = All(input.Op, false);
            }
        }
    }

    // an input has no step of the plan to be met at
    private bool[] Of(Node node) => _shared.TryGetValue(node, out var columns) ? columns : _shared[node] = Columns(node.Op);

    private static bool[] All(Op op, bool shared)
    {
        var columns = new bool[op.Width];
        Array.Fill(columns, shared);
        return columns;
    }
}
