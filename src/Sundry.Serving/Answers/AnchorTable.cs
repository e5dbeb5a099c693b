namespace Sundry.Serving;

/// <summary>By which of the visitor's items others were found: the first, which is the newest. It keeps its room from request to request.</summary>
internal sealed class AnchorTable
{
    private readonly ItemTable _items = new();
    private readonly Candidate[] _neighbours = new Candidate[byte.MaxValue];
    private int[] _anchors = new int[PairSource.Newest * 32];

    /// <summary>Looks at the neighbours of some items.</summary>
    public void Read(PairCounts pairs, ReadOnlySpan<int> items)
    {
        _items.Clear();
        for (var anchor = 0; anchor < items.Length; anchor++)
        {
            var count = pairs.Read(items[anchor], _neighbours);
            foreach (var (other, score) in _neighbours.AsSpan(0, count))
                if (score > 0) Take(other, anchor);
        }
    }

    /// <summary>The place, among the items that were given, of the one by which an item was found; -1 where none was.</summary>
    public int Find(int item) => _items.Find(item) is >= 0 and var place ? _anchors[place] : -1;

    private void Take(int item, int anchor)
    {
        var known = _items.Count;
        var place = _items.Take(item);
        if (place != known) return;
        if (place == _anchors.Length) Array.Resize(ref _anchors, 2 * place);
        _anchors[place] = anchor;
    }
}
