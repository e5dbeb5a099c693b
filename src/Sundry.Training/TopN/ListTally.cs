namespace Sundry.Training;

/// <summary>Gathers <see cref="ListFigures"/> while lists stream by.</summary>
internal sealed class ListTally
{
    private readonly Interactions _train;
    private readonly TopNOptions _options;
    private readonly int[] _popularity;
    private readonly int[] _shown;
    private readonly int _every;
    private readonly ItemValues? _values;
    private readonly Interactions? _byItem;
    private readonly Dictionary<(int, int), double> _known = [];
    private double _information;
    private double _share;
    private double _likeness;
    private long _places;
    private long _pairs;

    public ListTally(Interactions train, int users, TopNOptions options)
    {
        (_train, _options) = (train, options);
        _popularity = train.Popularity();
        _shown = new int[train.ItemCount];
        _every = Math.Max(1, users / Math.Max(1, options.DiversityUsers));
        if (options.DiversityBy is { } column) _values = new ItemValues(ItemValues.Require(train.ItemColumns, column, "items"), train.ItemCount);
        else _byItem = train.Transposed();
    }

    public void Add(int place, ReadOnlySpan<int> list)
    {
        foreach (var item in list)
        {
            _shown[item]++;
            _places++;
            _information -= Math.Log2((_popularity[item] + 1.0) / (_train.UserCount + 1.0));
            _share += (double)_popularity[item] / _train.UserCount;
        }

        if (place % _every != 0) return;
        for (var i = 0; i < list.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                _likeness += Likeness(Math.Min(list[i], list[j]), Math.Max(list[i], list[j]));
                _pairs++;
            }
        }
    }

    public ListFigures Figures()
    {
        var (catalogue, shown) = (0, 0);
        var counts = new List<int>();
        for (var item = 0; item < _shown.Length; item++)
        {
            if (_options.Allowed is { } allowed && !allowed[item]) continue;
            catalogue++;
            if (_shown[item] > 0) shown++;
            counts.Add(_shown[item]);
        }

        counts.Sort();
        double weighted = 0, sum = 0;
        for (var i = 0; i < counts.Count; i++)
        {
            weighted += (2.0 * (i + 1) - counts.Count - 1) * counts[i];
            sum += counts[i];
        }

        return new((double)shown / catalogue, _information / _places, 1 - _likeness / _pairs, _share / _places, weighted / (counts.Count * sum));
    }

    private double Likeness(int a, int b)
    {
        if (_values is not null) return _values.Likeness(a, b);
        // popular items meet in most lists
        if (_known.TryGetValue((a, b), out var known)) return known;
        var left = _byItem!.ItemsOf(a);
        var right = _byItem.ItemsOf(b);
        if (left.Length == 0 || right.Length == 0) return 0;
        int shared = 0, i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            var order = left[i].CompareTo(right[j]);
            if (order == 0) shared++;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return _known[(a, b)] = shared / Math.Sqrt((double)left.Length * right.Length);
    }
}
