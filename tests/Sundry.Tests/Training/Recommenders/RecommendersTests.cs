using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>What holds for every recommender.</summary>
public sealed class RecommendersTests
{
    internal static readonly RecommenderOptions Small = new()
    {
        Als = new() { Factors = 4 },
        Bpr = new() { Factors = 4, Epochs = 100 },
        Mf = new() { Factors = 4, Epochs = 150, LearningRate = .05 },
        TaskMf = new() { Factors = 4 },
        LightGcn = new() { Factors = 4, Epochs = 40, Batch = 64 },
        TwoTower = new() { Factors = 4, Hidden = 8, Neighbours = 8, Epochs = 40, Batch = 64, LearningRate = .05, Regularization = .01 },
        Fm = new() { Factors = 4, Epochs = 60, LearningRate = .05 },
        Logistic = new() { Epochs = 60, LearningRate = .05 },
        Popular = new() { By = "kind" },
    };

    public static TheoryData<string> All => [.. Recommenders.Names];

    [Theory, MemberData(nameof(All))]
    public void It_finds_what_suits(string name)
    {
        var train = SmallShop.TwoTastes();
        var recommender = Fitted(name, train, new FitRequest());
        Assert.InRange(SmallShop.Suits(recommender, train), .9, 1);
    }

    [Theory, MemberData(nameof(All))]
    public void A_seed_gives_one_result_on_any_number_of_threads(string name)
    {
        var train = SmallShop.TwoTastes();
        Assert.Equal(Scores(Fitted(name, train, new FitRequest(3, 1)), train), Scores(Fitted(name, train, new FitRequest(3, 3)), train));
    }

    [Theory, MemberData(nameof(All))]
    public void It_is_the_same_from_a_file(string name)
    {
        using var folder = new TemporaryFolder();
        var train = SmallShop.TwoTastes();
        var recommender = Fitted(name, train, new FitRequest());
        RecommenderFile.Save(folder.Path("r"), name, Small, recommender, train);
        var (kept, restored, known) = RecommenderFile.Load(folder.Path("r"));
        Assert.Equal(name, kept);
        Assert.Equal(Scores(recommender, train), Scores(restored, known));
        Assert.Equal(recommender.Similar(3, 5), restored.Similar(3, 5));
        Assert.Equal(train.Users.Text(7), known.Users.Text(7));
        Assert.Equal(train.Times, known.Times);
        Assert.Equal("odd|strange", known.ItemColumns[0].Values.Text(known.ItemColumns[0][1]));
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [Theory, MemberData(nameof(All))]
    public void Similar_items_are_of_the_same_taste(string name)
    {
        var similar = Fitted(name, SmallShop.TwoTastes(), new FitRequest()).Similar(4, 5);
        Assert.InRange(similar.Count, 1, 5);
        Assert.DoesNotContain(similar, s => s.Item == 4);
        Assert.All(similar.Take(3), s => Assert.Equal(0, s.Item % 2));
        Assert.Equal(similar.OrderByDescending(s => s.Score).Select(s => s.Score), similar.Select(s => s.Score));
    }

    [Theory, MemberData(nameof(All))]
    public void A_user_without_interactions_gets_scores_that_are_numbers(string name)
    {
        var train = SmallShop.TwoTastes();
        var scores = new float[train.ItemCount];
        Fitted(name, train, new FitRequest()).Score([train.UserCount + 5], scores);
        Assert.All(scores, s => Assert.True(float.IsFinite(s)));
    }

    [Theory, MemberData(nameof(All))]
    public void It_can_be_cancelled(string name) =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            var recommender = Recommenders.Create(name, Small);
            recommender.Fit(SmallShop.TwoTastes(), new FitRequest(Cancel: new CancellationToken(true)));
            var scores = new float[20];
            TopLists.Run(recommender, SmallShop.TwoTastes(), new[] { 0 }, new TopNOptions(), new FitRequest(Cancel: new CancellationToken(true)), (_, _, _) => { });
        });

    [Fact]
    public void An_unknown_name_is_asked_about() =>
        Assert.Contains("did you mean 'item_knn'?", Assert.Throws<InputException>(() => Recommenders.Create("itemknn", Small)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("content", "--items")]
    [InlineData("logistic", "--customers")]
    public void What_needs_attributes_says_so(string name, string part)
    {
        var train = SmallShop.TwoTastes(attributes: false);
        Assert.Contains(part, Assert.Throws<InputException>(() => Recommenders.Create(name, Small).Fit(train, new FitRequest())).Message, StringComparison.Ordinal);
    }

    internal static IRecommender Fitted(string name, Interactions train, FitRequest request)
    {
        var recommender = Recommenders.Create(name, Small);
        recommender.Fit(train, request);
        return recommender;
    }

    private static float[] Scores(IRecommender recommender, Interactions train)
    {
        var scores = new float[train.UserCount * train.ItemCount];
        recommender.Score([.. Enumerable.Range(0, train.UserCount)], scores);
        return scores;
    }
}
