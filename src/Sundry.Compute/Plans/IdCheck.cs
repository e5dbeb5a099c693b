namespace Sundry.Compute;

/// <summary>Refuses ids that their tables do not have, before a shard reads memory through them.</summary>
internal static unsafe class IdCheck
{
    /// <summary>Looks at the ids of one shard's rows.</summary>
    public static void Shard(ReadOnlySpan<Op> ops, PlanInputs inputs, Frame frame)
    {
        foreach (var op in ops)
        {
            // what is shared by all rows is read from the first
            if (op is OnceOp once) Rows(once.Inner, inputs, frame, 0, Math.Min(1, frame.Rows));
            else Rows(op, inputs, frame, frame.FirstRow, frame.Rows);
        }
    }

    private static void Rows(Op op, PlanInputs inputs, Frame frame, int first, int rows)
    {
        if (op is LookupOp lookup)
        {
            var fields = lookup.Ids.Fields;
            PlanInputs.Check(new ReadOnlySpan<int>(inputs.Ids(lookup.Ids) + (long)first * fields, rows * fields), lookup.Table, lookup.Ids.Name);
        }
        else if (op is FixedLookupOp fixedRows)
        {
            PlanInputs.Check(new ReadOnlySpan<int>(inputs.Ids(fixedRows.Ids) + (long)first * fixedRows.Ids.Fields, rows * fixedRows.Ids.Fields), fixedRows.Table, fixedRows.Ids.Name);
        }
        else if (op is IBagOp { Bag: var bag, Table: var table })
        {
            foreach (var node in (ReadOnlySpan<BagNode>)[bag, bag.Lead])
                if (first + rows > inputs.BagRows(node))
                    throw new ArgumentOutOfRangeException(nameof(rows), $"{frame.BatchRows} rows; bag '{node.Name}' was set for {inputs.BagRows(node)}");
            var offsets = inputs.BagOffsets(bag) + first;
            if (!new ReadOnlySpan<int>(offsets, rows + 1).SequenceEqual(new ReadOnlySpan<int>(inputs.BagOffsets(bag.Lead) + first, rows + 1)))
                throw new ArgumentOutOfRangeException(nameof(rows), $"bag '{bag.Name}' does not hold as many ids in every row as '{bag.Lead.Name}', which it goes along with");
            PlanInputs.Check(new ReadOnlySpan<int>(inputs.BagIds(bag) + offsets[0], offsets[rows] - offsets[0]), table, bag.Name);
        }
    }
}
