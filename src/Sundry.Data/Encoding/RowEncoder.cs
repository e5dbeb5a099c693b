namespace Sundry.Data;

/// <summary>An encoder bound to the columns of one table.</summary>
public sealed class RowEncoder
{
    /// <summary>Whether the table has what the task's labels are made from.</summary>
    public bool HasLabels(int task) => throw new NotSupportedException();

    /// <summary>Encodes a row and appends it to the batch.</summary>
    /// <exception cref="InputException">A value cannot be read; the batch is as before.</exception>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Append(Batch batch, RawRow row) => throw new NotSupportedException();

    /// <summary>Encodes a row and appends it to the batch, or says in one sentence why it cannot be read; the batch is as before then.</summary>
    public bool TryAppend(Batch batch, RawRow row, out string? reason) => throw new NotSupportedException();
}
