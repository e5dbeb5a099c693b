using Sundry.Serving;

namespace Sundry.Tests;

public sealed class TextIndexTests
{
    private readonly TextIndex _index = new();
    private readonly ItemBits _all = new();

    [Fact]
    public void Rare_words_count_more_and_short_texts_more()
    {
        for (var i = 0; i < 50; i++) Set(i, i % 2 == 0 ? "red shoe" : "blue shoe");
        Set(50, "red shoe with a velvet ribbon");
        Set(51, "velvet shoe");
        Assert.Equal([51, 50], Search("velvet shoe", 2));
        Assert.Equal(51, Search("SHOES of Velvet!", 1).Single());
        Assert.Empty(Search("submarine", 5));
        Assert.Empty(Search("", 5));
    }

    [Fact]
    public void What_changes_is_found_by_its_new_words_alone()
    {
        Set(0, "red lamp");
        Set(1, "green lamp");
        Set(0, "yellow chair");
        Assert.Equal([1], Search("lamp", 5));
        Assert.Equal([0], Search("chair", 5));
        _index.Set(0);
        Assert.Empty(Search("chair", 5));
        _all.Set(1, false);
        Assert.Empty(Search("lamp", 5));
    }

    [Fact]
    public void Words_of_many_items_are_read_only_where_rarer_ones_find_too_few()
    {
        const int Items = 60_000;
        // each kind has 10,000 items, less than one in five, each brand a hundred
        for (var i = 0; i < Items; i++) Set(i, $"kind{i % 6} shade{i % 6} brand{i % 600}");
        var found = new Candidate[50];
        Assert.Equal(50, _index.Like([601], _all, found));
        Assert.All(found, c => Assert.Equal(1, c.Item % 600));
        // with more room than a brand fills, items of the kind come after those of the brand
        found = new Candidate[300];
        Assert.Equal(300, _index.Like([601], _all, found));
        Assert.All(found[..99], c => Assert.Equal(1, c.Item % 600));
        Assert.All(found, c => Assert.Equal(1, c.Item % 6));
    }

    [Fact]
    public void Items_are_alike_that_share_rare_words()
    {
        for (var i = 0; i < 40; i++) Set(i, $"shoe {(i % 4 == 0 ? "suede" : "canvas")}");
        Set(40, "suede shoe, ankle");
        Set(41, "ankle boot");
        var found = new Candidate[3];
        Assert.Equal(3, _index.Like([40], _all, found));
        Assert.Equal(41, found[0].Item);
        Assert.DoesNotContain(found, c => c.Item == 40);
        Assert.True(_index.AreAlike(40, 41));
        Assert.False(_index.AreAlike(41, 1));
    }

    [Fact]
    public void A_search_finds_what_counting_every_item_finds()
    {
        var random = new Random(3);
        string[] words = [.. Enumerable.Range(0, 30).Select(w => $"w{w}x")];
        var texts = Enumerable.Range(0, 200).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)]))).ToArray();
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < texts.Length; i++) Set(i, texts[i]);
        var average = texts.Average(t => t.Split(' ').Length);
        foreach (var query in words)
        {
            var having = texts.Count(t => t.Split(' ').Contains(query));
            if (having == 0) continue;
            var rarity = Math.Log(1 + (texts.Length - having + 0.5) / (having + 0.5));
            double Score(string text)
            {
                var count = text.Split(' ').Count(w => w == query);
                return count == 0 ? 0 : rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * text.Split(' ').Length / average));
            }

            var expected = Enumerable.Range(0, texts.Length).Where(i => Score(texts[i]) > 0).OrderByDescending(i => (float)Score(texts[i])).ToArray();
            var found = new Candidate[texts.Length];
            var count = _index.Search(query, _all, found);
            Assert.Equal(expected.Length, count);
            for (var i = 0; i < count; i++) Assert.Equal(Score(texts[expected[i]]), found[i].Score, 1e-4);
        }
    }

    private void Set(int item, string text)
    {
        _index.Set(item, (text, 1));
        _all.Set(item, true);
    }

    private int[] Search(string query, int most)
    {
        var found = new Candidate[most];
        return [.. found[.._index.Search(query, _all, found)].Select(c => c.Item)];
    }
}
