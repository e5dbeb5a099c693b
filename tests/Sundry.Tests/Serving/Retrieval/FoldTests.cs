using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class FoldTests
{
    /// <summary>Saved anywhere and given the rest, a state is byte for byte the state that all events lead to.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Restored_and_replayed_equals_rebuilt(int seed)
    {
        var events = Events(seed, 6000);
        var whole = Folds();
        foreach (var e in events) Apply(whole, e);
        var expected = Save(whole);
        foreach (var cut in new[] { 0, 1, 777, 3000, 5999, 6000 })
        {
            var before = Folds();
            foreach (var e in events[..cut]) Apply(before, e);
            var after = Folds();
            FoldFile.Load(new MemoryStream(Save(before)), after);
            foreach (var e in events[cut..]) Apply(after, e);
            Assert.Equal(expected, Save(after));
            Assert.Equal(Answers(whole), Answers(after));
        }
    }

    [Fact]
    public void A_changed_or_short_state_is_refused()
    {
        var folds = Folds();
        foreach (var e in Events(4, 500)) Apply(folds, e);
        var bytes = Save(folds);
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<InvalidDataException>(() => FoldFile.Load(new MemoryStream(changed), Folds()));
            Assert.Throws<InvalidDataException>(() => FoldFile.Load(new MemoryStream(bytes[..random.Next(bytes.Length)]), Folds()));
        }

        Assert.Throws<InvalidDataException>(() => FoldFile.Load(new MemoryStream([.. bytes, 0]), Folds()));
        Assert.Throws<InvalidDataException>(() => FoldFile.Load(new MemoryStream(bytes), Folds().AsSpan(0, 2)));
    }

    [Fact]
    public void Memory_is_bounded_by_items_and_settings()
    {
        var pairs = new PairCounts("pairs", PairOptions.CoVisited with { Visitors = 50, Neighbours = 8 });
        long Size()
        {
            using var stream = new MemoryStream();
            FoldFile.Save(stream, pairs);
            return stream.Length;
        }

        foreach (var e in Events(5, 20_000)) pairs.Apply(e);
        // 100 items with 8 neighbours, 50 visitors with 10 items
        Assert.InRange(Size(), 1, 100 * (9 + 8 * 12) + 50 * (9 + 10 * 12) + 200);
    }

    [Fact]
    public void Items_that_there_are_not_take_no_memory()
    {
        var pairs = new PairCounts("pairs", PairOptions.CoVisited);
        foreach (var e in Events(5, 500)) pairs.Apply(e);
        // they make the table of items that knows them 32 MB
        foreach (var item in new[] { 0, 7 }) pairs.Apply(new ShopEvent { Time = 1_700_000_000_000L, User = -1, Session = 9, Item = (1 << 22) - item, Type = EventTypes.Click });
        var bytes = Save([pairs]);
        FoldFile.Load(new MemoryStream(bytes), new PairCounts("pairs", PairOptions.CoVisited));
        var bounded = new PairCounts("pairs", PairOptions.CoVisited, () => 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => FoldFile.Load(new MemoryStream(bytes), bounded));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    internal static ShopEvent[] Events(int seed, int count)
    {
        var random = new Random(seed);
        var time = 1_700_000_000_000L;
        var events = new ShopEvent[count];
        foreach (ref var e in events.AsSpan())
        {
            // now and then a pause of weeks, so that landmarks move, and an event that comes late
            time += random.Next(500) == 0 ? (long)TimeSpan.FromDays(40).TotalMilliseconds : random.Next(60_000);
            e = new ShopEvent
            {
                Time = random.Next(20) == 0 ? time - random.Next(10_000_000) : time,
                User = random.Next(-1, 60),
                Session = random.Next(-1, 200),
                Item = random.Next(10) == 0 ? -1 : (int)(100 * random.NextDouble() * random.NextDouble()),
                Type = (byte)random.Next(11),
                Quantity = 1,
            };
        }

        return events;
    }

    private static IEventFold[] Folds() =>
    [
        new PairCounts("co-visited", PairOptions.CoVisited with { Visitors = 40, Neighbours = 6, HalfLife = TimeSpan.FromHours(5) }),
        new PairCounts("bought together", PairOptions.BoughtTogether with { Visitors = 30, Recent = 4 }),
        new PopularCounts("popular", new() { HalfLife = TimeSpan.FromHours(3), Listed = 10 }),
    ];

    private static void Apply(IEventFold[] folds, in ShopEvent e)
    {
        foreach (var fold in folds) fold.Apply(e);
    }

    private static byte[] Save(IEventFold[] folds)
    {
        using var stream = new MemoryStream();
        FoldFile.Save(stream, folds);
        return stream.ToArray();
    }

    private static List<Candidate> Answers(IEventFold[] folds)
    {
        var allowed = new ItemBits();
        for (var item = 0; item < 100; item++) allowed.Set(item, item % 9 != 0);
        var answers = new List<Candidate>();
        var into = new Candidate[20];
        ICandidateSource[] sources = [new PairSource((PairCounts)folds[0]), new PairSource((PairCounts)folds[1]), new PopularSource((PopularCounts)folds[2])];
        foreach (var source in sources) answers.AddRange(into[..source.Find(new CandidateQuery { Allowed = allowed, Items = new[] { 1, 2, 3 } }, into)]);
        return answers;
    }
}
