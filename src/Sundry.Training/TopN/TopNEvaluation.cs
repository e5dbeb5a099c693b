using Sundry.Data;

namespace Sundry.Training;

/// <summary>Judges lists over the whole catalogue: every item that the user has not seen competes.</summary>
public static class TopNEvaluation
{
    /// <summary>A rare user's training interactions weigh at most as much as those of the lowest of so many parts of the users who have any; an active one's as much as the highest's.</summary>
    private const int UserParts = 4;

    /// <summary>Tail items are those outside the most popular that make this share of the training interactions.</summary>
    private const double HeadShare = 0.8;

    /// <summary>Judges a recommender on the users who have test items.</summary>
    /// <param name="recommender">The recommender, fitted on <paramref name="train"/>.</param>
    /// <param name="train">What is known.</param>
    /// <param name="test">What happened then; users and items are numbered as in <paramref name="train"/>.</param>
    /// <param name="options">Length and filters.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    /// <exception cref="InputException">No user has test items.</exception>
    public static TopNResult Run(IRecommender recommender, Interactions train, Interactions test, TopNOptions options, FitRequest request)
    {
        int[] users = [.. Enumerable.Range(0, test.UserCount).Where(u => test.ItemsOf(u).Length > 0)];
        if (users.Length == 0) throw new InputException("no user has test interactions; hold more of them back, or give another test file");
        var values = new double[ListScore.Count][];
        for (var m = 0; m < values.Length; m++) values[m] = new double[users.Length];
        var tally = new ListTally(train, users.Length, options);
        var segments = new Segments(train, test, users);
        var own = new double[ListScore.Count];
        TopLists.Run(recommender, train, users, options, request, (place, items, _) =>
        {
            ListScore.Of(items, test.ItemsOf(users[place]), options.Count, own);
            for (var m = 0; m < own.Length; m++) values[m][place] = own[m];
            tally.Add(place, items);
            segments.Add(users[place], items);
        });
        var result = new TopNResult(TopNResult.WholeCatalogue, options.Count, users, values);
        return result with { Figures = tally.Figures(), Segments = segments.Of(result), Rare = [.. users.Select(segments.IsRare)] };
    }

    private sealed class Segments
    {
        private readonly Interactions _test;
        private readonly bool[] _cold;
        private readonly bool[] _tail;
        private readonly double[] _weights;
        private readonly double _rare;
        private readonly double _active;
        private double _coldRecall;
        private double _tailRecall;
        private int _coldUsers;
        private int _tailUsers;

        public Segments(Interactions train, Interactions test, int[] users)
        {
            _test = test;
            var popularity = train.Popularity();
            _cold = Array.ConvertAll(popularity, static n => n == 0);
            _tail = new bool[popularity.Length];
            long sum = 0;
            foreach (var item in Enumerable.Range(0, popularity.Length).OrderByDescending(i => popularity[i]))
            {
                _tail[item] = sum >= HeadShare * train.Count;
                sum += popularity[item];
            }

            _weights = new double[train.UserCount];
            for (var user = 0; user < _weights.Length; user++)
                foreach (var weight in train.WeightsOf(user)) _weights[user] += weight;
            double[] sizes = [.. users.Select(u => _weights[u]).Where(n => n > 0).Order()];
            if (sizes.Length == 0) return;
            _rare = sizes[(sizes.Length - 1) / UserParts];
            _active = sizes[sizes.Length - 1 - (sizes.Length - 1) / UserParts];
        }

        public bool IsRare(int user) => _weights[user] > 0 && _weights[user] <= _rare;

        public void Add(int user, ReadOnlySpan<int> list)
        {
            Add(user, list, _cold, ref _coldRecall, ref _coldUsers);
            Add(user, list, _tail, ref _tailRecall, ref _tailUsers);
        }

        public IReadOnlyList<TopNSegment> Of(TopNResult result) =>
        [
            Users(result, "new users", "no training interaction", u => _weights[u] == 0),
            Users(result, "rare users", $"training interactions that weigh {_rare:0.##} or less together", IsRare),
            Users(result, "active users", $"training interactions that weigh {_active:0.##} or more together", u => _weights[u] > 0 && _weights[u] >= _active),
            new("cold items", "no training interaction", _coldUsers, _coldRecall / _coldUsers, double.NaN),
            new("tail items", $"outside the most popular with {HeadShare:P0} of the training interactions", _tailUsers, _tailRecall / _tailUsers, double.NaN),
        ];

        private void Add(int user, ReadOnlySpan<int> list, bool[] kind, ref double recall, ref int users)
        {
            var (relevant, hits) = (0, 0);
            foreach (var item in _test.ItemsOf(user))
            {
                if (!kind[item]) continue;
                relevant++;
                if (list.Contains(item)) hits++;
            }

            if (relevant == 0) return;
            recall += (double)hits / relevant;
            users++;
        }

        private static TopNSegment Users(TopNResult result, string name, string meaning, Func<int, bool> holds)
        {
            var (users, recall, ndcg) = (0, 0.0, 0.0);
            for (var i = 0; i < result.Users.Length; i++)
            {
                if (!holds(result.Users[i])) continue;
                users++;
                recall += result.Values[(int)TopNMetric.Recall][i];
                ndcg += result.Values[(int)TopNMetric.Ndcg][i];
            }

            return new(name, meaning, users, recall / users, ndcg / users);
        }
    }
}
