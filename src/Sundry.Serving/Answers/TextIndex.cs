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
        var words = new List<int>();
        foreach (var word in Words(query))
            if (words.Count < MostWords && _numbers.TryGetValue(word, out var number) && _words[number].Count > 0 && !words.Contains(number)) words.Add(number);
        return Find(words, [], allowed, into);
    }

    /// <summary>The items that share the rarest words with some, best first, without these.</summary>
    public int Like(ReadOnlySpan<int> items, ItemBits allowed, Span<Candidate> into)
    {
        var words = new List<int>();
        foreach (var item in items)
        {
            if ((uint)item >= (uint)_items.Length || _items[item] is not { } own) continue;
            foreach (var (word, _) in own.Where(w => _words[w.Word].Count > 1).OrderBy(w => _words[w.Word].Count).ThenBy(w => w.Word).Take(WordsOfItem))
                if (!words.Contains(word)) words.Add(word);
        }

        return Find(words, items, allowed, into);
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
        foreach (var (word, count) in words)
        {
            if (!_numbers.TryGetValue(word, out var number))
            {
                _numbers.Add(word, number = _words.Count);
                _words.Add(new Postings());
            }

            _words[number].Add(item, count);
            own[at++] = (number, count);
            _lengths[item] += count;
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

    private int Find(List<int> words, ReadOnlySpan<int> without, ItemBits allowed, Span<Candidate> into)
    {
        if (words.Count == 0 || into.IsEmpty) return 0;
        words.Sort((a, b) => _words[a].Count.CompareTo(_words[b].Count));
        var scores = _free.TryTake(out var free) ? free : new Scores();
        scores.Begin(_items.Length);
        var average = (float)(_total / Math.Max(1, _count));
        for (var w = 0; w < words.Count; w++)
        {
            var postings = _words[words[w]];
            if (w > 0 && IsFrequent(postings)) break;
            var rarity = MathF.Log(1 + (_count - postings.Count + 0.5f) / (postings.Count + 0.5f));
            for (var p = 0; p < postings.Count; p++)
            {
                var (item, count) = postings[p];
                if (allowed[item]) scores.Add(item, rarity * count * (Saturation + 1) / (count + Saturation * (1 - ByLength + ByLength * _lengths[item] / average)));
            }
        }

        foreach (var item in without) scores.Drop(item);
        var found = scores.Best(into);
        _free.Add(scores);
        return found;
    }

    /// <summary>The items of a word, in no order.</summary>
    private sealed class Postings
    {
        private (int Item, int Count)[] _list = [];

        public int Count { get; private set; }

        public (int Item, int Count) this[int place] => _list[place];

        public void Add(int item, int count)
        {
            if (Count == _list.Length) Array.Resize(ref _list, Math.Max(4, 2 * Count));
            _list[Count++] = (item, count);
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
        private readonly PriorityQueue<int, (float Score, int Item)> _best = new();
        private float[] _of = [];
        private int[] _touched = [];
        private int _count;

        public void Begin(int items)
        {
            if (_of.Length < items) (_of, _touched) = (new float[items], new int[items]);
            _count = 0;
        }

        public void Add(int item, float score)
        {
            if (_of[item] == 0) _touched[_count++] = item;
            _of[item] += score;
        }

        public void Drop(int item)
        {
            if ((uint)item < (uint)_of.Length && _of[item] > 0) _of[item] = -1;
        }

        /// <summary>Copies the best, and forgets all.</summary>
        public int Best(Span<Candidate> into)
        {
            _best.Clear();
            foreach (var item in _touched.AsSpan(0, _count))
            {
                var key = (_of[item], -item);
                _of[item] = 0;
                if (key.Item1 <= 0) continue;
                if (_best.Count < into.Length) _best.Enqueue(item, key);
                else _best.EnqueueDequeue(item, key);
            }

            var found = _best.Count;
            for (var i = found - 1; i >= 0; i--)
            {
                _best.TryDequeue(out var item, out var key);
                into[i] = new Candidate(item, key.Score);
            }

            return found;
        }
    }
}
