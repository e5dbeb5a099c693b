using Sundry.Data;

namespace Sundry.Training;

/// <summary>Gathers events and sums them up by pair: weights are added, the latest time stays.</summary>
/// <param name="users">The users' names; every user of theirs gets a row.</param>
/// <param name="items">The items' names.</param>
public sealed class InteractionBuilder(Names users, Names items)
{
    private readonly List<(int User, int Item, float Weight, long Time, int Type)> _events = [];
    private bool _times = true;

    /// <summary>The names of the events' types; empty where they are not known.</summary>
    public IReadOnlyList<string> Types { get; set; } = [];

    /// <summary>Events so far.</summary>
    public int Count => _events.Count;

    /// <summary>Adds an event; without a time none has one.</summary>
    /// <param name="user">Who.</param>
    /// <param name="item">With what.</param>
    /// <param name="weight">What it counts.</param>
    /// <param name="time">When, in Unix milliseconds.</param>
    /// <param name="type">The number of its type in <see cref="Types"/>.</param>
    public void Add(int user, int item, float weight, long? time, int type = 0)
    {
        _times &= time is not null;
        _events.Add((user, item, weight, time ?? 0, type));
    }

    /// <summary>Sums up. Pairs whose weights sum to nothing or less are left out.</summary>
    public Interactions Build(IReadOnlyList<NamedColumn> itemColumns, IReadOnlyList<NamedColumn> userColumns, IReadOnlyList<(int User, int Friend)>? friends = null)
    {
        _events.Sort(static (a, b) => a.User != b.User ? a.User.CompareTo(b.User) : a.Item != b.Item ? a.Item.CompareTo(b.Item) : a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Weight.CompareTo(b.Weight));
        var offsets = new int[users.Count + 1];
        var (numbers, weights, times, types) = (new List<int>(), new List<float>(), new List<long>(), new List<int>());
        for (int at = 0, next; at < _events.Count; at = next)
        {
            var (user, item, sum, time, type) = _events[at];
            var bits = 1 << type;
            for (next = at + 1; next < _events.Count && _events[next].User == user && _events[next].Item == item; next++)
            {
                sum += _events[next].Weight;
                time = _events[next].Time;
                bits |= 1 << _events[next].Type;
            }

            if (!(sum > 0)) continue;
            offsets[user + 1]++;
            numbers.Add(item);
            weights.Add(sum);
            times.Add(time);
            types.Add(bits);
        }

        for (var user = 0; user < users.Count; user++) offsets[user + 1] += offsets[user];
        return new(users, items, offsets, [.. numbers], [.. weights], _times ? [.. times] : [])
        {
            ItemColumns = itemColumns,
            UserColumns = userColumns,
            Friends = friends ?? [],
            Types = Types,
            TypeBits = Types.Count == 0 ? [] : [.. types],
        };
    }
}
