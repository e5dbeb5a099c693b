using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class NodeGraphTests
{
    [Fact]
    public void Friends_and_values_are_neighbours_by_their_weights()
    {
        var values = new Names();
        values.FindOrAdd("red|soft");
        // 3 users, 4 items; of the items 0 and 1 have two values, and users 0 and 2 are friends
        var pairs = With(SmallShop.Of(3, 4, [(0, 0, 1), (1, 0, 1), (1, 3, 1)], [new NamedColumn("kind", values, [0, 0])]), [(0, 2)]);
        var graph = new NodeGraph(pairs, .5, 2);
        Assert.Equal(3 + 4 + 2, graph.Nodes);
        Assert.Equal([3, 2], graph.NeighboursOf(0));
        Assert.Equal([0], graph.NeighboursOf(2));
        Assert.Equal([0, 1, 7, 8], graph.NeighboursOf(3));
        // degrees: user 0 has 1 + 1/2, user 2 has 1/2, item 0 has 1 + 1 + 2 + 2, a value 2 + 2
        Assert.Equal(1 / MathF.Sqrt(1.5f * 6), graph.SharesOf(0)[0], 1e-6);
        Assert.Equal(.5f / MathF.Sqrt(1.5f * .5f), graph.SharesOf(0)[1], 1e-6);
        Assert.Equal(2 / MathF.Sqrt(6 * 4), graph.SharesOf(3)[2], 1e-6);
        Assert.Equal(graph.SharesOf(3)[2], graph.SharesOf(7)[0]);

        var plain = new NodeGraph(pairs, 0, 0);
        Assert.Equal(7, plain.Nodes);
        Assert.True(plain.NeighboursOf(2).IsEmpty);
    }

    [Fact]
    public void A_user_without_interactions_learns_from_friends()
    {
        // the last two users have taken nothing: one is a friend of even users, the other of odd ones
        var tastes = SmallShop.TwoTastes();
        var some = tastes.Where(i => PairOwners.Of(tastes)[i] < 58);
        var train = With(some, [.. Enumerable.Range(0, 58).Select(u => (u, 58 + u % 2))]);
        var recommender = new LightGcnRecommender(new() { Factors = 8, Epochs = 40, Batch = 64 });
        recommender.Fit(train, new FitRequest());
        foreach (var user in new[] { 58, 59 })
        {
            var scores = new float[20];
            recommender.Score([user], scores);
            double Mean(int taste) => scores.Where((_, i) => i % 2 == taste).Average();
            Assert.True(Mean(user % 2) > Mean(1 - user % 2));
        }
    }

    private static Interactions With(Interactions pairs, IReadOnlyList<(int, int)> friends) =>
        new(pairs.Users, pairs.Items, pairs.Offsets, pairs.ItemNumbers, pairs.Weights, pairs.Times) { ItemColumns = pairs.ItemColumns, UserColumns = pairs.UserColumns, Friends = friends };
}
