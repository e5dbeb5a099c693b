namespace Sundry.Training;

/// <summary>Finds the greatest scores of a row; of equal ones the lower number comes first, and minus infinity and NaN are never taken.</summary>
internal sealed class TopList(int count)
{
    private readonly int[] _items = new int[count];
    private readonly float[] _scores = new float[count];
    private int _size;

    /// <summary>The items found, best first.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, _size);

    /// <summary>Their scores.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, _size);

    /// <summary>Finds the best of a row.</summary>
    public void Find(ReadOnlySpan<float> row)
    {
        _size = 0;
        if (count == 0) return;
        // items come in ascending order, so one that equals the worst kept stands behind it
        var least = float.NegativeInfinity;
        for (var i = 0; i < row.Length; i++)
        {
            if (!(row[i] > least)) continue;
            var place = _size < count ? _size++ : count - 1;
            for (; place > 0 && _scores[place - 1] < row[i]; place--)
            {
                _scores[place] = _scores[place - 1];
                _items[place] = _items[place - 1];
            }

            _scores[place] = row[i];
            _items[place] = i;
            if (_size == count) least = _scores[count - 1];
        }
    }

    /// <summary>The best of a row as a list.</summary>
    public IReadOnlyList<ScoredItem> Of(ReadOnlySpan<float> row)
    {
        Find(row);
        var list = new ScoredItem[_size];
        for (var i = 0; i < _size; i++) list[i] = new(_items[i], _scores[i]);
        return list;
    }
}
