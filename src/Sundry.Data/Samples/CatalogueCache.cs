using System.Runtime.CompilerServices;

namespace Sundry.Data;

/// <summary>
/// What the catalogue's columns come to in the rows of items that were encoded lately, kept until one of those columns changes: an item is shown again and again, and its columns lie
/// far apart. Not for use by several threads at once.
/// </summary>
/// <param name="columns">The catalogue's columns that are read.</param>
/// <param name="ids">Places in a row's ids.</param>
/// <param name="numbers">Places in a row's numbers.</param>
internal sealed class CatalogueCache(NamedColumn[] columns, int[] ids, int[] numbers)
{
    private const int Least = 256;
    private const int Most = 1 << 17;

    // the item and one, the columns' changes so far, ids, numbers
    private readonly int _width = 2 + ids.Length + numbers.Length;
    private int[] _rows = [];
    private int _mask = -1;

    /// <summary>Writes an item's values where they are known.</summary>
    /// <param name="item">The item; -1: none.</param>
    /// <param name="idsOfRow">The row's ids.</param>
    /// <param name="numbersOfRow">The row's numbers.</param>
    public bool TryRead(int item, Span<int> idsOfRow, Span<float> numbersOfRow)
    {
        if (item < 0 || _mask < 0) return false;
        var row = _rows.AsSpan((item & _mask) * _width, _width);
        if (row[0] != item + 1 || row[1] != Changes()) return false;
        for (int i = 0; i < ids.Length; i++) idsOfRow[ids[i]] = row[2 + i];
        for (int i = 0; i < numbers.Length; i++) numbersOfRow[numbers[i]] = BitConverter.Int32BitsToSingle(row[2 + ids.Length + i]);
        return true;
    }

    /// <summary>Keeps what an item's values were found to be.</summary>
    /// <param name="item">The item, less than <paramref name="items"/>.</param>
    /// <param name="items">How many there are, so that there is room in proportion.</param>
    /// <param name="idsOfRow">The row's ids.</param>
    /// <param name="numbersOfRow">The row's numbers.</param>
    public void Keep(int item, int items, ReadOnlySpan<int> idsOfRow, ReadOnlySpan<float> numbersOfRow)
    {
        if ((uint)item >= (uint)items) return;
        int room = (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)items), Least, Most);
        if (room > _mask + 1)
        {
            _rows = new int[room * _width];
            _mask = room - 1;
        }

        var row = _rows.AsSpan((item & _mask) * _width, _width);
        row[0] = item + 1;
        row[1] = Changes();
        for (int i = 0; i < ids.Length; i++) row[2 + i] = idsOfRow[ids[i]];
        for (int i = 0; i < numbers.Length; i++) row[2 + ids.Length + i] = BitConverter.SingleToInt32Bits(numbersOfRow[numbers[i]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Changes()
    {
        int changes = 0;
        foreach (var column in columns) changes += column.Changes;
        return changes;
    }
}
