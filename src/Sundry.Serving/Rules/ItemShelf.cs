namespace Sundry.Serving;

/// <summary>The items of the shop as they are now, by number. A change is seen by every answer that looks after it; nobody waits for anybody.</summary>
public sealed class ItemShelf
{
    private readonly Lock _changing = new();
    private ShelfItem?[] _items = [];
    private int _count;

    /// <summary>Hears of each change, one after the other, before the next is made: what is built of items follows it.</summary>
    public event Action<int, ShelfItem?>? Changed;

    /// <summary>The items that can be shown.</summary>
    public ItemBits OnSale { get; } = new();

    /// <summary>One more than the greatest number that an item has had.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The item, or null where there is none.</summary>
    public ShelfItem? this[int item]
    {
        get
        {
            var items = Volatile.Read(ref _items);
            return (uint)item < (uint)items.Length ? Volatile.Read(ref items[item]) : null;
        }
    }

    /// <summary>Puts an item on the shelf as it is now; null takes it off.</summary>
    public void Set(int item, ShelfItem? value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        lock (_changing)
        {
            if (item >= _items.Length)
            {
                var larger = new ShelfItem?[Math.Max(item + 1, 2 * _items.Length)];
                _items.CopyTo(larger, 0);
                Volatile.Write(ref _items, larger);
            }

            Volatile.Write(ref _items[item], value);
            OnSale.Set(item, value is { IsOnSale: true });
            Volatile.Write(ref _count, Math.Max(_count, item + 1));
            Changed?.Invoke(item, value);
        }
    }
}
