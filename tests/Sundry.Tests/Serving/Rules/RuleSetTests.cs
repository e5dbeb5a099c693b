using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class RuleSetTests
{
    private const long Day = 86_400_000;
    private readonly RuleNames _names = new();
    private readonly ItemShelf _shelf = new();

    [Fact]
    public void Boosts_caps_and_pins_work_together()
    {
        Put(10, i => new() { Facts = Attributes(("brand", i < 5 ? "A" : "B"), ("price", $"{i}")) });
        var rules = Rules(new()
        {
            Caps = [new() { By = "brand", AtMost = 2 }],
            Pins = [new() { Item = 7, Place = 2 }, new() { Item = 8, Place = 2 }, new() { Item = 6, Place = 9, Where = "user.vip" }],
            Boosts = [new() { Factor = 3, Where = "price = 3" }],
        });
        var answer = rules.Apply(new() { Count = 9 }, [.. Enumerable.Range(0, 10).Select(i => new Candidate(i, 10 - i))], _shelf);
        // 3 rises to 21; 7 is pinned and one of two of its brand; 5 is the other
        Assert.Equal([3, 7, 0, 5], answer.Select(x => x.Item));
        Assert.Equal([RuleNotes.Boosted, RuleNotes.Pinned, RuleNotes.None, RuleNotes.None], answer.Select(x => x.Notes));
        var vip = new RuleRequest { Count = 9, User = Facts.Of(_names.User, [KeyValuePair.Create("vip", "1")]) };
        Assert.Equal([3, 7, 0, 6], rules.Apply(vip, [.. Enumerable.Range(0, 10).Select(i => new Candidate(i, 10 - i))], _shelf).Select(x => x.Item));
    }

    [Fact]
    public void A_boost_raises_scores_below_zero_too()
    {
        Put(3, _ => new());
        _shelf.Set(2, new() { Facts = Attributes(("new", "yes")) });
        var rules = Rules(new() { Boosts = [new() { Factor = 4, Where = "new" }] });
        Assert.Equal([2, 0, 1], rules.Apply(new() { Count = 3 }, [new(0, -1), new(1, -2), new(2, -3)], _shelf).Select(x => x.Item));
    }

    [Fact]
    public void Rules_are_those_of_the_scenario()
    {
        Put(4, i => new() { Facts = Attributes(("price", $"{i}")) });
        var options = new RuleOptions { Filters = [new() { Where = "price < 2", Scenarios = ["cart"] }] };
        Assert.Equal(4, RuleSet.Compile(options, "home", _names).Apply(new() { Count = 9 }, All(4), _shelf).Count);
        Assert.Equal(2, RuleSet.Compile(options, "cart", _names).Apply(new() { Count = 9 }, All(4), _shelf).Count);
    }

    [Fact]
    public void What_gives_way_does_so_in_order()
    {
        Put(6, i => new() { Facts = Attributes(("dull", i is 2 or 3 ? "1" : "0")), Hidden = i == 5 });
        var rules = Rules(new() { HideSeen = true, AtLeast = 9, Filters = [new() { Where = "dull", Soft = true }] });
        var answer = rules.Apply(new() { Count = 9, Seen = new HashSet<int> { 1, 3 } }, [new(3, 9), new(2, 8), new(1, 7), new(0, 6), new(5, 5)], _shelf);
        Assert.Equal([0, 4, 1, 2, 3], answer.Select(x => x.Item));
        Assert.Equal([RuleNotes.None, RuleNotes.Filled, RuleNotes.Seen, RuleNotes.Relaxed, RuleNotes.Seen | RuleNotes.Relaxed], answer.Select(x => x.Notes));
    }

    [Fact]
    public void Items_bought_come_back_after_a_while()
    {
        Put(2, _ => new());
        var rules = Rules(new() { HideBought = TimeSpan.FromDays(10) });
        RuleRequest At(long time) => new() { Count = 2, Time = time, Bought = new Dictionary<int, long> { [0] = 5 * Day } };
        Assert.Equal([1], rules.Apply(At(6 * Day), All(2), _shelf).Select(x => x.Item));
        Assert.Equal([0, 1], rules.Apply(At(15 * Day), All(2), _shelf).Select(x => x.Item).Order());
    }

    [Fact]
    public void Diversity_prefers_what_is_unlike_the_items_above()
    {
        Put(6, i => new() { Facts = Attributes(("brand", i < 3 ? "A" : "B"), ("category", $"{i % 3}")) });
        var alike = new AttributeSimilarity(_shelf, _names, "brand");
        var candidates = Enumerable.Range(0, 6).Select(i => new Candidate(i, 10 - i)).ToArray();
        int[] Order(double relevance) => [.. Rules(new() { Relevance = relevance }).Apply(new() { Count = 6 }, candidates, _shelf, alike).Select(x => x.Item)];
        Assert.Equal([0, 1, 2, 3, 4, 5], Order(1));
        // 1 has relevance 0.8 and is like 0; 3 has 0.4 and is not
        Assert.Equal([0, 3, 1, 2, 4, 5], Order(0.5));
        Assert.Equal([0, 1, 2, 3, 4, 5], Order(0.9));
    }

    /// <summary>Greedy MMR against its definition, evaluated anew at every place.</summary>
    [Fact]
    public void Diversity_is_maximal_marginal_relevance()
    {
        var random = new Random(3);
        Put(40, _ => new() { Facts = Attributes(("a", $"{random.Next(4)}"), ("b", $"{random.Next(3)}")) });
        var alike = new AttributeSimilarity(_shelf, _names, "a", "b");
        for (var round = 0; round < 20; round++)
        {
            var relevance = random.NextDouble();
            var candidates = Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(25).Select(i => new Candidate(i, random.Next(100))).ToArray();
            var answer = Rules(new() { Relevance = relevance }).Apply(new() { Count = 10 }, candidates, _shelf, alike);
            var (least, most) = (candidates.Min(c => c.Score), candidates.Max(c => c.Score));
            var chosen = new List<int>();
            for (var place = 0; place < 10; place++)
            {
                var next = candidates.Where(c => !chosen.Contains(c.Item)).OrderByDescending(c => c.Score).ThenBy(c => c.Item)
                    .MaxBy(c => relevance * ((c.Score - least) / (double)(most - least)) - (1 - relevance) * chosen.Select(o => alike.Among([c.Item, o])[0, 1]).DefaultIfEmpty(0).Max());
                chosen.Add(next.Item);
            }

            Assert.Equal(chosen, answer.Select(x => x.Item));
        }
    }

    /// <summary>Random shops, rules and requests: what must never be, never is.</summary>
    [Fact]
    public void Rules_are_never_broken()
    {
        var random = new Random(11);
        for (var round = 0; round < 3000; round++)
        {
            var items = random.Next(1, 40);
            for (var item = 0; item < 40; item++) _shelf.Set(item, item >= items ? null : Item(random));
            var options = Options(random, items);
            var rules = Rules(options);
            var request = new RuleRequest
            {
                Count = random.Next(1, 15),
                Time = 100 * Day,
                User = Facts.Of(_names.User, [KeyValuePair.Create("age", $"{random.Next(60)}")]),
                Blocked = Some(random, items, 8),
                Seen = Some(random, items, 2),
                Bought = Some(random, items, 6).ToDictionary(i => i, _ => random.Next(101) * Day),
            };
            var candidates = Enumerable.Range(0, random.Next(30)).Select(_ => new Candidate(random.Next(items + 5), random.Next(-9, 10))).ToArray();
            IItemSimilarity? alike = random.Next(2) == 0 ? null : new AttributeSimilarity(_shelf, _names, "brand", "category");
            int[] fill = [.. Some(random, items, 4)];
            var answer = rules.Apply(request, candidates, _shelf, alike, fill);

            var hard = options.Filters.Where(f => !f.Soft).Select(f => RuleExpression.Parse(f.Where, _names)).ToArray();
            bool May(int item) => _shelf[item] is { IsOnSale: true } known && !request.Blocked.Contains(item)
                && !(request.Bought.TryGetValue(item, out var bought) && request.Time - bought < 30 * Day)
                && !hard.Any(f => f.Holds(new RuleScope(known.Facts, request.User, Facts.None)));
            Assert.All(answer, x => Assert.True(May(x.Item)));
            Assert.Equal(answer.Count, answer.Select(x => x.Item).Distinct().Count());
            Assert.True(answer.Count <= request.Count);
            Assert.Equal(answer.Count == 0, !Enumerable.Range(0, items).Any(May));
            foreach (var cap in options.Caps)
            {
                var place = _names.Item.FindOrAdd(cap.By);
                Assert.All(answer.SelectMany(x => _shelf[x.Item]!.Facts[place].Text.Split('|').Distinct()).Where(v => v.Length > 0).GroupBy(v => v), g => Assert.True(g.Count() <= cap.AtMost));
            }

            foreach (var x in answer.Where(x => x.Notes == RuleNotes.Pinned))
            {
                var place = answer.Select(y => y.Item).ToList().IndexOf(x.Item) + 1;
                // at its place, or at the end of an answer that is shorter
                Assert.Contains(options.Pins, p => p.Item == x.Item && (p.Place == place || (p.Place > place && answer.Skip(place).All(y => y.Notes == RuleNotes.Pinned))));
            }

            // the first pin of all that may be shown stands, whatever the caps
            if (options.Pins is [var first, ..] && options.Pins.All(p => p.Place >= first.Place) && first.Place <= request.Count && May(first.Item))
                Assert.Contains(answer, x => x.Item == first.Item && x.Notes == RuleNotes.Pinned);

            random.Shuffle(candidates);
            Assert.Equal(answer, rules.Apply(request, candidates, _shelf, alike, fill));
        }
    }

    /// <summary>An answer that begins after an item was hidden never has it, whatever else changes meanwhile.</summary>
    [Fact]
    public void A_change_is_seen_by_the_next_answer()
    {
        const int items = 60;
        Put(items, _ => new());
        var rules = Rules(new());
        var hidden = new long[items];
        using var stop = new CancellationTokenSource();
        var answers = 0;
        var wrong = 0;
        var readers = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                // even: on sale; odd: hidden. Hidden before and still hidden after: it was hidden all the while, or came and went
                var before = hidden.Select((_, i) => Volatile.Read(ref hidden[i])).ToArray();
                foreach (var x in rules.Apply(new() { Count = 20 }, All(items), _shelf))
                    if (before[x.Item] % 2 == 1 && Volatile.Read(ref hidden[x.Item]) == before[x.Item]) Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref answers);
            }
        })).ToArray();
        foreach (var reader in readers) reader.Start();
        var random = new Random(1);
        while (Volatile.Read(ref answers) < 500)
        {
            var item = random.Next(items);
            if (hidden[item] % 2 == 0)
            {
                _shelf.Set(item, new() { Hidden = true });
                Interlocked.Increment(ref hidden[item]);
            }
            else
            {
                Interlocked.Increment(ref hidden[item]);
                _shelf.Set(item, new());
            }
        }

        stop.Cancel();
        foreach (var reader in readers) reader.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Rules_that_make_no_sense_are_refused()
    {
        Assert.Equal("the cap by 'brand' allows 0 items; allow at least 1, or write a filter", Refused(new() { Caps = [new() { By = "brand", AtMost = 0 }] }));
        Assert.Equal("item 3 is pinned to place 0; places count from 1", Refused(new() { Pins = [new() { Item = 3, Place = 0 }] }));
        Assert.Equal("the boost where a has the factor -1; write a number above 0", Refused(new() { Boosts = [new() { Factor = -1, Where = "a" }] }));
        Assert.Equal("relevance 2 is not from 0 to 1", Refused(new() { Relevance = 2 }));
        Assert.StartsWith("character 4 of", Refused(new() { Filters = [new() { Where = "a <" }] }), StringComparison.Ordinal);

        string Refused(RuleOptions options) => Assert.Throws<InputException>(() => Rules(options)).Message;
    }

    private static RuleOptions Options(Random random, int items) => new()
    {
        HideSeen = random.Next(2) == 0,
        Relevance = random.Next(2) == 0 ? 1 : random.NextDouble(),
        DiversityPool = random.Next(1, 30),
        AtLeast = random.Next(1, 10),
        Filters = [.. new FilterRule[] { new() { Where = "min_age > user.age" }, new() { Where = "brand = b1", Soft = true }, new() { Where = "price > 90" } }.Where(_ => random.Next(2) == 0)],
        Caps = [.. new CapRule[] { new() { By = "brand", AtMost = random.Next(1, 4) }, new() { By = "category", AtMost = random.Next(1, 4) } }.Where(_ => random.Next(2) == 0)],
        Pins = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new PinRule { Item = random.Next(items + 2), Place = random.Next(1, 12) })],
        Boosts = [.. new BoostRule[] { new() { Factor = 0.5, Where = "price < 20" }, new() { Factor = 2, Where = "brand in (b0, b2)" } }.Where(_ => random.Next(2) == 0)],
    };

    private static HashSet<int> Some(Random random, int items, int oneIn) => [.. Enumerable.Range(0, items).Where(_ => random.Next(oneIn) == 0)];

    private ShelfItem Item(Random random) => new()
    {
        Hidden = random.Next(8) == 0,
        Stock = random.Next(8) == 0 ? 0 : random.Next(1, 5),
        Facts = Attributes(("brand", random.Next(5) == 0 ? "" : $"b{random.Next(4)}"), ("category", $"c{random.Next(3)}|c{random.Next(5)}"), ("price", $"{random.Next(100)}"), ("min_age", random.Next(3) == 0 ? "18" : "")),
    };

    private Facts Attributes(params (string Name, string Value)[] values) => Facts.Of(_names.Item, values.Select(v => KeyValuePair.Create(v.Name, v.Value)));

    private RuleSet Rules(RuleOptions options) => RuleSet.Compile(options, "home", _names);

    private static Candidate[] All(int count) => [.. Enumerable.Range(0, count).Select(i => new Candidate(i, i))];

    private void Put(int count, Func<int, ShelfItem> item)
    {
        for (var i = 0; i < count; i++) _shelf.Set(i, item(i));
    }
}
