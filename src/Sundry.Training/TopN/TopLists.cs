namespace Sundry.Training;

/// <summary>
/// Makes lists for many users: scores a block of users over all items, strikes out what must not stand there, and keeps the greatest. Of equal scores the lower item number
/// comes first, so that lists depend on nothing but the recommender.
/// </summary>
public static class TopLists
{
    private const int MostFloats = 1 << 23;
    private const int MostUsers = 256;

    /// <summary>Hears a user's list.</summary>
    /// <param name="place">The user's place among those asked for.</param>
    /// <param name="items">The items, best first.</param>
    /// <param name="scores">Their scores.</param>
    public delegate void Take(int place, ReadOnlySpan<int> items, ReadOnlySpan<float> scores);

    /// <summary>Makes the lists, in the order of the users.</summary>
    /// <param name="recommender">Scores.</param>
    /// <param name="train">What it was fitted on; what a user saw in it is struck out where asked.</param>
    /// <param name="users">Numbers of users.</param>
    /// <param name="options">Length and filters.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    /// <param name="take">Hears each list, one at a time.</param>
    public static void Run(IRecommender recommender, Interactions train, ReadOnlyMemory<int> users, TopNOptions options, FitRequest request, Take take)
    {
        ArgumentNullException.ThrowIfNull(request);
        var items = train.ItemCount;
        if (items == 0) return;
        var block = (int)Math.Clamp(MostFloats / (long)items, 1, MostUsers);
        var parallel = request.Parallel;
        var scores = new float[block * items];
        var lists = new TopList[block];
        for (var i = 0; i < block; i++) lists[i] = new TopList(Math.Min(options.Count, items));
        for (var first = 0; first < users.Length; first += block)
        {
            request.Tell("lists", first, users.Length, "users");
            var some = users.Slice(first, Math.Min(block, users.Length - first));
            const int Part = 16;
            Parallel.For(0, (some.Length + Part - 1) / Part, parallel, part =>
            {
                var own = some.Slice(part * Part, Math.Min(Part, some.Length - part * Part)).Span;
                recommender.Score(own, scores.AsSpan(part * Part * items, own.Length * items));
                for (var i = 0; i < own.Length; i++)
                {
                    var row = scores.AsSpan((part * Part + i) * items, items);
                    if (options.Unseen && (uint)own[i] < (uint)train.UserCount)
                        foreach (var item in train.ItemsOf(own[i])) row[item] = float.NegativeInfinity;
                    if (options.Allowed is { } allowed)
                        for (var item = 0; item < items; item++)
                            if (!allowed[item]) row[item] = float.NegativeInfinity;
                    lists[part * Part + i].Find(row);
                }
            });
            for (var i = 0; i < some.Length; i++) take(first + i, lists[i].Items, lists[i].Scores);
        }

        request.Tell("lists", users.Length, users.Length, "users");
    }
}
