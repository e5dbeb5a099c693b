namespace Sundry.Compute;

/// <summary>Refuses ids that their tables do not have, before any shard reads memory through them.</summary>
internal static unsafe class IdCheck
{
    public static void All(ReadOnlySpan<Op> ops, PlanInputs inputs, int rows)
    {
        foreach (var op in ops)
        {
            if (op is LookupOp lookup)
            {
                var ids = new ReadOnlySpan<int>(inputs.Ids(lookup.Ids), rows * lookup.Ids.Fields);
                PlanInputs.Check(ids, lookup.Table, lookup.Ids.Name);
            }
            else if (op is PoolOp pool)
            {
                if (rows > inputs.BagRows(pool.Bag))
                    throw new ArgumentOutOfRangeException(nameof(rows), $"{rows} rows; bag '{pool.Bag.Name}' was set for {inputs.BagRows(pool.Bag)}");
                var count = inputs.BagOffsets(pool.Bag)[rows];
                PlanInputs.Check(new ReadOnlySpan<int>(inputs.BagIds(pool.Bag), count), pool.Table, pool.Bag.Name);
            }
        }
    }
}
