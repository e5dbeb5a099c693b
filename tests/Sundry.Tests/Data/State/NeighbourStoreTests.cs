using Sundry.Data;

namespace Sundry.Tests;

public sealed class NeighbourStoreTests
{
    private const long Minute = 60_000;

    [Fact]
    public void Friends_show_what_they_took_last_each_item_once()
    {
        var log = Shop([(0, 1), (2, 0)]);
        var state = State(log, Of(EdgeKind.Friends));
        Feed(state, Click(0, 1, 7), Click(1, 2, 5), Click(2, 1, 7), Click(3, 0, 9), Click(4, 3, 8), Click(5, 1, 4));
        // of users 1 and 2, the oldest first: 7 was taken again later
        Assert.Equal([5, 7, 4], Read(state, user: 0, item: 5));
        Assert.Equal([9], Read(state, user: 1, item: 5));
        Assert.Empty(Read(state, user: 3, item: 5));
        Assert.Empty(Read(state, user: -1, item: 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Friends_who_come_and_go_are_seen_as_if_they_had_always_been(int seed)
    {
        var random = new Random(seed);
        var log = Shop([]);
        Neighbours[] all = [Of(EdgeKind.Friends) with { Length = 4 }, Of(EdgeKind.Friends) with { Window = 30 * Minute }];
        var live = new ShopState([], [], log, neighbours: all, friendsChange: true);
        var pairs = new HashSet<(int User, int Friend)>();
        var told = new List<ShopEvent>();
        for (int round = 0; round < 300; round++)
        {
            if (random.Next(3) > 0)
            {
                // many of one moment, by several users
                told.Add(Click(round / 5, random.Next(10), random.Next(10)));
                live.Add(told[^1]);
                continue;
            }

            var (user, friend, are) = (random.Next(10), random.Next(10), random.Next(3) > 0);
            if (user == friend) continue;
            var pair = (Math.Min(user, friend), Math.Max(user, friend));
            Assert.Equal(are ? pairs.Add(pair) : pairs.Remove(pair), live.Befriend(user, [friend], are));
            Assert.Equal(pairs.Order(), live.Friends);
            // from nothing, the friends being known first; and as training has it, from a log's
            var again = new ShopState([], [], log, neighbours: all, friendsChange: true);
            foreach (var known in pairs) again.Befriend(known.User, [known.Friend], are: true);
            Feed(again, [.. told]);
            Assert.Equal(Bytes(again), Bytes(live));
            if (pairs.Count > 0 && told.Count > 0)
            {
                var always = State(Shop([.. pairs]), all);
                Feed(always, [.. told]);
                for (int place = 0; place < all.Length; place++)
                    for (int one = 0; one < 10; one++) Assert.Equal(Read(always, one, -1, place), Read(live, one, -1, place));
            }

            using var file = new MemoryStream(Bytes(live));
            live = new ShopState([], [], log, neighbours: all, friendsChange: true);
            live.Load(file);
            live.Recall(pairs);
        }

        Assert.NotEmpty(pairs);

        static byte[] Bytes(ShopState state)
        {
            using var stream = new MemoryStream();
            state.Save(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_random_sample_of_what_friends_took_is_refused_where_they_come_and_go()
    {
        var of = Of(EdgeKind.Friends) with { Sample = EdgeSample.Random };
        Assert.Equal("features.near draws a random sample of what friends took, which cannot be kept while friendships change; train with 'sample: recent'",
            Assert.Throws<InputException>(() => new ShopState([], [], Shop([]), neighbours: [of], friendsChange: true)).Message);
    }

    [Fact]
    public void Together_is_what_one_user_or_visit_took_within_the_time()
    {
        var log = Shop([]);
        var state = State(log, Of(EdgeKind.Together) with { Within = 10 * Minute });
        Feed(state, Click(0, 1, 1), Click(5, 1, 2), Click(9, 2, 3), Click(12, 1, 4), Click(13, 1, 4));
        Assert.Equal([1, 4], Read(state, 0, 2));
        // 1 and 4 are twelve minutes apart, and 3 was another user's
        Assert.Equal([2], Read(state, 0, 1));
        Assert.Empty(Read(state, 0, 3));
        Feed(state, Click(20, -1, 5) with { Session = 3 }, Click(21, -1, 6) with { Session = 3 }, Click(22, -1, 7) with { Session = 4 });
        Assert.Equal([6], Read(state, 0, 5));
        Assert.Empty(Read(state, 0, 7));
    }

    [Fact]
    public void Brands_and_categories_show_their_other_items()
    {
        var log = Shop([]);
        var state = State(log, Of(EdgeKind.Brand), Of(EdgeKind.Category), Of(EdgeKind.Brand) with { Window = 3 * Minute });
        // item i is of the brand i % 2 and the category i % 3; 9 has neither
        Feed(state, Click(0, 1, 2), Click(1, 2, 4), Click(2, 1, 6), Click(3, 3, 5), Click(4, 1, 9));
        Assert.Equal([2, 4], Read(state, 0, 6));
        Assert.Equal([5], Read(state, 0, 2, place: 1));
        Assert.Equal([4], Read(state, 0, 6, place: 2));
        Assert.Empty(Read(state, 0, 9));
    }

    [Fact]
    public void Only_events_that_are_named_make_edges_and_no_more_are_kept_than_asked_for()
    {
        var log = Shop([(0, 1)]);
        var state = State(log, Of(EdgeKind.Friends) with { Length = 3 });
        for (int i = 0; i < 9; i++) state.Add(Click(i, 1, i));
        state.Add(ToyLog.Event(EventTypes.View, ToyLog.Start + 20 * Minute, 1, 1));
        Assert.Equal([6, 7, 8], Read(state, 0, -1));
    }

    [Fact]
    public void A_random_sample_is_as_likely_to_hold_any_and_the_same_each_time()
    {
        var log = Shop([(0, 1)]);
        var counts = new int[10];
        for (int draw = 0; draw < 400; draw++)
        {
            var of = Of(EdgeKind.Friends) with { Name = $"draw{draw}", Length = 3, Sample = EdgeSample.Random };
            var (state, again) = (State(log, of), State(log, of));
            for (int i = 0; i < 10; i++)
            {
                state.Add(Click(i, 1, i));
                again.Add(Click(i, 1, i));
            }

            var items = Read(state, 0, -1);
            Assert.Equal(items, Read(again, 0, -1));
            Assert.Equal(items.Order(), items);
            Assert.Equal(3, items.Distinct().Count());
            foreach (int item in items) counts[item]++;
        }

        // 120 expected of each, with a deviation of about 9
        Assert.All(counts, count => Assert.InRange(count, 80, 160));
    }

    [Fact]
    public void In_pieces_with_a_rest_on_disk_between_it_is_the_same()
    {
        var log = ToyLog.Draw(6000);
        Neighbours[] all = [Of(EdgeKind.Friends), Of(EdgeKind.Together) with { Sample = EdgeSample.Random, Within = ToyLog.Hour }, Of(EdgeKind.Category) with { Length = 4 }];
        var (whole, piece) = (State(log, all), State(log, all));
        int at = 0, seen = 0;
        foreach (var e in ShopStateTests.All(log))
        {
            if (++at % 900 == 0)
            {
                using var file = new MemoryStream();
                piece.Save(file);
                file.Position = 0;
                piece = State(log, all);
                piece.Load(file);
                foreach (int length in new[] { (int)file.Length / 2, (int)file.Length - 1 })
                    Assert.Throws<InvalidDataException>(() => State(log, all).Load(new MemoryStream(file.ToArray()[..length])));
                Assert.Throws<InvalidDataException>(() => State(log, all[..2]).Load(new MemoryStream(file.ToArray())));
            }

            whole.Add(e);
            piece.Add(e);
            for (int place = 0; place < all.Length; place++)
            {
                var items = Read(whole, e.User, e.Item, place);
                Assert.Equal(items, Read(piece, e.User, e.Item, place));
                seen += items.Length;
            }
        }

        Assert.True(seen > log.Count);
    }

    [Fact]
    public void What_the_log_does_not_have_is_named()
    {
        var bare = ToyLog.Of();
        Assert.Equal("features.near follows friends, and the log knows none; name their table as data.log.friends, or remove the feature", Refusal(Of(EdgeKind.Friends), bare));
        Assert.Equal("features.near follows edges of the brand, and the catalogue has no column 'brand'; name a catalogue that has one as data.log.items, or remove the feature", Refusal(Of(EdgeKind.Brand), bare));
        Assert.Equal("features.near names the event 'clik', which the log does not have; did you mean 'click'?", Refusal(Of(EdgeKind.Together) with { Events = ["clik"] }, bare));

        static string Refusal(Neighbours of, EventLog log) => Assert.Throws<InputException>(() => State(log, of)).Message;
    }

    private static Neighbours Of(EdgeKind edges) => new("near", edges, ["click"], 20, EdgeSample.Recent, ToyLog.Day, 0);

    private static ShopState State(EventLog log, params Neighbours[] all) => new([], [], log, neighbours: all);

    private static ShopEvent Click(int minute, int user, int item) => ToyLog.Event(EventTypes.Click, ToyLog.Start + minute * Minute, user, item);

    private static void Feed(ShopState state, params ShopEvent[] events)
    {
        foreach (var e in events) state.Add(e);
    }

    private static int[] Read(ShopState state, int user, int item, int place = 0)
    {
        var items = new int[20];
        return items[..state.Neighbours(place, user, item, state.Time + 1, items)];
    }

    private static EventLog Shop((int User, int Friend)[] friends)
    {
        var log = new EventLog([])
        {
            Friends = friends,
            ItemColumns = [ToyLog.Column("brand", 9, i => $"b{i % 2}"), ToyLog.Column("category", 9, i => $"c{i % 3}")],
        };
        for (int i = 0; i < 10; i++)
        {
            log.Users.FindOrAdd($"u{i}");
            log.Items.FindOrAdd($"i{i}");
        }

        return log;
    }
}
