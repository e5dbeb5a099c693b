using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// Vectors of items from the embedding table of the model that answers: its rows without what all of them have in common (their mean), of length one, so that products are cosines. What users of
/// one taste click and buy got like rows. Users have none; they are the mean of their last items.
/// </summary>
internal sealed class TableVectors : IKnownVectors
{
    private readonly ItemRows _items;
    private readonly float[] _rows;

    private TableVectors(ItemRows items, float[] rows, int width) => (_items, _rows, Width) = (items, rows, width);

    /// <inheritdoc/>
    public int Width { get; }

    /// <summary>The vectors of a bundle's items; null where the model has no row for each item.</summary>
    public static TableVectors? Of(Bundle bundle)
    {
        if (ItemRows.Of(bundle.Encoder) is not { } items) return null;
        var column = 0;
        while (bundle.Model.Layout.Ids[column].Name != items.Feature) column++;
        // an architecture may have several tables; each says something of an item
        var tables = new List<(Table Table, int First)>();
        var width = 0;
        foreach (var table in bundle.Model.RowsOf(column))
        {
            if (width + table.Table.Width > VectorRows.MostColumns) break;
            tables.Add(table);
            width += table.Table.Width;
        }

        if (width == 0) return null;
        var rows = new float[(long)items.Rows * width];
        for (var row = 0; row < items.Rows; row++)
        {
            var into = rows.AsSpan(row * width, width);
            foreach (var (table, first) in tables)
            {
                bundle.Store.Values(table, first + row).CopyTo(into);
                into = into[table.Width..];
            }
        }

        Centre(rows, width);
        for (var row = 0; row < items.Rows; row++) SimilarSource.Unit(rows.AsSpan(row * width, width));
        return new TableVectors(items, rows, width);
    }

    /// <inheritdoc/>
    public bool TryItem(ReadOnlySpan<byte> item, Span<float> into)
    {
        if (_items.Find(item) is not (>= 0 and var row)) return false;
        _rows.AsSpan(row * Width, Width).CopyTo(into);
        return true;
    }

    /// <inheritdoc/>
    public bool TryUser(string user, Span<float> into) => false;

    private static void Centre(float[] rows, int width)
    {
        var mean = new double[width];
        for (var i = 0; i < rows.Length; i++) mean[i % width] += rows[i];
        for (var i = 0; i < rows.Length; i++) rows[i] -= (float)(mean[i % width] / (rows.Length / width));
    }
}
