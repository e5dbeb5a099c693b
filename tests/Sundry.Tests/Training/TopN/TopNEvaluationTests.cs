using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TopNEvaluationTests
{
    // 4 items; user 0 saw item 0, user 1 items 0 and 1, user 2 nothing
    private static readonly Interactions s_train = SmallShop.Of(3, 4, [(0, 0, 1), (1, 0, 1), (1, 1, 1)]);

    [Fact]
    public void Lists_and_their_figures_by_hand()
    {
        var test = SmallShop.Of(3, 4, [(0, 2, 1), (1, 3, 1), (2, 1, 1)]);
        // every user: items 0, 1, 2, 3 in that order, what was seen left out
        var result = TopNEvaluation.Run(new Fixed([4, 3, 2, 1]), s_train, test, new TopNOptions { Count = 2 }, new FitRequest());
        Assert.Equal("whole catalogue", result.Protocol);
        // lists 1 2, 2 3, 0 1
        Assert.Equal([1 / Math.Log2(3), 1 / Math.Log2(3), 1 / Math.Log2(3)], result.Values[(int)TopNMetric.Ndcg]);
        Assert.Equal(1, result.Mean(TopNMetric.Recall));
        var figures = result.Figures!;
        Assert.Equal(1, figures.Coverage);
        // items have 2, 1, 0, 0 of 3 users; shown 1, 2, 2, 1 times
        Assert.Equal((2.0 / 3 + 2 * 1.0 / 3) / 6, figures.Popularity, 12);
        Assert.Equal(-(Math.Log2(3.0 / 4) + 2 * Math.Log2(2.0 / 4) + 3 * Math.Log2(1.0 / 4)) / 6, figures.Novelty, 12);
        // shown, ascending: 1 1 2 2; Σ (2i − n − 1) x / (n Σ x)
        Assert.Equal((-3 * 1 - 1 * 1 + 1 * 2 + 3 * 2) / (4.0 * 6), figures.Gini, 12);
        // of the pairs 1 2, 2 3, 0 1 the last alone shares a user: 1 / √(2 · 1)
        Assert.Equal(1 - 1 / Math.Sqrt(2) / 3, figures.Diversity, 12);
        var segments = result.Segments.ToDictionary(s => s.Name);
        Assert.Equal(1, segments["new users"].Users);
        Assert.Equal(1, segments["rare users"].Users);
        Assert.Equal(2, segments["cold items"].Users);
        Assert.Equal(1, segments["cold items"].Recall);
    }

    [Fact]
    public void What_was_seen_and_what_is_not_allowed_is_left_out_on_wish()
    {
        Assert.Equal([1, 2, 3], List(new TopNOptions { Count = 4 }));
        Assert.Equal([0, 1, 2, 3], List(new TopNOptions { Count = 4, Unseen = false }));
        Assert.Equal([3], List(new TopNOptions { Count = 4, Allowed = [true, false, false, true] }));

        static int[] List(TopNOptions options)
        {
            int[] found = [];
            TopLists.Run(new Fixed([4, 3, 2, 1]), s_train, new[] { 0 }, options, new FitRequest(), (_, items, _) => found = items.ToArray());
            return found;
        }
    }

    [Fact]
    public void Blocks_of_users_do_not_show()
    {
        var train = SmallShop.TwoTastes(1000);
        var near = new ItemNeighbours(new());
        near.Fit(train, new FitRequest());
        var together = new List<int[]>();
        TopLists.Run(near, train, Enumerable.Range(0, 1000).ToArray(), new TopNOptions { Count = 5 }, new FitRequest(Threads: 2), (_, items, _) => together.Add(items.ToArray()));
        for (var user = 0; user < 1000; user += 111)
            TopLists.Run(near, train, new[] { user }, new TopNOptions { Count = 5 }, new FitRequest(), (_, items, _) => Assert.Equal(together[user], items.ToArray()));
    }

    [Fact]
    public void Diversity_by_values_is_one_minus_jaccard()
    {
        var kinds = new Names();
        kinds.FindOrAdd("a|b");
        kinds.FindOrAdd("b|c");
        var train = SmallShop.Of(2, 2, [(0, 0, 1)], [new NamedColumn("kind", kinds, [0, 1])]);
        var result = TopNEvaluation.Run(new Fixed([2, 1]), train, SmallShop.Of(2, 2, [(1, 1, 1)]), new TopNOptions { Count = 2, DiversityBy = "kind" }, new FitRequest());
        Assert.Equal(1 - 1.0 / 3, result.Figures!.Diversity, 12);
    }

    [Fact]
    public void Candidates_alone_compete_and_the_protocol_says_so()
    {
        CandidateList[] lists = [new(0, 2, [0, 3]), new(1, 3, [0, 1, 2])];
        var result = CandidateEvaluation.Run(new Fixed([4, 3, 2, 1]), 4, lists, 2, new FitRequest());
        Assert.StartsWith("SAMPLED", result.Protocol, StringComparison.Ordinal);
        Assert.Equal([1, 0], result.Values[(int)TopNMetric.HitRate]);
        Assert.Equal([1 / Math.Log2(3), 0], result.Values[(int)TopNMetric.Ndcg]);
        // equal scores: the lower number first
        Assert.Equal([1, 0], CandidateEvaluation.Run(new Fixed([1, 1, 1, 1]), 4, [new(0, 1, [2, 3]), new(1, 3, [0, 1, 2])], 1, new FitRequest()).Values[(int)TopNMetric.HitRate]);
    }

    [Fact]
    public void A_published_candidate_file_is_read()
    {
        using var folder = new TemporaryFolder();
        var (users, items) = (new Names(), new Names());
        users.FindOrAdd("0");
        foreach (var name in new[] { "25", "7", "8" }) items.FindOrAdd(name);
        var list = Assert.Single(CandidateList.Read(folder.Write("c", "(0,25)\t7\t8\t25\t7\n"), users, items));
        Assert.Equal((0, 0), (list.User, list.Item));
        Assert.Equal([1, 2], list.Others);
        Assert.Contains("is not '(user,item)'", Assert.Throws<InputException>(() => CandidateList.Read(folder.Write("d", "0 25 7\n"), users, items)).Message, StringComparison.Ordinal);
        Assert.Contains("the user '9' is in no interaction", Assert.Throws<InputException>(() => CandidateList.Read(folder.Write("e", "(9,25)\t7\n"), users, items)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_are_paired_by_user()
    {
        var random = new Random(1);
        double[] hard = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        // users differ a lot, and the models by a little that is the same for all
        var better = TopNComparison.Of([Result(hard, .02)], [Result(hard, 0)], TopNMetric.Ndcg);
        Assert.Equal(.02, better.Difference, 9);
        Assert.Equal(Verdict.Gains, better.Verdict);
        Assert.InRange(better.High - better.Low, 0, 1e-6);
        double[] other = [.. Enumerable.Reverse(hard)];
        Assert.Equal(Verdict.Same, TopNComparison.Of([Result(other, 0)], [Result(hard, 0)], TopNMetric.Ndcg).Verdict);

        static TopNResult Result(double[] values, double more) =>
            new(TopNResult.WholeCatalogue, 10, [.. Enumerable.Range(0, values.Length)], [.. Enumerable.Range(0, ListScore.Count).Select(_ => values.Select(v => v + more).ToArray())]);
    }

    [Fact]
    public void Without_a_test_there_is_nothing_to_judge() =>
        Assert.Contains("no user has test interactions", Assert.Throws<InputException>(() => TopNEvaluation.Run(new Fixed([1, 1, 1, 1]), s_train, SmallShop.Of(3, 4, []), new(), new())).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void Figures_of_movielens_100k()
    {
        var all = InteractionFile.Load([SharedFolder.Require("data/movielens_100k/u.data.gz")], new ReadOptions { Header = false, Columns = ["user", "item", "rating", "_"] });
        Assert.Equal(100_000, all.Count);
        var (train, test) = InteractionSplit.Random(all, .25, 1);
        var study = new TopNStudy(train, test);
        double Ndcg(string name) => study.Run(name, new(), new(), 1, new FitRequest()).Over(TopNMetric.Ndcg).Mean;
        Assert.InRange(Ndcg("popular"), .24, .27);
        Assert.InRange(Ndcg("item_knn"), .42, .45);
        Assert.InRange(Ndcg("ease"), .465, .49);
    }

    private sealed class Fixed(float[] row) : IRecommender
    {
        public void Fit(Interactions train, FitRequest request)
        {
        }

        public void Score(ReadOnlySpan<int> users, Span<float> scores)
        {
            for (var i = 0; i < users.Length; i++) row.CopyTo(scores.Slice(i * row.Length, row.Length));
        }

        public IReadOnlyList<ScoredItem> Similar(int item, int count) => [];

        public void Keep(RecommenderState state)
        {
        }

        public void Restore(RecommenderState state, Interactions train)
        {
        }
    }
}
