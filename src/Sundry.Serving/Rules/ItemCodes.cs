namespace Sundry.Serving;

/// <summary>
/// Numbers in place of the values of items' attributes, side by side in memory: whether two items have the same value is asked of many items at once, and to look at each item's own
/// texts takes several times as long. A change of an item is told by <see cref="Follow"/>; any number may read meanwhile.
/// </summary>
internal sealed class ItemCodes(ItemShelf shelf)
{
    private readonly Lock _changing = new();
    private Column[] _columns = [];

    /// <summary>The codes of an attribute, of all items from now on.</summary>
    /// <param name="attribute">The number of its name.</param>
    public Column Of(int attribute)
    {
        lock (_changing)
        {
            if (Array.Find(_columns, c => c.Attribute == attribute) is { } there) return there;
            var column = new Column(attribute);
            for (var item = 0; item < shelf.Count; item++) column.Set(item, shelf[item]);
            Volatile.Write(ref _columns, [.. _columns, column]);
            return column;
        }
    }

    /// <summary>Takes an item as it is now.</summary>
    public void Follow(int item)
    {
        lock (_changing)
            foreach (var column in _columns) column.Set(item, shelf[item]);
    }

    /// <summary>One attribute's codes; equal codes are equal values.</summary>
    internal sealed class Column(int attribute)
    {
        private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
        private int[] _ofItem = [];

        /// <summary>The number of the attribute's name.</summary>
        public int Attribute => attribute;

        /// <summary>[items] the codes, 0 where the attribute is missing; items behind the end lack it too.</summary>
        public ReadOnlySpan<int> Codes => Volatile.Read(ref _ofItem);

        public void Set(int item, ShelfItem? value)
        {
            var text = value?.Facts[attribute].Text ?? "";
            var code = 0;
            if (text.Length > 0 && !_codes.TryGetValue(text, out code)) _codes.Add(text, code = _codes.Count + 1);
            if (item >= _ofItem.Length)
            {
                if (code == 0) return;
                var larger = new int[Math.Max(item + 1, 2 * _ofItem.Length)];
                _ofItem.CopyTo(larger, 0);
                Volatile.Write(ref _ofItem, larger);
            }

            Volatile.Write(ref _ofItem[item], code);
        }
    }
}
