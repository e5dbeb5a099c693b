using System.Buffers.Binary;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class InteractionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_log_is_summed_up_by_pair()
    {
        var (users, items) = (new Names(), new Names());
        foreach (var name in new[] { "ann", "bob", "cid" }) users.FindOrAdd(name);
        foreach (var name in new[] { "hat", "shoe" }) items.FindOrAdd(name);
        ShopEvent Event(byte type, int user, int item, long time) => new() { Type = type, User = user, Item = item, Time = time };
        var log = new EventLog(
        [
            Event(EventTypes.View, 0, 1, 10), Event(EventTypes.Purchase, 0, 1, 20), Event(EventTypes.View, 0, 0, 30), Event(EventTypes.View, -1, 0, 40),
            Event(EventTypes.Search, 1, -1, 50), Event(EventTypes.Purchase, 1, 0, 60), Event(EventTypes.Return, 1, 0, 70), Event(EventTypes.Impression, 2, 0, 80),
        ])
        {
            Users = users,
            Items = items,
        };
        var pairs = Interactions.Of(log, new Dictionary<string, float> { ["view"] = 1, ["purchase"] = 5, ["return"] = -5 });
        Assert.Equal(3, pairs.UserCount);
        Assert.Equal([0, 1], pairs.ItemsOf(0));
        Assert.Equal([1f, 6f], pairs.WeightsOf(0));
        Assert.Equal([30L, 20L], pairs.TimesOf(0));
        Assert.Empty(pairs.ItemsOf(1).ToArray());
        Assert.Empty(pairs.ItemsOf(2).ToArray());
        Assert.Contains("did you mean 'view'?", Assert.Throws<InputException>(() => Interactions.Of(log, new Dictionary<string, float> { ["veiw"] = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("--weights", Assert.Throws<InputException>(() => Interactions.Of(log, new Dictionary<string, float> { ["cart"] = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_transposed_transposed_is_the_same()
    {
        var pairs = SmallShop.TwoTastes();
        var again = pairs.Transposed().Transposed();
        Assert.Equal(pairs.Offsets, again.Offsets);
        Assert.Equal(pairs.ItemNumbers, again.ItemNumbers);
        Assert.Equal(pairs.Weights, again.Weights);
        Assert.Equal(pairs.Times, again.Times);
    }

    [Fact]
    public void A_table_is_read_with_what_it_has()
    {
        var pairs = InteractionFile.Load([_folder.Write("a.csv", "item,user,rating,timestamp\nx,ann,4,2025-01-02\ny,ann,,1735776000\nx,ann,1,2025-01-01\nx,bob,-1,2025-01-01\n")]);
        Assert.Equal(2, pairs.Count);
        Assert.Equal([5f, 1f], pairs.WeightsOf(0));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), pairs.TimesOf(0)[0]);
        Assert.True(pairs.HasTimes);
        Assert.False(InteractionFile.Load([_folder.Write("b.csv", "user,item\nann,x\n")]).HasTimes);
    }

    [Theory]
    [InlineData("usr,item\na,b\n", "no column 'user'")]
    [InlineData("user,thing\na,b\n", "no column 'item'")]
    [InlineData("user,item\na,\n", "the item is empty")]
    [InlineData("user,item,value\na,b,much\n", "'much' in the column 'value' is no finite number")]
    [InlineData("user,item,value\na,b,NaN\n", "is no finite number")]
    [InlineData("user,item,time\na,b,soon\n", "'soon' in the column 'time' is no time")]
    public void A_table_that_is_none_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => InteractionFile.Load([_folder.Write("bad.csv", text)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Splits_divide_and_lose_nothing()
    {
        var all = SmallShop.TwoTastes();
        foreach (var (train, test) in new[] { InteractionSplit.Random(all, .25, 3), InteractionSplit.ByTime(all, .25), InteractionSplit.LeaveLast(all) })
        {
            Assert.Equal(all.Count, train.Count + test.Count);
            for (var u = 0; u < all.UserCount; u++)
                Assert.Equal(all.ItemsOf(u).ToArray(), train.ItemsOf(u).ToArray().Concat(test.ItemsOf(u).ToArray()).Order());
        }

        var (_, drawn) = InteractionSplit.Random(all, .25, 3);
        for (var u = 0; u < all.UserCount; u++) Assert.Equal((int)Math.Round(.25 * all.ItemsOf(u).Length), drawn.ItemsOf(u).Length);
        Assert.Equal(drawn.ItemNumbers, InteractionSplit.Random(all, .25, 3).Test.ItemNumbers);
        Assert.NotEqual(drawn.ItemNumbers, InteractionSplit.Random(all, .25, 4).Test.ItemNumbers);
        var (before, after) = InteractionSplit.ByTime(all, .25);
        Assert.True(before.Times.Max() < after.Times.Min());
        // the shop's times grow with the item
        var (_, last) = InteractionSplit.LeaveLast(all);
        for (var u = 0; u < all.UserCount; u++) Assert.Equal([all.ItemsOf(u)[^1]], last.ItemsOf(u));
    }

    [Fact]
    public void A_file_that_was_changed_or_cut_short_is_refused()
    {
        var train = SmallShop.TwoTastes();
        var als = new ItemNeighbours(new());
        als.Fit(train, new FitRequest());
        var path = _folder.Path("r");
        RecommenderFile.Save(path, "item_knn", new(), als, train);
        var bytes = File.ReadAllBytes(path);
        foreach (var at in new[] { 20, bytes.Length / 2, bytes.Length - 1 })
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            Refused(changed, "cut short or changed");
        }

        foreach (var length in new[] { 0, 15, 60, bytes.Length - 1 }) Refused(bytes[..length], length < 48 ? "no recommender's file" : "cut short or changed");
        var other = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(other.AsSpan(8), 2);
        Refused(other, "version 2");
        Assert.Contains("no such file", Assert.Throws<InputException>(() => RecommenderFile.Load(_folder.Path("absent"))).Message, StringComparison.Ordinal);

        void Refused(byte[] content, string part)
        {
            File.WriteAllBytes(path, content);
            Assert.Contains(part, Assert.Throws<InputException>(() => RecommenderFile.Load(path)).Message, StringComparison.Ordinal);
        }
    }
}
