namespace Sundry.Training;

/// <summary>What <see cref="TaskFactorRecommender"/> predicts: entries between two of its tables each.</summary>
internal sealed class FactorTasks
{
    /// <summary>The table of users.</summary>
    public const int Users = 0;

    /// <summary>The table of items.</summary>
    public const int Items = 1;

    private readonly List<Relation> _all = [];
    private readonly List<(string Name, int Rows)> _tables;

    public FactorTasks(Interactions train, TaskFactorOptions options)
    {
        _tables = [("users", train.UserCount), ("items", train.ItemCount)];
        Add(Users, Items, SparseRows.Of(options.Binary ? train.Binary() : train), 1);
        var ofItems = new AttributeIndex(train.ItemColumns, train.ItemCount);
        var ofUsers = new AttributeIndex(train.UserColumns, train.UserCount);
        if (options.Attributes > 0 && ofItems.Count > 0) Add(Items, Table("item values", ofItems.Count), Values(ofItems, train.ItemCount), options.Attributes);
        if (options.Attributes > 0 && ofUsers.Count > 0) Add(Users, Table("user values", ofUsers.Count), Values(ofUsers, train.UserCount), options.Attributes);
        if (options.Interests > 0 && ofItems.Count > 0)
            Add(Users, Table("interests", ofItems.Count), SparseRows.Of(train.UserCount, ofItems.Count, user => Interests(train.ItemsOf(user), ofItems)), options.Interests);
        if (options.Friends > 0 && train.Friends.Count > 0) Add(Users, Table("friends", train.UserCount), Both(train), options.Friends);
    }

    /// <summary>The tables, those of users and items first.</summary>
    public IReadOnlyList<(string Name, int Rows)> Tables => _tables;

    /// <summary>The relations, that of users and items first.</summary>
    public IReadOnlyList<Relation> All => _all;

    private int Table(string name, int rows)
    {
        _tables.Add((name, rows));
        return _tables.Count - 1;
    }

    private void Add(int left, int right, SparseRows entries, double weight) => _all.Add(new(left, right, entries, entries.Transposed(), (float)weight));

    private static SparseRows Values(AttributeIndex values, int count) => SparseRows.Of(count, values.Count, row => values[row].ToArray().Distinct().Select(v => (v, 1f)));

    // the share of the user's items that has each value
    private static IEnumerable<(int, float)> Interests(ReadOnlySpan<int> items, AttributeIndex values)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var item in items)
            foreach (var value in values[item]) counts[value] = counts.GetValueOrDefault(value) + 1;
        var all = (float)items.Length;
        return counts.Select(c => (c.Key, c.Value / all));
    }

    private static SparseRows Both(Interactions train)
    {
        var friends = new List<int>[train.UserCount];
        foreach (var (user, friend) in train.Friends)
        {
            (friends[user] ??= []).Add(friend);
            (friends[friend] ??= []).Add(user);
        }

        return SparseRows.Of(train.UserCount, train.UserCount, user => (friends[user] ?? []).Select(f => (f, 1f)));
    }

    /// <summary>Entries between the rows of two tables.</summary>
    /// <param name="Left">The table whose rows are the rows of <paramref name="ByLeft"/>.</param>
    /// <param name="Right">The table whose rows are its columns.</param>
    /// <param name="ByLeft">The entries.</param>
    /// <param name="ByRight">The same by the rows of the other table.</param>
    /// <param name="Weight">What the task counts.</param>
    internal sealed record Relation(int Left, int Right, SparseRows ByLeft, SparseRows ByRight, float Weight);
}
