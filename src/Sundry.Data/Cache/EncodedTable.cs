namespace Sundry.Data;

/// <summary>Encoded rows on disk, memory-mapped.</summary>
public sealed class EncodedTable : IDisposable
{
    internal EncodedTable(Layout layout, int count)
    {
        Layout = layout;
        Count = count;
    }

    /// <summary>How many rows it holds.</summary>
    public int Count { get; }

    /// <summary>The columns.</summary>
    public Layout Layout { get; }

    /// <summary>Replaces the batch's rows with rows <paramref name="start"/>..<paramref name="start"/>+<paramref name="count"/>-1.</summary>
    public void Fill(Batch batch, int start, int count) => throw new NotSupportedException();

    /// <summary>Replaces the batch's rows with these rows, in this order.</summary>
    public void Fill(Batch batch, ReadOnlySpan<int> rows) => throw new NotSupportedException();

    /// <summary>Copies a task's whole label column; <paramref name="destination"/> holds <see cref="Count"/> values or more.</summary>
    public void ReadLabels(int task, Span<float> destination) => throw new NotSupportedException();

    /// <summary>Copies the whole column of sample weights; <paramref name="destination"/> holds <see cref="Count"/> values or more.</summary>
    public void ReadWeights(Span<float> destination) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
