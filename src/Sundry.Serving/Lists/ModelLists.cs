using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Makes lists with a trained model: scores each user's candidates, keeps the best, and says why.</summary>
public static class ModelLists
{
    private const int UsersPerBlock = 64;

    /// <summary>Hears of a user's list.</summary>
    /// <param name="user">The user.</param>
    /// <param name="list">The items, best first.</param>
    public delegate void Take(int user, IReadOnlyList<Recommendation> list);

    /// <summary>Makes the lists, in the order of the users.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="candidates">The items that compete, by user; null: the whole catalogue.</param>
    /// <param name="past">What users had to do with; it is struck out where asked.</param>
    /// <param name="reasons">Says why.</param>
    /// <param name="users">The users.</param>
    /// <param name="options">Length and filters.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    /// <param name="take">Hears each list, one at a time.</param>
    public static void Run(ModelScorer scorer, CandidateItems? candidates, PastOfUsers past, Reasons reasons, int[] users, TopNOptions options, FitRequest request, Take take)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(past);
        ArgumentNullException.ThrowIfNull(take);
        var all = candidates is null ? Enumerable.Range(0, past.All.ItemCount).ToArray() : [];
        var lists = new IReadOnlyList<Recommendation>[UsersPerBlock];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = request.Threads == 0 ? Environment.ProcessorCount : request.Threads, CancellationToken = request.Cancel };
        for (var first = 0; first < users.Length; first += UsersPerBlock)
        {
            request.Progress?.Report(new FitProgress("lists", first, users.Length, "users", (double)first / users.Length, double.NaN));
            var (start, count) = (first, Math.Min(UsersPerBlock, users.Length - first));
            Parallel.For(0, count, parallel, i => lists[i] = Of(users[start + i]));
            for (var i = 0; i < count; i++) take(users[first + i], lists[i]);
        }

        IReadOnlyList<Recommendation> Of(int user)
        {
            var seen = options.Unseen && (uint)user < (uint)past.All.UserCount ? past.All.ItemsOf(user).ToArray() : [];
            int[] items = [.. (candidates?.Of(user) ?? all).Where(item => options.Allowed?[item] != false && Array.BinarySearch(seen, item) < 0)];
            var (values, outputs) = (new double[items.Length], new float[items.Length * scorer.Heads.Count]);
            scorer.Score(user, items, values, outputs);
            return
            [
                .. Enumerable.Range(0, items.Length).OrderByDescending(i => values[i]).ThenBy(i => items[i]).Take(options.Count).Select(i => new Recommendation(
                    items[i], values[i], [.. scorer.Heads.Select((_, h) => outputs[h * items.Length + i])], candidates?.Source(user, items[i]) ?? "catalogue", reasons.Of(user, items[i]))),
            ];
        }
    }
}
