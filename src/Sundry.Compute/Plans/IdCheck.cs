namespace Sundry.Compute;

/// <summary>Refuses ids that their tables do not have, before any shard reads memory through them.</summary>
internal static unsafe class IdCheck
{
    public static void All(Graph graph, PlanInputs inputs, int rows)
    {
        foreach (var op in graph.Ops)
        {
            if (op is LookupOp lookup)
            {
                var ids = new ReadOnlySpan<int>(inputs.Ids(lookup.Ids), rows * lookup.Ids.Fields);
                PlanInputs.Check(ids, lookup.Table, lookup.Ids.Name);
            }
            else if (op is PoolOp pool)
            {
                var count = rows == 0 ? 0 : inputs.BagOffsets(pool.Bag)[rows];
                PlanInputs.Check(new ReadOnlySpan<int>(inputs.BagIds(pool.Bag), count), pool.Table, pool.Bag.Name);
            }
        }
    }
}
