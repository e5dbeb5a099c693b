using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Which users had to do with which items, how much, and when last: a sparse matrix by user, the items of a user in ascending order, each once. Parts of one whole
/// (training and test) share the numbers of users and items.
/// </summary>
public sealed class Interactions
{
    internal Interactions(Names users, Names items, int[] offsets, int[] itemNumbers, float[] weights, long[] times, int? itemCount = null)
    {
        (Users, Items) = (users, items);
        (Offsets, ItemNumbers, Weights, Times) = (offsets, itemNumbers, weights, times);
        ItemCount = itemCount ?? items.Count;
    }

    /// <summary>The users' names.</summary>
    public Names Users { get; }

    /// <summary>The items' names.</summary>
    public Names Items { get; }

    /// <summary>What is known of each item; may be empty.</summary>
    public IReadOnlyList<NamedColumn> ItemColumns { get; init; } = [];

    /// <summary>What is known of each user; may be empty.</summary>
    public IReadOnlyList<NamedColumn> UserColumns { get; init; } = [];

    /// <summary>Pairs of users who are friends, each pair once; may be empty.</summary>
    public IReadOnlyList<(int User, int Friend)> Friends { get; init; } = [];

    /// <summary>The types of events that made the pairs, 31 at most; empty where they are not known.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Users, those without interactions too.</summary>
    public int UserCount => Offsets.Length - 1;

    /// <summary>Items, those without interactions too.</summary>
    public int ItemCount { get; }

    /// <summary>Pairs of user and item.</summary>
    public int Count => ItemNumbers.Length;

    /// <summary>Whether times are known.</summary>
    public bool HasTimes => Times.Length == Count && Count > 0;

    /// <summary>[users + 1] where each user's pairs begin.</summary>
    internal int[] Offsets { get; }

    /// <summary>[pairs] items.</summary>
    internal int[] ItemNumbers { get; }

    /// <summary>[pairs] weights, above 0.</summary>
    internal float[] Weights { get; }

    /// <summary>[pairs] Unix milliseconds of the last event of the pair; empty where times are not known.</summary>
    internal long[] Times { get; }

    /// <summary>[pairs] which of <see cref="Types"/> made the pair, a bit each; empty where types are not known.</summary>
    internal int[] TypeBits { get; init; } = [];

    /// <summary>A user's items, ascending.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => ItemNumbers.AsSpan(Offsets[user], Offsets[user + 1] - Offsets[user]);

    /// <summary>The weights of <see cref="ItemsOf"/>.</summary>
    public ReadOnlySpan<float> WeightsOf(int user) => Weights.AsSpan(Offsets[user], Offsets[user + 1] - Offsets[user]);

    /// <summary>The times of <see cref="ItemsOf"/>; empty where they are not known.</summary>
    public ReadOnlySpan<long> TimesOf(int user) => Times.Length == 0 ? [] : Times.AsSpan(Offsets[user], Offsets[user + 1] - Offsets[user]);

    /// <summary>Sums what happened in a log up by pair.</summary>
    /// <param name="log">The log.</param>
    /// <param name="weights">What an event of a type counts, by the type's name; types that are not named do not count, and what sums to nothing or less is no interaction.</param>
    /// <exception cref="InputException">The log has no such type, or nothing is left.</exception>
    public static Interactions Of(EventLog log, IReadOnlyDictionary<string, float> weights)
    {
        var counts = new float[EventTypes.Most];
        foreach (var (name, weight) in weights)
            counts[log.Types.Find(name) is var type and >= 0 ? type : throw new InputException($"there is no event type '{name}'{NearestName.Ask(name, log.Types.Names)} (the types are {string.Join(", ", log.Types.Names)})")] = weight;
        string[] types = [.. weights.Keys];
        var numbers = new int[EventTypes.Most];
        for (var i = 0; i < types.Length; i++) numbers[log.Types.Find(types[i])] = i;
        var builder = new InteractionBuilder(log.Users, log.Items) { Types = types };
        var events = new ShopEvent[4096];
        for (int start = 0, count; (count = log.Read(start, events)) > 0; start += count)
            foreach (var e in events.AsSpan(0, count))
                if (e.User >= 0 && e.Item >= 0 && counts[e.Type] != 0) builder.Add(e.User, e.Item, counts[e.Type], e.Time, numbers[e.Type]);
        if (builder.Count == 0) throw new InputException($"no event of the types {string.Join(", ", weights.Keys)} names a user and an item; give other --weights");
        return builder.Build(log.ItemColumns, log.UserColumns, log.Friends);
    }

    /// <summary>Pairs of users and items that have numbers alone.</summary>
    internal static Interactions Of(int users, int items, IReadOnlyCollection<(int User, int Item)> pairs)
    {
        var sorted = pairs.Order().ToArray();
        var offsets = new int[users + 1];
        foreach (var (user, _) in sorted) offsets[user + 1]++;
        for (var user = 0; user < users; user++) offsets[user + 1] += offsets[user];
        var ones = new float[sorted.Length];
        Array.Fill(ones, 1f);
        return new(new(), new(), offsets, Array.ConvertAll(sorted, p => p.Item), ones, [], items);
    }

    /// <summary>The pairs that a condition holds for, with the same users, items and columns.</summary>
    /// <param name="keep">Of [pair]: whether it stays.</param>
    public Interactions Where(Func<int, bool> keep)
    {
        var offsets = new int[Offsets.Length];
        var kept = new List<int>();
        for (var user = 0; user < UserCount; user++)
        {
            for (var at = Offsets[user]; at < Offsets[user + 1]; at++)
                if (keep(at)) kept.Add(at);
            offsets[user + 1] = kept.Count;
        }

        int[] chosen = [.. kept];
        return new(Users, Items, offsets, Array.ConvertAll(chosen, i => ItemNumbers[i]), Array.ConvertAll(chosen, i => Weights[i]), Times.Length == 0 ? [] : Array.ConvertAll(chosen, i => Times[i]))
        {
            ItemColumns = ItemColumns,
            UserColumns = UserColumns,
            Friends = Friends,
            Types = Types,
            TypeBits = TypeBits.Length == 0 ? [] : Array.ConvertAll(chosen, i => TypeBits[i]),
        };
    }

    /// <summary>The pairs that events of one type made, with the weights that they have by all types, and of no type any more.</summary>
    /// <exception cref="InputException">There is no such type.</exception>
    public Interactions OfType(string type)
    {
        var bit = TypeNumber(type);
        var kept = Where(i => (TypeBits[i] >> bit & 1) != 0);
        return new(Users, Items, kept.Offsets, kept.ItemNumbers, kept.Weights, kept.Times) { ItemColumns = ItemColumns, UserColumns = UserColumns, Friends = Friends };
    }

    /// <summary>The place of a type in <see cref="Types"/>.</summary>
    /// <exception cref="InputException">There is no such type.</exception>
    internal int TypeNumber(string type)
    {
        var bit = Types.ToList().IndexOf(type);
        if (bit < 0)
            throw new InputException(Types.Count == 0
                ? $"the interactions have no types, so none are of the type '{type}'; give tables with a column 'type'"
                : $"there is no event type '{type}'{NearestName.Ask(type, Types)} (the types are {string.Join(", ", Types)})");
        return bit;
    }

    /// <summary>The same with every weight 1.</summary>
    public Interactions Binary()
    {
        var ones = new float[Count];
        Array.Fill(ones, 1f);
        return new(Users, Items, Offsets, ItemNumbers, ones, Times) { ItemColumns = ItemColumns, UserColumns = UserColumns, Friends = Friends, Types = Types, TypeBits = TypeBits };
    }

    /// <summary>The same pairs by item: users and items have changed places. Friends and types stay behind.</summary>
    public Interactions Transposed()
    {
        var offsets = new int[ItemCount + 1];
        foreach (var item in ItemNumbers) offsets[item + 1]++;
        for (var item = 0; item < ItemCount; item++) offsets[item + 1] += offsets[item];
        var next = offsets.AsSpan(0, ItemCount).ToArray();
        var (users, weights, times) = (new int[Count], new float[Count], new long[Times.Length]);
        for (var user = 0; user < UserCount; user++)
        {
            for (var at = Offsets[user]; at < Offsets[user + 1]; at++)
            {
                var to = next[ItemNumbers[at]]++;
                users[to] = user;
                weights[to] = Weights[at];
                if (times.Length > 0) times[to] = Times[at];
            }
        }

        return new(Items, Users, offsets, users, weights, times) { ItemColumns = UserColumns, UserColumns = ItemColumns };
    }

    /// <summary>[items] how many users had to do with each item.</summary>
    public int[] Popularity()
    {
        var counts = new int[ItemCount];
        foreach (var item in ItemNumbers) counts[item]++;
        return counts;
    }
}
