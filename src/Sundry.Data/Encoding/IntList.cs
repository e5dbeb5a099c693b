namespace Sundry.Data;

/// <summary>A growing array of integers that is cleared and used again.</summary>
internal sealed class IntList
{
    private int[] _items = new int[64];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    public void Add(int item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Forgets the items from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Puts the items from <paramref name="start"/> on into ascending order.</summary>
    public void Sort(int start) => _items.AsSpan(start, Count - start).Sort();

    /// <summary>Takes out <paramref name="count"/> items from <paramref name="start"/> on.</summary>
    public void Remove(int start, int count)
    {
        Array.Copy(_items, start + count, _items, start, Count - start - count);
        Count -= count;
    }

    /// <summary>Makes room for this many more items and hands it out to be written.</summary>
    public Span<int> Extend(int count)
    {
        if (Count + count > _items.Length) Array.Resize(ref _items, Math.Max(Count + count, _items.Length * 2));
        Count += count;
        return _items.AsSpan(Count - count, count);
    }
}
