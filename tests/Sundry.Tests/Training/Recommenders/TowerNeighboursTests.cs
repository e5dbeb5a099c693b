using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TowerNeighboursTests
{
    private static readonly Interactions s_train = Pairs();

    [Fact]
    public void A_pair_has_no_part_in_the_likeness_that_predicts_it()
    {
        var near = TowerNeighbours.Of(s_train, 50, new FitRequest());
        int[] items = [.. Enumerable.Range(0, 12)];
        for (var user = 0; user < s_train.UserCount; user++)
        {
            foreach (var own in s_train.ItemsOf(user))
            {
                var places = Places();
                var said = new float[12];
                near.Of(user, own, places, said);
                foreach (var item in items) Assert.Equal(Math.Log(1 + Likeness(user, item, own) / .05), said[item], 1e-4);
            }
        }
    }

    [Fact]
    public void Of_all_items_it_says_what_item_neighbours_do()
    {
        var near = TowerNeighbours.Of(s_train, 3, new FitRequest());
        var reference = new ItemNeighbours(new() { Neighbours = 3 });
        reference.Fit(s_train, new FitRequest());
        for (var user = 0; user <= s_train.UserCount; user++)
        {
            var (scores, said) = (new float[12], new float[12]);
            reference.Score([user], scores);
            near.AddTo(user, 2, said);
            for (var item = 0; item < 12; item++) Assert.Equal(2 * Math.Log(1 + scores[item] / .05), said[item], 1e-4);
        }
    }

    [Fact]
    public void What_neighbours_say_finds_what_towers_alone_cannot()
    {
        // towers that hardly learn know how popular items are and nothing else
        var tastes = SmallShop.TwoTastes(attributes: false);
        var options = new TwoTowerOptions { Factors = 4, Epochs = 1, Batch = 64, LearningRate = 1e-6, History = false };
        using var alone = new TwoTowerRecommender(options);
        using var together = new TwoTowerRecommender(options with { Neighbours = 20 });
        alone.Fit(tastes, new FitRequest());
        together.Fit(tastes, new FitRequest());
        Assert.InRange(SmallShop.Suits(alone, tastes), 0, .8);
        Assert.InRange(SmallShop.Suits(together, tastes), .95, 1);
    }

    private static BatchPlaces Places()
    {
        var first = new int[12];
        Array.Fill(first, -1);
        return new([.. Enumerable.Range(0, 12).Select(i => (0, i, 0))], first);
    }

    // the likeness of an item to those of a user's but one, counted anew without the pair
    private static double Likeness(int user, int item, int without)
    {
        var sum = 0.0;
        foreach (var other in s_train.ItemsOf(user))
        {
            if (other == without || other == item) continue;
            var (both, n, m) = (0, 0, 0);
            for (var u = 0; u < s_train.UserCount; u++)
            {
                var (has, hasOther) = (s_train.ItemsOf(u).BinarySearch(item) >= 0, s_train.ItemsOf(u).BinarySearch(other) >= 0);
                if (has) n++;
                if (hasOther) m++;
                if (has && hasOther && !(u == user && item == without)) both++;
            }

            sum += both / (Math.Sqrt((double)n * m) + 10);
        }

        return sum;
    }

    private static Interactions Pairs()
    {
        var random = new Random(5);
        return SmallShop.Of(25, 12, Enumerable.Range(0, 110).Select(_ => (random.Next(25), random.Next(12), 1f)));
    }
}
