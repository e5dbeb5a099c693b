using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training.Ranking;

public sealed class RankingStudyTests
{
    private const int Lists = 300;
    private const int Items = 10;

    // the sold item is the one with the greatest .7 a + .3 b / 100; c says nothing
    private static readonly RankingGoal s_goal = new() { Ndcg = "buy", At = 3 };

    [Fact]
    public void Fitting_finds_the_weights_that_the_truth_was_made_with()
    {
        var result = Fit(ValueMethod.WeightedSum, 1);
        Assert.InRange(result.FittedOn!.Value, .985, 1);
        Assert.InRange(result.Difference.Model, .97, 1);
        Assert.Equal(Verdict.Gains, result.Difference.Verdict);
        Assert.Equal("a", result.Best);
        var weights = result.Ranking.Weights;
        Assert.InRange(weights["b"] / weights["a"], .8 * .3 / 70, 1.25 * .3 / 70);
        Assert.InRange(weights["c"] / weights["a"], 0, .08);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        Assert.Equal(Fit(ValueMethod.WeightedSum, 5).Ranking.Weights, Fit(ValueMethod.WeightedSum, 5).Ranking.Weights);
        Assert.Equal(1, Fit(ValueMethod.WeightedSum, 5).Ranking.Weights.Values.Sum(), 9);
    }

    [Theory]
    [InlineData(ValueMethod.WeightedSum)]
    [InlineData(ValueMethod.PowerProduct)]
    [InlineData(ValueMethod.RankAverage)]
    [InlineData(ValueMethod.Vote)]
    public void No_fit_is_worse_than_the_best_term_alone_where_it_was_fitted(ValueMethod method)
    {
        var (predictions, groups) = World(1);
        var result = Study(method, null).Run((predictions, groups), null, "validation", 1);
        Assert.True(result.Scores[0].Goal >= result.Scores.Skip(1).Max(s => s.Goal) - (method == ValueMethod.Vote ? .05 : 1e-9));
        Assert.Equal(Lists, result.Lists);
        Assert.Equal(Lists, result.ListsWithGain);
    }

    [Fact]
    public void A_trade_off_begins_and_ends_with_a_term_alone()
    {
        var result = Fit(ValueMethod.WeightedSum, 1);
        Assert.Equal(["a", "a"], result.TradeOffs.Select(w => w.From));
        foreach (var way in result.TradeOffs)
        {
            var (from, to) = (result.Scores.Single(s => s.Order == way.From), result.Scores.Single(s => s.Order == way.To));
            Assert.Equal(from.Goal, way.Points[0].Goal, 9);
            Assert.Equal(to.Goal, way.Points[^1].Goal, 9);
            Assert.Equal(to.Ndcg[way.To]!.Value, way.Points[^1].Ndcg, 9);
        }
    }

    [Fact]
    public void Given_weights_are_judged_as_they_are()
    {
        var result = Study(ValueMethod.WeightedSum, new() { ["b"] = 2 }).Run(World(2), null, "given", 1);
        Assert.Equal(2, result.Ranking.Weights["b"]);
        Assert.False(result.Ranking.Fitted);
        Assert.Equal(0, result.Difference.Difference, 12);
        Assert.Equal((0, 0), (result.Difference.Low, result.Difference.High));
        Assert.Equal(Verdict.Same, result.Difference.Verdict);
    }

    [Fact]
    public void Intervals_resample_lists_and_not_rows()
    {
        // every list is the same: whatever is drawn, the mean is that of one of them
        var groups = new GroupedRows(new GroupColumns("g", []));
        var (values, labels) = (new List<float>(), new List<float>());
        for (var i = 0; i < 50 * 4; i++)
        {
            groups.Add((ulong)(i / 4), []);
            values.Add(i % 4);
            labels.Add(i % 4 == 2 ? 1 : 0);
        }

        var result = new RankingStudy(new() { Group = "g", Goal = s_goal, Value = new() { Weights = new Dictionary<string, double> { ["buy"] = 1 } } }, [Task("buy")])
            .Run(([new(Task("buy"), [.. values], [.. labels], new float[200])], groups), null, "given", 1);
        Assert.Equal(1 / Math.Log2(3), result.Scores[0].Goal, 9);
        Assert.Equal(result.Scores[0].Goal, result.Scores[0].Low, 9);
        Assert.Equal(result.Scores[0].Goal, result.Scores[0].High, 9);
    }

    [Fact]
    public void Revenue_is_what_the_top_of_a_list_earned()
    {
        var groups = new GroupedRows(new GroupColumns("g", ["price"]));
        foreach (var (list, price) in new[] { (1ul, 10f), (1ul, 20f), (2ul, 5f), (2ul, 50f), (3ul, 99f) }) groups.Add(list, [price]);
        var options = new RankingOptions
        {
            Group = "g",
            Goal = new() { Revenue = "price", Of = "buy", At = 1 },
            Value = new() { Weights = new Dictionary<string, double> { ["buy*price"] = 1 } },
        };
        // the expected revenues are 9 and 4, then 2 and 5; the third list is one row
        var result = new RankingStudy(options, [Task("buy")]).Run(([new(Task("buy"), [.9f, .2f, .4f, .1f, 1], [1, 1, 1, 1, 1], new float[5])], groups), null, "given", 1);
        Assert.Equal((10 + 50) / 2.0, result.Scores[0].Goal, 9);
        Assert.Equal((2, 1), (result.Lists, result.LoneRows));
    }

    [Fact]
    public void Rows_without_lists_or_labels_are_refused()
    {
        var study = Study(ValueMethod.WeightedSum, new() { ["a"] = 1 });
        var (predictions, groups) = World(1);
        var lone = new GroupedRows(groups.Columns);
        for (var i = 0; i < groups.Count; i++) lone.Add((ulong)i, []);
        Assert.Contains("a single row", Refusal(predictions, lone), StringComparison.Ordinal);
        Assert.Contains("no label of 'buy'", Refusal(WithLabels(float.NaN), groups), StringComparison.Ordinal);
        Assert.Contains("no list of the", Refusal(WithLabels(0), groups), StringComparison.Ordinal);

        string Refusal(IReadOnlyList<TaskPredictions> rows, GroupedRows of) => Assert.Throws<InputException>(() => study.Run((rows, of), null, "given", 1)).Message;

        TaskPredictions[] WithLabels(float label) =>
            [.. predictions.Select(p => p.Task.Name == "buy" ? p with { Labels = [.. p.Labels.Select(_ => label)] } : p)];
    }

    [Theory]
    [InlineData("{group: g, goal: {ndcg: bye}}", "'bye' is no task; did you mean 'buy'?")]
    [InlineData("{group: g, goal: {ndcg: buy}, value: {weights: {bui: 1}}}", "did you mean 'buy'?")]
    [InlineData("{group: g, goal: {ndcg: buy}, value: {weights: {buy: -1}}}", "the weight of 'buy' is -1")]
    [InlineData("{group: g, goal: {ndcg: buy}, value: {weights: {buy: 0}}}", "every weight is 0")]
    [InlineData("{group: g, goal: {revenue: price}}", "'revenue' needs 'of'")]
    [InlineData("{group: g, goal: {at: 3}}", "either 'ndcg' with a task or 'revenue'")]
    [InlineData("{goal: {ndcg: buy}}", "lacks the key 'group'")]
    [InlineData("{group: g}", "lacks the key 'goal'")]
    public void A_wrong_section_is_refused_with_its_line(string ranking, string part)
    {
        var message = Assert.Throws<InputException>(() => ConfigReader.Read<SundryOptions>($"data: {{train: t.csv}}\ntasks: {{buy: binary}}\nranking: {ranking}\n", "sundry.yaml")).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains("sundry.yaml line 3", message, StringComparison.Ordinal);
    }

    private static RankingResult Fit(ValueMethod method, ulong seed) => Study(method, null).Run(World(1), World(2), "test", seed);

    private static RankingStudy Study(ValueMethod method, Dictionary<string, double>? weights) => new(
        new() { Group = "g", Goal = s_goal, Value = new() { Method = method, Weights = weights, Terms = weights is null ? ["a", "b", "c"] : [], Top = 3 } },
        [Task("a"), Task("b"), Task("c"), Task("buy")]);

    private static (IReadOnlyList<TaskPredictions> Predictions, GroupedRows Groups) World(int seed)
    {
        var random = new Random(seed);
        var n = Lists * Items;
        var (a, b, c, buy) = (new float[n], new float[n], new float[n], new float[n]);
        var groups = new GroupedRows(new GroupColumns("g", []));
        for (var list = 0; list < Lists; list++)
        {
            var best = -1;
            for (var i = list * Items; i < (list + 1) * Items; i++)
            {
                (a[i], b[i], c[i]) = (random.NextSingle(), 100 * random.NextSingle(), random.NextSingle());
                groups.Add((ulong)list, []);
                if (best < 0 || .7 * a[i] + .003 * b[i] > .7 * a[best] + .003 * b[best]) best = i;
            }

            buy[best] = 1;
        }

        var ones = new float[n];
        return ([new(Task("a"), a, buy, ones), new(Task("b"), b, buy, ones), new(Task("c"), c, buy, ones), new(Task("buy"), new float[n], buy, ones)], groups);
    }

    private static TaskSchema Task(string name) => new(name, name is "a" or "b" or "c" ? TaskType.Regression : TaskType.Binary, name is "a" or "b" or "c" ? [] : ["0", "1"], 1, "", 1, "", null, 1);
}
