using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// What goes into the towers: sums of embeddings of the id, of the values of attributes, and for users of their items (those of the item tower) and friends; several of one kind
/// count 1 / √count each.
/// </summary>
internal sealed class TowerInputs
{
    private const double Deviation = .1;

    private readonly Interactions _train;
    private readonly bool _history;
    private readonly AttributeIndex? _ofUsers;
    private readonly AttributeIndex? _ofItems;
    private readonly int[][] _friends;
    private readonly AdagradTable _users;
    private readonly AdagradTable _items;
    private readonly AdagradTable _userValues;
    private readonly AdagradTable _itemValues;

    public TowerInputs(Interactions train, TwoTowerOptions options, Func<string, int, float[]> draw)
    {
        (_train, _history) = (train, options.History);
        var f = options.Factors;
        if (options.Attributes && train.UserColumns.Count > 0) _ofUsers = new(train.UserColumns, train.UserCount);
        if (options.Attributes && train.ItemColumns.Count > 0) _ofItems = new(train.ItemColumns, train.ItemCount);
        var friends = new List<int>[train.UserCount];
        foreach (var (user, friend) in options.Friends ? train.Friends : [])
        {
            (friends[user] ??= []).Add(friend);
            (friends[friend] ??= []).Add(user);
        }

        _friends = Array.ConvertAll(friends, static l => l is null ? [] : l.ToArray());
        _users = new(draw("users", train.UserCount), f);
        _items = new(draw("items", train.ItemCount), f);
        _userValues = new(draw("user values", _ofUsers?.Count ?? 0), f);
        _itemValues = new(draw("item values", _ofItems?.Count ?? 0), f);
    }

    /// <summary>The standard deviation of the first embeddings of a width.</summary>
    public static double DeviationOf(int width) => Deviation / Math.Sqrt(width);

    /// <summary>x of a user, the item <paramref name="without"/> left out of the user's items.</summary>
    public void User(int user, int without, Span<float> x)
    {
        _users[user].CopyTo(x);
        foreach (var (table, rows, scale) in PartsOf(user, without))
            foreach (var row in rows.Span)
                if (row != without || table != _items) RowMath.AddScaled(x, table[row], scale);
    }

    /// <summary>Hands the gradient by a user's x on.</summary>
    public void UserBack(int user, int without, ReadOnlySpan<float> gradient)
    {
        _users.Add(user, gradient, 1);
        foreach (var (table, rows, scale) in PartsOf(user, without))
            foreach (var row in rows.Span)
                if (row != without || table != _items) table.Add(row, gradient, scale);
    }

    /// <summary>x of an item.</summary>
    public void Item(int item, Span<float> x)
    {
        _items[item].CopyTo(x);
        if (_ofItems is null) return;
        var values = _ofItems[item];
        foreach (var value in values) RowMath.AddScaled(x, _itemValues[value], Scale(values.Length));
    }

    /// <summary>Hands the gradient by an item's x on.</summary>
    public void ItemBack(int item, ReadOnlySpan<float> gradient)
    {
        _items.Add(item, gradient, 1);
        if (_ofItems is null) return;
        var values = _ofItems[item];
        foreach (var value in values) _itemValues.Add(value, gradient, Scale(values.Length));
    }

    /// <summary>Moves what was touched.</summary>
    public void Step(float rate, float shrink)
    {
        foreach (var table in (ReadOnlySpan<AdagradTable>)[_users, _items, _userValues, _itemValues]) table.Step(rate, shrink);
    }

    private static float Scale(int count) => 1 / MathF.Sqrt(Math.Max(1, count));

    private IEnumerable<(AdagradTable Table, ReadOnlyMemory<int> Rows, float Scale)> PartsOf(int user, int without)
    {
        if (_history)
        {
            var items = _train.ItemNumbers.AsMemory(_train.Offsets[user], _train.Offsets[user + 1] - _train.Offsets[user]);
            yield return (_items, items, Scale(items.Length - (items.Span.BinarySearch(without) >= 0 ? 1 : 0)));
        }

        if (_friends[user] is { Length: > 0 } friends) yield return (_users, friends, Scale(friends.Length));
        if (_ofUsers is not null && _ofUsers[user].ToArray() is { Length: > 0 } values) yield return (_userValues, values, Scale(values.Length));
    }
}
