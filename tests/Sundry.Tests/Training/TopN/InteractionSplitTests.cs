using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class InteractionSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_of_one_type_are_held_back_with_all_of_their_events()
    {
        var all = Typed();
        Assert.Equal(["view", "purchase"], all.Types);
        var (train, test) = InteractionSplit.Pairs(all, .3, 1, "purchase");
        Assert.Equal(all.Count, train.Count + test.Count);
        Assert.Equal(test.Count, test.OfType("purchase").Count);
        Assert.InRange(test.Count, 150, 250);
        for (var user = 0; user < all.UserCount; user++)
            foreach (var item in test.ItemsOf(user)) Assert.False(train.ItemsOf(user).Contains(item));
        Assert.NotEqual(test.ItemNumbers, InteractionSplit.Pairs(all, .3, 2, "purchase").Test.ItemNumbers);
        Assert.Contains("did you mean 'purchase'?", Assert.Throws<InputException>(() => InteractionSplit.Pairs(all, .3, 1, "purchas")).Message, StringComparison.Ordinal);
        Assert.Contains("a column 'type'", Assert.Throws<InputException>(() => InteractionSplit.Pairs(SmallShop.TwoTastes(), .3, 1, "view")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_type_a_share_of_all_pairs_is_held_back() => Assert.InRange(InteractionSplit.Pairs(Typed(), .3, 1).Test.Count, 450, 750);

    [Fact]
    public void Weights_say_what_an_event_of_a_type_counts()
    {
        var (users, items) = (new Names(), new Names());
        var path = _folder.Write("t.csv", "user,item,type\nann,x,view\nann,x,view\nann,x,purchase\nann,y,view\nbob,y,click\n");
        var pairs = InteractionFile.Read([path], users, items, ReadOptions.Default, new Dictionary<string, float> { ["purchase"] = 5, ["view"] = 1 }).Build([], []);
        Assert.Equal([7f, 1f], pairs.WeightsOf(0));
        Assert.Equal(2, pairs.Count);
        Assert.Equal(1, pairs.OfType("purchase").Count);
        var plain = _folder.Write("p.csv", "user,item\nann,x\n");
        Assert.Contains("no column 'type'", Assert.Throws<InputException>(() => InteractionFile.Read([plain], users, items, ReadOptions.Default, new Dictionary<string, float> { ["view"] = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Friends_are_those_who_are_in_the_interactions()
    {
        var users = new Names();
        foreach (var name in new[] { "ann", "bob", "cid" }) users.FindOrAdd(name);
        Assert.Equal([(0, 1), (1, 2)], InteractionFile.Friends(_folder.Write("f.csv", "user,friend\nbob,ann\nann,bob\nann,dan\nbob,cid\ncid,cid\n"), users));
        Assert.Contains("no two of its users", Assert.Throws<InputException>(() => InteractionFile.Friends(_folder.Write("g.csv", "user,friend\nann,dan\n"), users)).Message, StringComparison.Ordinal);
    }

    private Interactions Typed()
    {
        var lines = Enumerable.Range(0, 2000).Select(i => $"u{i % 100},i{i / 100},view\n" + (i % 3 == 0 ? $"u{i % 100},i{i / 100},purchase\n" : ""));
        return InteractionFile.Load([_folder.Write("typed.csv", "user,item,type\n" + string.Concat(lines))]);
    }
}
