using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>For each user the items that recommenders put forward, each with those that did.</summary>
public sealed class CandidateItems
{
    private readonly Dictionary<int, int[]> _items = [];
    private readonly Dictionary<int, uint[]> _from = [];

    private CandidateItems(IReadOnlyList<string> names) => Names = names;

    /// <summary>The recommenders, in the order in which they were named.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Fits recommenders and takes the best items of each for each user.</summary>
    /// <param name="names">Names of <see cref="Recommenders"/>; at most 32.</param>
    /// <param name="settings">Their settings.</param>
    /// <param name="train">What users had to do with.</param>
    /// <param name="users">The users.</param>
    /// <param name="options">Filters; the length is how many each recommender puts forward.</param>
    /// <param name="request">Of a recommender's name: seed, threads, progress and cancellation.</param>
    /// <exception cref="InputException">There is no such recommender, or it cannot be fitted on these interactions.</exception>
    public static CandidateItems Of(IReadOnlyList<string> names, RecommenderOptions settings, Interactions train, int[] users, TopNOptions options, Func<string, FitRequest> request)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(request);
        var candidates = new CandidateItems(names);
        var sets = new SortedDictionary<int, uint>[users.Length];
        for (var u = 0; u < sets.Length; u++) sets[u] = [];
        for (var n = 0; n < names.Count; n++)
        {
            var recommender = Recommenders.Create(names[n], settings);
            using var owned = recommender as IDisposable;
            var asked = request(names[n]);
            recommender.Fit(train, asked);
            var bit = 1u << n;
            TopLists.Run(recommender, train, users, options, asked, (place, items, _) =>
            {
                foreach (var item in items) sets[place][item] = sets[place].GetValueOrDefault(item) | bit;
            });
        }

        for (var u = 0; u < users.Length; u++)
        {
            candidates._items[users[u]] = [.. sets[u].Keys];
            candidates._from[users[u]] = [.. sets[u].Values];
        }

        return candidates;
    }

    /// <summary>A user's candidates, ascending; none of a user that was not asked for.</summary>
    public int[] Of(int user) => _items.GetValueOrDefault(user, []);

    /// <summary>Who put a user's candidate forward, joined by a bar.</summary>
    public string Source(int user, int item)
    {
        if (!_items.TryGetValue(user, out var items) || Array.BinarySearch(items, item) is not (>= 0 and var place)) return "";
        var from = _from[user][place];
        return string.Join('|', Names.Where((_, n) => (from >> n & 1) == 1));
    }
}
