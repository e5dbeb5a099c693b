namespace Sundry.Data;

/// <summary>
/// Encoded rows in buffers that are allocated once and filled again and again. F, N and T are the numbers of id columns, number columns and tasks of
/// the layout; all matrices are row-major.
/// </summary>
public sealed class Batch
{
    private int _count;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="capacity">The most rows that it can hold, at least 1.</param>
    public Batch(Layout layout, int capacity)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Layout = layout;
        Capacity = capacity;
        Ids = new int[(long)capacity * layout.Ids.Count];
        Numbers = new float[(long)capacity * layout.Numbers.Count];
        Labels = new float[(long)capacity * layout.Tasks.Count];
        Weights = new float[capacity];
        BagOffsets = new int[layout.Bags.Count][];
        BagIds = new int[layout.Bags.Count][];
        for (var bag = 0; bag < layout.Bags.Count; bag++)
        {
            BagOffsets[bag] = new int[capacity + 1];
            BagIds[bag] = new int[Math.Max(16, capacity * 4)];
        }
    }

    /// <summary>The columns.</summary>
    public Layout Layout { get; }

    /// <summary>The most rows that it can hold.</summary>
    public int Capacity { get; }

    /// <summary>How many rows it holds now, 0..<see cref="Capacity"/>; rows are filled by a table or a row encoder, or by hand.</summary>
    public int Count
    {
        get => _count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            _count = value;
        }
    }

    /// <summary>[Count, F] ids, each within its field's rows.</summary>
    public int[] Ids { get; }

    /// <summary>[Count, N] numbers, always finite.</summary>
    public float[] Numbers { get; }

    /// <summary>[Count, T] labels: 0 or 1, a number, or a class's index; NaN where the row is outside the task's rows or its label is missing.</summary>
    public float[] Labels { get; }

    /// <summary>[Count] sample weights; 1 where the data has none.</summary>
    public float[] Weights { get; }

    /// <summary>For each bag [Count + 1] offsets into its ids, beginning with 0.</summary>
    public int[][] BagOffsets { get; }

    /// <summary>For each bag the ids of all rows, one row after the other; grown as needed, so longer than the last offset.</summary>
    public int[][] BagIds { get; }

    /// <summary>Makes room for <paramref name="length"/> ids in a bag, keeping those that are there.</summary>
    internal void GrowBag(int bag, int length)
    {
        if (BagIds[bag].Length >= length) return;
        Array.Resize(ref BagIds[bag], Math.Max(length, BagIds[bag].Length * 2));
    }
}
