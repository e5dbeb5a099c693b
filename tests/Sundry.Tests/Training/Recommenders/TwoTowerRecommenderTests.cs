using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TwoTowerRecommenderTests
{
    private static readonly TwoTowerOptions s_options = new() { Factors = 8, Hidden = 8, Epochs = 30, Batch = 64, LearningRate = .05, Regularization = .01, Attributes = false };

    [Fact]
    public void Views_help_to_find_what_few_purchases_say_little_of()
    {
        var (both, bought) = Shop();
        Assert.True(Right(both, s_options) > Right(bought, s_options) + .1, $"{Right(both, s_options)} against {Right(bought, s_options)}");
        Assert.InRange(Right(both, s_options), .85, 1);
    }

    [Fact]
    public void Each_type_has_lists_of_its_own()
    {
        // everybody views item 0 and nobody buys it; everybody buys item 1 and nobody looks at it
        var builder = Builder(40, 12);
        for (var u = 0; u < 40; u++)
        {
            if (u < 30) builder.Add(u, 0, 1, null, 0);
            if (u < 30) builder.Add(u, 1, 1, null, 1);
            builder.Add(u, 2 + u % 10, 1, null, u % 2);
        }

        var train = builder.Build([], []);
        Assert.Equal(0, Best(train, "view"));
        Assert.Equal(1, Best(train, "purchase"));
        Assert.Contains("did you mean 'view'?", Assert.Throws<InputException>(() => Best(train, "veiw")).Message, StringComparison.Ordinal);

        static int Best(Interactions train, string target)
        {
            using var recommender = new TwoTowerRecommender(s_options with { Target = target });
            recommender.Fit(train, new FitRequest());
            var scores = new float[train.ItemCount];
            recommender.Score([99], scores);
            return Array.IndexOf(scores, scores.Max());
        }
    }

    [Fact]
    public void Friends_speak_for_a_user_without_interactions()
    {
        var tastes = SmallShop.TwoTastes(attributes: false);
        var owners = PairOwners.Of(tastes);
        var some = tastes.Where(i => owners[i] < 58);
        // friends among those who have taken something too, so that there is something to learn friends by
        (int, int)[] friends = [.. Enumerable.Range(0, 56).Select(u => (u, u + 2)), .. Enumerable.Range(0, 20).Select(u => (u, 58 + u % 2))];
        var train = new Interactions(some.Users, some.Items, some.Offsets, some.ItemNumbers, some.Weights, some.Times) { Friends = friends };
        using var recommender = new TwoTowerRecommender(s_options with { History = false, Epochs = 60 });
        recommender.Fit(train, new FitRequest());
        foreach (var user in new[] { 58, 59 })
        {
            var scores = new float[20];
            recommender.Score([user], scores);
            double Mean(int taste) => scores.Where((_, i) => i % 2 == taste).Average();
            Assert.True(Mean(user % 2) > Mean(1 - user % 2));
        }
    }

    [Fact]
    public void Popular_items_are_not_pushed_down_for_being_drawn_often()
    {
        // nothing personal: the share of each item is what there is to learn, and the correction keeps it
        var random = new Random(4);
        var builder = Builder(400, 10);
        builder.Types = [];
        for (var u = 0; u < 400; u++)
            for (var i = 0; i < 10; i++)
                if (random.Next(10) <= i) builder.Add(u, i, 1, null);
        var train = builder.Build([], []);
        using var recommender = new TwoTowerRecommender(s_options with { History = false, Epochs = 10 });
        recommender.Fit(train, new FitRequest());
        var scores = new float[10];
        recommender.Score([train.UserCount], scores);
        Assert.Equal([9, 8, 7], Enumerable.Range(0, 10).OrderByDescending(i => scores[i]).Take(3));
        Assert.Equal(0, Array.IndexOf(scores, scores.Min()));
    }

    private static InteractionBuilder Builder(int users, int items)
    {
        var (u, i) = (new Names(), new Names());
        for (var n = 0; n < users; n++) u.FindOrAdd($"u{n}");
        for (var n = 0; n < items; n++) i.FindOrAdd($"i{n}");
        return new(u, i) { Types = ["view", "purchase"] };
    }

    // even users take to even items; many views, and one purchase each
    private static (Interactions Both, Interactions Bought) Shop()
    {
        var random = new Random(5);
        var builder = Builder(80, 40);
        for (var u = 0; u < 80; u++)
        {
            for (var n = 0; n < 8; n++) builder.Add(u, 2 * random.Next(20) + u % 2, 1, null, 0);
            builder.Add(u, 2 * random.Next(20) + u % 2, 1, null, 1);
        }

        var both = builder.Build([], []);
        return (both, both.OfType("purchase"));
    }

    private static double Right(Interactions train, TwoTowerOptions options)
    {
        using var recommender = new TwoTowerRecommender(options);
        recommender.Fit(train, new FitRequest());
        return SmallShop.Suits(recommender, train);
    }
}
