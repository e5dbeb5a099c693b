using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Batches of uniform random ids, histories of full length, and fair random labels, drawn before anything is measured.</summary>
internal static class SyntheticBatches
{
    /// <summary>So many different batches that a table of a million rows does not lie in the cache already.</summary>
    public const int Count = 64;

    /// <summary>Draws <see cref="Count"/> full batches of <paramref name="rows"/> rows.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="rows">Rows a batch.</param>
    /// <param name="sharedFields">The first so many fields have one value for all rows of a batch.</param>
    /// <param name="seed">All that the values depend on.</param>
    public static Batch[] Draw(Layout layout, int rows, int sharedFields, int seed)
    {
        var ids = CounterRandom.Derive((ulong)seed, "ids");
        var labels = CounterRandom.Derive((ulong)seed, "labels");
        var batches = new Batch[Count];
        for (var b = 0; b < batches.Length; b++)
        {
            var batch = batches[b] = new Batch(layout, rows) { Count = rows };
            Array.Fill(batch.Weights, 1f);
            var first = (ulong)b * (ulong)batch.Ids.Length;
            for (var i = 0; i < batch.Ids.Length; i++)
            {
                var field = i % layout.Ids.Count;
                batch.Ids[i] = field < sharedFields && i >= layout.Ids.Count
                    ? batch.Ids[field]
                    : (int)(CounterRandom.Bits(ids, first + (ulong)i) % (ulong)layout.Ids[field].Rows);
            }

            for (var bag = 0; bag < layout.Bags.Count; bag++)
            {
                var field = layout.Bags[bag];
                var members = CounterRandom.Derive((ulong)seed, field.Name);
                var all = batch.BagIds[bag] = new int[rows * field.Length];
                for (var i = 0; i < all.Length; i++) all[i] = (int)(CounterRandom.Bits(members, (ulong)b * (ulong)all.Length + (ulong)i) % (ulong)field.Rows);
                for (var row = 0; row <= rows; row++) batch.BagOffsets[bag][row] = row * field.Length;
            }

            first = (ulong)b * (ulong)batch.Labels.Length;
            for (var i = 0; i < batch.Labels.Length; i++)
                batch.Labels[i] = CounterRandom.Bits(labels, first + (ulong)i) & 1;
        }

        return batches;
    }
}
