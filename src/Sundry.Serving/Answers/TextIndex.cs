using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// The words of items, in memory: which items a query's words are in, the best first by BM25 (Robertson and Zaragoza, "The probabilistic relevance framework", 2009), and which items share
/// rare words with others. An item is found as soon as it is set. Any number may search at once, while none changes it: as the shop's gate has it.
/// </summary>
internal sealed class TextIndex
{
    // of BM25, as usual
    private const float Saturation = 1.2f;
    private const float ByLength = 0.75f;
    // a word that one in five items has, and more than a hundred, tells little beside one that fewer have
    private const int Frequent = 5;
    private const int Few = 100;
    private const int MostWords = 32;
    // entries of words that are read to find what is like some items
    private const int EnoughAlike = 20_000;
    private const int WordsOfItem = 8;
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňōŏőŕŗřśŝşšţťŧũūŭůűųŵŷźżž";
    private const string Plainly = "aaaaaaceeeeiiiinoooooouuuuyyaaaccccddeeeeegggghhiiiiijkllllnnnooorrrsssstttuuuuuuwyzzz";

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Postings> _words = [];
    private readonly ConcurrentBag<Scores> _free = [];
    private (int Word, int Count)[]?[] _items = [];
    private float[] _lengths = [];
    private double _total;
    private int _count;

    /// <summary>Replaces an item's texts; none takes it out.</summary>
    /// <param name="item">The item.</param>
    /// <param name="texts">Texts, each with what a word of it counts.</param>
    public void Set(int item, params ReadOnlySpan<(string Text, int Weight)> texts)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (text, weight) in texts) Count(words, text, weight);
        Set(item, words);
    }

    /// <summary>Replaces an item's texts by their words, which <see cref="Count"/> counted.</summary>
    public void Set(int item, Dictionary<string, int> words)
    {
        Remove(item);
        if (words.Count > 0) Add(item, words);
    }

    /// <summary>Counts a text's words.</summary>
    public static void Count(Dictionary<string, int> words, string text, int weight)
    {
        foreach (var word in Words(text)) words[word] = words.GetValueOrDefault(word) + weight;
    }

    /// <summary>The items with words of a query, best first.</summary>
    public int Search(string query, ItemBits allowed, Span<Candidate> into)
    {
        Span<int> words = stackalloc int[MostWords];
        var count = 0;
        foreach (var word in Words(query))
            if (count < MostWords && _numbers.TryGetValue(word, out var number) && _words[number].Count > 0 && !words[..count].Contains(number)) words[count++] = number;
        return Find(words[..count], [], allowed, into, int.MaxValue);
    }

    /// <summary>The items that share the rarest words with some, best first, without these.</summary>
    /// <param name="items">The items; the words of the first three count.</param>
    /// <param name="allowed">The items that may be named.</param>
    /// <param name="into">Takes them.</param>
    public int Like(ReadOnlySpan<int> items, ItemBits allowed, Span<Candidate> into)
    {
        Span<int> words = stackalloc int[SimilarSource.Newest * WordsOfItem];
        Span<int> rare = stackalloc int[WordsOfItem];
        var count = 0;
        foreach (var item in items[..Math.Min(items.Length, SimilarSource.Newest)])
        {
            if ((uint)item >= (uint)_items.Length || _items[item] is not { } own) continue;
            foreach (var word in rare[..Rarest(own, rare)])
                if (!words[..count].Contains(word)) words[count++] = word;
        }

        return Find(words[..count], items, allowed, into, EnoughAlike);
    }

    /// <summary>Whether two items share a word that not everything has.</summary>
    public bool AreAlike(int one, int other)
    {
        if ((uint)one >= (uint)_items.Length || (uint)other >= (uint)_items.Length || _items[one] is not { } a || _items[other] is not { } b) return false;
        foreach (var (word, _) in a)
            foreach (var (second, _) in b)
                if (word == second && !IsFrequent(_words[word])) return true;
        return false;
    }

    /// <summary>A text's words: runs of letters and digits, small, Latin ones without accents and without the s of a plural.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c))
            {
                word.Append(Plain(char.ToLowerInvariant(c)));
                continue;
            }

            if (word.Length > 0) yield return Take(word);
        }

        if (word.Length > 0) yield return Take(word);
    }

    // the runtime has no tables of Unicode to decompose letters with
    private static char Plain(char c) => c >= 'À' && Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place ? Plainly[place] : c;

    private bool IsFrequent(Postings word) => word.Count > Few && word.Count * Frequent > _count;

    private static string Take(StringBuilder word)
    {
        if (word.Length > 3 && word[^1] == 's' && word[^2] != 's') word.Length--;
        var text = word.ToString();
        word.Clear();
        return text;
    }

    private void Add(int item, Dictionary<string, int> words)
    {
        if (item >= _items.Length)
        {
            Array.Resize(ref _items, Math.Max(item + 1, 2 * _items.Length));
            Array.Resize(ref _lengths, _items.Length);
        }

        var own = new (int Word, int Count)[words.Count];
        var at = 0;
        foreach (var count in words.Values) _lengths[item] += count;
        var length = (ushort)Math.Min(_lengths[item], ushort.MaxValue);
        foreach (var (word, count) in words)
        {
            if (!_numbers.TryGetValue(word, out var number))
            {
                _numbers.Add(word, number = _words.Count);
                _words.Add(new Postings());
            }

            _words[number].Add(new Posting(item, (ushort)Math.Min(count, ushort.MaxValue), length));
            own[at++] = (number, count);
        }

        _items[item] = own;
        _total += _lengths[item];
        _count++;
    }

    private void Remove(int item)
    {
        if (item >= _items.Length || _items[item] is not { } own) return;
        foreach (var (word, _) in own) _words[word].Remove(item);
        _total -= _lengths[item];
        (_items[item], _lengths[item]) = (null, 0);
        _count--;
    }

    // an item's rarest words that others have too, in their order
    private int Rarest((int Word, int Count)[] own, Span<int> into)
    {
        var count = 0;
        foreach (var (word, _) in own)
        {
            var having = _words[word].Count;
            if (having <= 1) continue;
            var at = count;
            while (at > 0 && (_words[into[at - 1]].Count > having || (_words[into[at - 1]].Count == having && into[at - 1] > word))) at--;
            if (at == into.Length) continue;
            if (count < into.Length) count++;
            into[at..(count - 1)].CopyTo(into[(at + 1)..]);
            into[at] = word;
        }

        return count;
    }

    // the rarest words first; others no more where enough items have those, and looking on would take longer than it is worth
    private int Find(Span<int> words, ReadOnlySpan<int> without, ItemBits allowed, Span<Candidate> into, int enough)
    {
        if (words.IsEmpty || into.IsEmpty) return 0;
        Order(words);
        var scores = _free.TryTake(out var free) ? free : new Scores();
        scores.Begin(_items.Length);
        var average = (float)(_total / Math.Max(1, _count));
        var read = 0;
        for (var w = 0; w < words.Length; w++)
        {
            var postings = _words[words[w]];
            if (w > 0 && (IsFrequent(postings) || (scores.Count >= into.Length && read + postings.Count > enough))) break;
            read += postings.Count;
            scores.Add(postings.All, MathF.Log(1 + (_count - postings.Count + 0.5f) / (postings.Count + 0.5f)), average, allowed.Words);
        }

        foreach (var item in without) scores.Drop(item);
        var found = scores.Best(into);
        _free.Add(scores);
        return found;
    }

    // the rarest first; of equally rare ones the one that came first
    private void Order(Span<int> words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            var at = i;
            for (; at > 0 && _words[words[at - 1]].Count > _words[word].Count; at--) words[at] = words[at - 1];
            words[at] = word;
        }
    }

    /// <summary>An item that has a word: how often, and how long the item's texts are, so that a search need not look at the item.</summary>
    private readonly record struct Posting(int Item, ushort Count, ushort Length);

    /// <summary>The items of a word, in no order.</summary>
    private sealed class Postings
    {
        private Posting[] _list = [];

        public int Count { get; private set; }

        public ReadOnlySpan<Posting> All => _list.AsSpan(0, Count);

        public void Add(Posting posting)
        {
            if (Count == _list.Length) Array.Resize(ref _list, Math.Max(4, 2 * Count));
            _list[Count++] = posting;
        }

        public void Remove(int item)
        {
            for (var i = 0; i < Count; i++)
            {
                if (_list[i].Item != item) continue;
                _list[i] = _list[--Count];
                return;
            }
        }
    }

    /// <summary>What one search adds up.</summary>
    private sealed class Scores
    {
        private readonly BestItems _best = new();
        private float[] _of = [];
        private int[] _touched = [];
        private int _count;

        /// <summary>Items that anything was added for.</summary>
        public int Count => _count;

        public void Begin(int items)
        {
            if (_of.Length < items) (_of, _touched) = (new float[items], new int[items]);
            _count = 0;
        }

        /// <summary>Adds what a word counts for the items that have it and are allowed.</summary>
        public void Add(ReadOnlySpan<Posting> postings, float rarity, float average, ReadOnlySpan<ulong> allowed)
        {
            var (of, touched, count) = (_of, _touched, _count);
            foreach (var posting in postings)
            {
                var item = posting.Item;
                if ((uint)item / 64 >= (uint)allowed.Length || ((allowed[item / 64] >> item) & 1) == 0) continue;
                var before = of[item];
                if (before == 0) touched[count++] = item;
                of[item] = before + rarity * posting.Count * (Saturation + 1) / (posting.Count + Saturation * (1 - ByLength + ByLength * posting.Length / average));
            }

            _count = count;
        }

        public void Drop(int item)
        {
            if ((uint)item < (uint)_of.Length && _of[item] > 0) _of[item] = -1;
        }

        /// <summary>Copies the best, and forgets all.</summary>
        public int Best(Span<Candidate> into)
        {
            _best.Begin(into.Length);
            foreach (var item in _touched.AsSpan(0, _count))
            {
                _best.Add(item, _of[item]);
                _of[item] = 0;
            }

            return _best.Take(into);
        }
    }
}
