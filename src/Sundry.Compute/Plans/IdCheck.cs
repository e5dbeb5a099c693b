namespace Sundry.Compute;

/// <summary>Refuses ids that their tables do not have, before a shard reads memory through them.</summary>
internal static unsafe class IdCheck
{
    /// <summary>Looks at the ids of one shard's rows.</summary>
    public static void Shard(ReadOnlySpan<Op> ops, PlanInputs inputs, Frame frame)
    {
        foreach (var op in ops)
        {
            if (op is LookupOp lookup)
            {
                var ids = new ReadOnlySpan<int>(frame.Ids(lookup.Ids), frame.Rows * lookup.Ids.Fields);
                PlanInputs.Check(ids, lookup.Table, lookup.Ids.Name);
            }
            else if (op is PoolOp pool)
            {
                var end = frame.FirstRow + frame.Rows;
                if (end > inputs.BagRows(pool.Bag))
                    throw new ArgumentOutOfRangeException(nameof(frame), $"{frame.BatchRows} rows; bag '{pool.Bag.Name}' was set for {inputs.BagRows(pool.Bag)}");
                var first = frame.BagOffsets(pool.Bag)[0];
                var ids = new ReadOnlySpan<int>(inputs.BagIds(pool.Bag) + first, frame.BagOffsets(pool.Bag)[frame.Rows] - first);
                PlanInputs.Check(ids, pool.Table, pool.Bag.Name);
            }
        }
    }
}
