namespace Sundry.Serving;

/// <summary>The items with the greatest values, at most so many, in order. As long as values only grow it is exact, whatever comes and goes.</summary>
internal sealed class Leaders(int most)
{
    private readonly List<(double Value, int Item)> _list = [];

    /// <summary>Raises an item's value; <paramref name="before"/> is what it was raised to last.</summary>
    public void Raise(int item, double before, double value)
    {
        lock (_list)
        {
            var at = Place(before, item);
            if (at < _list.Count && _list[at] == (before, item)) _list.RemoveAt(at);
            at = Place(value, item);
            if (at == most) return;
            if (_list.Count == most) _list.RemoveAt(most - 1);
            _list.Insert(at, (value, item));
        }
    }

    /// <summary>Takes an item out; whoever it kept out comes back when its value grows.</summary>
    public void Remove(int item)
    {
        lock (_list) _list.RemoveAll(x => x.Item == item);
    }

    public void Clear()
    {
        lock (_list) _list.Clear();
    }

    /// <summary>Copies the allowed ones, best first, the values times <paramref name="scale"/>.</summary>
    public int Read(ItemBits allowed, Span<Candidate> into, float scale)
    {
        var count = 0;
        lock (_list)
        {
            foreach (var (value, item) in _list)
            {
                if (count == into.Length) break;
                if (allowed[item]) into[count++] = new Candidate(item, (float)value * scale);
            }
        }

        return count;
    }

    /// <summary>Where it stands or would stand: before lower values, and before higher numbers of the same value.</summary>
    private int Place(double value, int item)
    {
        var (low, high) = (0, _list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (v, i) = _list[middle];
            if (v > value || (v == value && i < item)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
