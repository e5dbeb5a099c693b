using Sundry.Data;

namespace Sundry.Training;

/// <summary>Gathers events and sums them up by pair: weights are added, the latest time stays.</summary>
/// <param name="users">The users' names; every user of theirs gets a row.</param>
/// <param name="items">The items' names.</param>
public sealed class InteractionBuilder(Names users, Names items)
{
    private readonly List<(int User, int Item, float Weight, long Time)> _events = [];
    private bool _times = true;

    /// <summary>Events so far.</summary>
    public int Count => _events.Count;

    /// <summary>Adds an event; without a time none has one.</summary>
    public void Add(int user, int item, float weight, long? time)
    {
        _times &= time is not null;
        _events.Add((user, item, weight, time ?? 0));
    }

    /// <summary>Sums up. Pairs whose weights sum to nothing or less are left out.</summary>
    public Interactions Build(IReadOnlyList<NamedColumn> itemColumns, IReadOnlyList<NamedColumn> userColumns)
    {
        _events.Sort(static (a, b) => a.User != b.User ? a.User.CompareTo(b.User) : a.Item != b.Item ? a.Item.CompareTo(b.Item) : a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Weight.CompareTo(b.Weight));
        var offsets = new int[users.Count + 1];
        var (numbers, weights, times) = (new List<int>(), new List<float>(), new List<long>());
        for (int at = 0, next; at < _events.Count; at = next)
        {
            var (user, item, sum, time) = _events[at];
            for (next = at + 1; next < _events.Count && _events[next].User == user && _events[next].Item == item; next++)
            {
                sum += _events[next].Weight;
                time = _events[next].Time;
            }

            if (!(sum > 0)) continue;
            offsets[user + 1]++;
            numbers.Add(item);
            weights.Add(sum);
            times.Add(time);
        }

        for (var user = 0; user < users.Count; user++) offsets[user + 1] += offsets[user];
        return new(users, items, offsets, [.. numbers], [.. weights], _times ? [.. times] : []) { ItemColumns = itemColumns, UserColumns = userColumns };
    }
}
