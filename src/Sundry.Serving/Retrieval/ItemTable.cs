namespace Sundry.Serving;

/// <summary>Gives items places 0, 1, 2 … in the order in which they come. It keeps its room from use to use and is emptied in no time: for what is counted by item within one request.</summary>
internal sealed class ItemTable
{
    private const int RoomAtFirst = 256;
    private const uint Mixing = 2_654_435_769;

    private int[] _items = new int[RoomAtFirst / 2];
    // the era of an entry above, its place below; an entry of another era is none
    private ulong[] _slots = new ulong[RoomAtFirst];
    private int _shift = Shift(RoomAtFirst);
    private uint _era = 1;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The items by place.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Count = 0;
        if (++_era != 0) return;
        Array.Clear(_slots);
        _era = 1;
    }

    /// <summary>An item's place, or -1.</summary>
    public int Find(int item)
    {
        var slot = _slots[Slot(item)];
        return slot >> 32 == _era ? (int)(uint)slot : -1;
    }

    /// <summary>Whether an item is there.</summary>
    public bool Has(int item) => Find(item) >= 0;

    /// <summary>An item's place; the next one where it has none, which is then <see cref="Count"/> before the call.</summary>
    public int Take(int item)
    {
        var at = Slot(item);
        if (_slots[at] >> 32 == _era) return (int)(uint)_slots[at];
        if (Count == _items.Length)
        {
            Grow();
            at = Slot(item);
        }

        _slots[at] = ((ulong)_era << 32) | (uint)Count;
        _items[Count] = item;
        return Count++;
    }

    private static int Shift(int slots) => 32 - int.Log2(slots);

    // where it is, or where it would be; half of all slots are free
    private int Slot(int item)
    {
        for (var at = (int)((uint)item * Mixing >> _shift); ; at = (at + 1) & (_slots.Length - 1))
            if (_slots[at] >> 32 != _era || _items[(int)(uint)_slots[at]] == item) return at;
    }

    private void Grow()
    {
        Array.Resize(ref _items, 2 * _items.Length);
        _slots = new ulong[2 * _items.Length];
        _shift = Shift(_slots.Length);
        _era = 1;
        for (var place = 0; place < Count; place++) _slots[Slot(_items[place])] = (1UL << 32) | (uint)place;
    }
}
