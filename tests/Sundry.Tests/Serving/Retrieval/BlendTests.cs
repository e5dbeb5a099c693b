using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>What is fast, against what is simple.</summary>
public sealed class BlendTests
{
    [Fact]
    public void A_blend_is_what_its_definition_says()
    {
        var random = new Random(8);
        for (var round = 0; round < 200; round++)
        {
            var lists = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, 60).OrderBy(_ => random.Next()).Take(random.Next(30)).Select(i => new Candidate(i, random.NextSingle())).ToArray()).ToArray();
            var quotas = lists.Select(_ => random.Next(12)).ToArray();
            var blend = new Blend([.. lists.Select((list, s) => ((ICandidateSource)new Given($"s{s}", list), quotas[s]))]);
            for (var again = 0; again < 2; again++)
            {
                var most = random.Next(50);
                Assert.Equal(Simple(lists, quotas, most), blend.Collect(new CandidateQuery { Allowed = new ItemBits() }, most));
            }
        }
    }

    [Fact]
    public void Neighbours_add_up_as_one_by_one()
    {
        var random = new Random(9);
        var pairs = new PairCounts("co_visited", PairOptions.CoVisited);
        for (var e = 0; e < 5_000; e++) pairs.Apply(new ShopEvent { Session = e / 8, User = -1, Item = random.Next(80), Time = e * 1000L, Type = EventTypes.View, Quantity = 1 });
        var allowed = new ItemBits();
        for (var item = 0; item < 80; item++) allowed.Set(item, item % 5 != 0);
        var (source, into, neighbours) = (new PairSource(pairs), new Candidate[40], new Candidate[255]);
        for (var round = 0; round < 100; round++)
        {
            var items = Enumerable.Range(0, 80).OrderBy(_ => random.Next()).Take(random.Next(1, 12)).ToArray();
            var (sums, weight) = (new Dictionary<int, float>(), 1f);
            foreach (var item in items.Take(PairSource.Newest))
            {
                foreach (var (other, score) in neighbours[..pairs.Read(item, neighbours)])
                    if (score > 0 && allowed[other]) sums[other] = sums.GetValueOrDefault(other) + weight * score;
                weight *= 0.8f;
            }

            foreach (var item in items.Take(PairSource.Newest)) sums.Remove(item);
            var expected = sums.Select(s => new Candidate(s.Key, s.Value)).OrderByDescending(c => c.Score).ThenBy(c => c.Item).Take(into.Length);
            Assert.Equal(expected, into[..source.Find(new CandidateQuery { Allowed = allowed, Items = items }, into)]);
        }
    }

    [Fact]
    public void Items_share_words_as_counting_every_word_finds()
    {
        var random = new Random(10);
        var index = new TextIndex();
        var texts = Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, random.Next(1, 14)).Select(_ => $"w{random.Next(random.Next(2, 60))}x").ToArray()).ToArray();
        var allowed = new ItemBits();
        for (var i = 0; i < texts.Length; i++)
        {
            index.Set(i, (string.Join(' ', texts[i]), 1));
            allowed.Set(i, i % 7 != 0);
        }

        var having = texts.SelectMany(t => t.Distinct()).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        var average = texts.Average(t => (double)t.Length);
        var into = new Candidate[25];
        for (var round = 0; round < 60; round++)
        {
            var items = Enumerable.Range(0, texts.Length).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToArray();
            // which of equally rare words count is the index's affair: leave those out of the test where it matters
            var words = items.SelectMany(i => Rarest(texts[i], having)).Distinct().OrderBy(w => having[w]).ToList();
            if (items.Any(i => Rarest(texts[i], having).Count < texts[i].Distinct().Count(w => having[w] > 1))) continue;
            words = [.. words.TakeWhile((w, at) => at == 0 || !(having[w] > 100 && having[w] * 5 > texts.Length))];
            double Score(int item) => words.Sum(w => texts[item].Count(x => x == w) is > 0 and var count
                ? Math.Log(1 + (texts.Length - having[w] + 0.5) / (having[w] + 0.5)) * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * texts[item].Length / average)) : 0);
            var expected = Enumerable.Range(0, texts.Length).Where(i => allowed[i] && !items.Contains(i) && Score(i) > 0).Select(Score).OrderDescending().Take(into.Length).ToArray();
            var found = into[..index.Like(items, allowed, into)];
            Assert.Equal(expected.Length, found.Length);
            for (var i = 0; i < found.Length; i++)
            {
                Assert.Equal(expected[i], found[i].Score, 1e-3);
                Assert.Equal(Score(found[i].Item), found[i].Score, 1e-3);
            }
        }
    }

    private static List<string> Rarest(string[] text, Dictionary<string, int> having) => [.. text.Distinct().Where(w => having[w] > 1).OrderBy(w => having[w]).Take(8)];

    private static List<BlendedCandidate> Simple(Candidate[][] lists, int[] quotas, int most)
    {
        var blended = new List<BlendedCandidate>();
        var next = new int[lists.Length];
        // a source gives no more than are wanted, and is credited with no more
        lists = [.. lists.Select(l => l[..Math.Min(most, l.Length)])];
        bool Take(int s)
        {
            while (blended.Count < most && next[s] < lists[s].Length)
            {
                var (item, score) = lists[s][next[s]++];
                if (blended.Exists(b => b.Item == item)) continue;
                var sources = 0u;
                for (var other = 0; other < lists.Length; other++)
                    if (Array.Exists(lists[other], c => c.Item == item)) sources |= 1u << other;
                blended.Add(new BlendedCandidate(item, sources, score));
                return true;
            }

            return false;
        }

        for (var s = 0; s < lists.Length; s++)
            for (var i = 0; i < quotas[s] && Take(s); i++)
            {
            }

        for (var any = true; any;)
        {
            any = false;
            for (var s = 0; s < lists.Length; s++) any |= Take(s);
        }

        return blended;
    }

    private sealed class Given(string name, Candidate[] list) : ICandidateSource
    {
        public string Name => name;

        public int Find(CandidateQuery query, Span<Candidate> into)
        {
            var count = Math.Min(list.Length, into.Length);
            list.AsSpan(0, count).CopyTo(into);
            return count;
        }
    }
}
