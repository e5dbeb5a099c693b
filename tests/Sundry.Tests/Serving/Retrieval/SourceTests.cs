using Sundry.Compute;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class SourceTests
{
    private const long Hour = 3_600_000;
    private readonly Candidate[] _into = new Candidate[50];

    [Fact]
    public void Items_of_one_visit_are_neighbours()
    {
        var pairs = new PairCounts("co-visited", PairOptions.CoVisited);
        for (var visit = 0; visit < 10; visit++)
        {
            pairs.Apply(View(visit, 1, visit * Hour));
            pairs.Apply(View(visit, 2, visit * Hour + 1));
            if (visit < 3) pairs.Apply(View(visit, 3, visit * Hour + 2));
            // once more in the same visit counts nothing
            pairs.Apply(View(visit, 1, visit * Hour + 3));
            // and what is far off in time belongs to something else
            pairs.Apply(View(visit, 9, visit * Hour + 2 * Hour));
        }

        var found = Find(new PairSource(pairs), new CandidateQuery { Allowed = All(10), Items = new[] { 1 } });
        Assert.Equal([2, 3], found.Select(c => c.Item));
        Assert.Equal(1, found[0].Score, 1e-3f);
        Assert.Equal(3 / Math.Sqrt(30), found[1].Score, 0.02);
        Assert.Empty(Find(new PairSource(pairs), new CandidateQuery { Allowed = All(10), Items = new[] { 9 } }));
        Assert.Empty(Find(new PairSource(pairs), new CandidateQuery { Allowed = All(10) }));
    }

    [Fact]
    public void A_pair_that_keeps_occurring_is_not_lost_among_many()
    {
        var pairs = new PairCounts("co-visited", PairOptions.CoVisited with { Neighbours = 8 });
        var random = new Random(1);
        for (var visit = 0; visit < 4000; visit++)
        {
            pairs.Apply(View(visit, 0, visit));
            pairs.Apply(View(visit, visit % 5 == 0 ? 1 : random.Next(2, 2000), visit));
        }

        Assert.Equal(1, Find(new PairSource(pairs), new CandidateQuery { Allowed = All(2000), Items = new[] { 0 } })[0].Item);
    }

    /// <summary>The lists are kept in order step by step; counting anew gives the same.</summary>
    [Fact]
    public void Popular_items_are_those_of_a_recount()
    {
        var options = new PopularityOptions { Listed = 15, HalfLife = TimeSpan.FromHours(6) };
        var popular = new PopularCounts("popular", options);
        for (var item = 0; item < 100; item++) popular.SetCategories(item, item % 3, 7);
        var events = FoldTests.Events(8, 3000);
        var (counts, latest) = (new double[100], long.MinValue);
        foreach (var e in events)
        {
            popular.Apply(e);
            if (e.Item < 0 || !options.Weights.TryGetValue(e.Type, out var weight)) continue;
            var now = latest == long.MinValue ? e.Time : Math.Min(e.Time, latest + 24 * Hour);
            var later = Math.Max(latest == long.MinValue ? now : latest, now);
            for (var i = 0; i < counts.Length && latest != long.MinValue; i++) counts[i] *= Math.Pow(2, -(later - latest) / (6.0 * Hour));
            counts[e.Item] += weight * Math.Pow(2, -(later - now) / (6.0 * Hour));
            latest = later;
        }

        foreach (var category in new[] { -1, 0, 1, 2, 7 })
        {
            var found = _into[..popular.Read(category, All(100), _into)];
            var expected = Enumerable.Range(0, 100).Where(i => category is -1 or 7 || i % 3 == category).OrderByDescending(i => counts[i]).Take(15).ToArray();
            // after enough half-lives a count is 0
            Assert.All(expected[found.Length..], i => Assert.True(counts[i] < 1e-9 * counts[expected[0]]));
            for (var i = 0; i < found.Length; i++) Assert.Equal(counts[expected[i]], found[i].Score, 1e-3 * counts[expected[0]]);
        }
    }

    [Fact]
    public void A_category_with_few_is_filled_from_the_shop()
    {
        var popular = new PopularCounts("popular", new());
        for (var item = 0; item < 6; item++)
        {
            popular.SetCategories(item, item % 2);
            for (var i = 0; i <= item; i++) popular.Apply(View(0, item, i));
        }

        Assert.Equal([4, 2, 0, 5, 3, 1], Find(new PopularSource(popular), new CandidateQuery { Allowed = All(6), Category = 0 }).Select(c => c.Item));
        popular.SetCategories(4, 1);
        Assert.Equal([2, 0, 5, 4, 3, 1], Find(new PopularSource(popular), new CandidateQuery { Allowed = All(6), Category = 0 }).Select(c => c.Item));
        var scores = Find(new PopularSource(popular), new CandidateQuery { Allowed = All(6), Category = 0 }).Select(c => c.Score);
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public void An_event_of_a_clock_years_ahead_leaves_the_counts()
    {
        var popular = new PopularCounts("popular", new());
        for (var i = 0; i < 100; i++) popular.Apply(View(0, 1, i));
        popular.Apply(View(0, 2, 100L * 365 * 24 * Hour));
        Assert.Equal([1, 2], Find(new PopularSource(popular), new CandidateQuery { Allowed = All(6) }).Select(c => c.Item));
    }

    [Fact]
    public void New_items_come_newest_first()
    {
        var items = new NewItems("new", 3);
        foreach (var (item, time) in new[] { (1, 10), (2, 30), (3, 20), (4, 40), (5, 5) }) items.Add(item, time);
        Assert.Equal([4, 2, 3], Find(items, new CandidateQuery { Allowed = All(6) }).Select(c => c.Item));
        items.Add(2, 50);
        items.Remove(4);
        Assert.Equal([2, 3], Find(items, new CandidateQuery { Allowed = All(6) }).Select(c => c.Item));
    }

    [Fact]
    public void Vectors_are_searched_among_allowed_items()
    {
        using var rows = new VectorRows(2);
        for (var item = 0; item < 20; item++) rows.Set(item, [item, 1]);
        var allowed = All(20);
        allowed.Set(19, false);
        Assert.Equal([18, 17, 16], Find(new VectorSource("vectors", rows), new CandidateQuery { Allowed = allowed, Vector = new[] { 1f, 0 } })[..3].Select(c => c.Item));
        Assert.Empty(Find(new VectorSource("vectors", rows), new CandidateQuery { Allowed = allowed }));
        Assert.Empty(Find(new VectorSource("vectors", rows), new CandidateQuery { Allowed = new ItemBits(), Vector = new[] { 1f, 0 } }));
    }

    [Fact]
    public void Similar_content_leaves_out_what_it_starts_from()
    {
        using var content = new VectorRows(2);
        for (var item = 0; item < 10; item++)
        {
            float[] vector = [MathF.Cos(item * 0.1f) * 3, MathF.Sin(item * 0.1f) * 3];
            SimilarSource.Unit(vector);
            content.Set(item, vector);
        }

        var found = Find(new SimilarSource("similar", content), new CandidateQuery { Allowed = All(10), Items = new[] { 4, 77 } });
        Assert.Equal(9, found.Count);
        Assert.Equal([3, 5], found[..2].Select(c => c.Item).Order());
        Assert.Equal(Math.Cos(0.1), found[0].Score, 1e-4);
        Assert.Empty(Find(new SimilarSource("similar", content), new CandidateQuery { Allowed = All(10), Items = new[] { 77 } }));
    }

    [Fact]
    public void A_blend_keeps_quotas_and_names_all_sources()
    {
        var (a, b, c) = (new Fixed("a", 1, 2, 3, 4, 5), new Fixed("b", 2, 1, 6, 7), new Fixed("c", 9, 1));
        var blend = new Blend((a, 2), (b, 1), (c, 1));
        var all = blend.Collect(new CandidateQuery { Allowed = All(1) }, 100);
        Assert.Equal([1, 2, 6, 9, 3, 7, 4, 5], all.Select(x => x.Item));
        Assert.Equal(["a", "b", "c"], blend.Names(all[0].Sources));
        Assert.Equal(["a", "b"], blend.Names(all[1].Sources));
        Assert.Equal(["c"], blend.Names(all[3].Sources));
        Assert.Equal([1, 2, 6], blend.Collect(new CandidateQuery { Allowed = All(1) }, 3).Select(x => x.Item));
        Assert.Empty(blend.Collect(new CandidateQuery { Allowed = All(1) }, 0));
    }

    private static ShopEvent View(int session, int item, long time) => new() { Session = session, User = -1, Item = item, Time = time, Type = EventTypes.View, Quantity = 1 };

    private static ItemBits All(int count)
    {
        var bits = new ItemBits();
        for (var item = 0; item < count; item++) bits.Set(item, true);
        return bits;
    }

    private List<Candidate> Find(ICandidateSource source, CandidateQuery query) => [.. _into[..source.Find(query, _into)]];

    private sealed class Fixed(string name, params int[] items) : ICandidateSource
    {
        public string Name => name;

        public int Find(CandidateQuery query, Span<Candidate> into)
        {
            var count = Math.Min(items.Length, into.Length);
            for (var i = 0; i < count; i++) into[i] = new Candidate(items[i], -i);
            return count;
        }
    }
}
