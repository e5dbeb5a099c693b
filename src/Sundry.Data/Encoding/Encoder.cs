namespace Sundry.Data;

/// <summary>What was fitted on the training part, and nothing but it: turns raw rows into batches, the same way in training and in serving.</summary>
public sealed class Encoder
{
    /// <summary>The columns that it produces.</summary>
    public Layout Layout => throw new NotSupportedException();

    /// <summary>The columns that features are made from; a table to predict on must have them.</summary>
    public IReadOnlyList<string> InputColumns => throw new NotSupportedException();

    /// <summary>Reads an encoder that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The document is not one, or its values do not fit together.</exception>
    public static Encoder Load(Stream json) => throw new NotSupportedException();

    /// <summary>Writes it as one JSON document.</summary>
    public void Save(Stream json) => throw new NotSupportedException();

    /// <summary>Binds it to a table's columns.</summary>
    /// <param name="header">The table's columns, in order.</param>
    /// <param name="file">The table's file, for messages.</param>
    /// <exception cref="InputException">A feature's column is missing. Label, mask and weight columns may be missing: labels are NaN then, weights 1.</exception>
    public RowEncoder For(IReadOnlyList<string> header, string file) => throw new NotSupportedException();
}
