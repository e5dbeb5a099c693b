using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Likeness of words: an item is the TF-IDF vector of its columns' words ((1 + ln n) · ln((1 + items) / (1 + items with the word)) + 1 of them, brought to length 1), a user the weighted sum
/// of their items', and the score is the cosine. It can recommend items that nobody had to do with yet.
/// </summary>
public sealed class ContentRecommender(ContentOptions options) : IRecommender
{
    private Interactions? _train;
    private (int Word, float Weight)[][] _items = [];
    private (int Item, float Weight)[][] _words = [];

    /// <inheritdoc/>
    public void Fit(Interactions train, FitRequest request)
    {
        if (train.ItemColumns.Count == 0) throw new InputException("content needs what is known of items; give a table of them with --items, or leave content out");
        var columns = options.Columns.Count == 0 ? train.ItemColumns : [.. options.Columns.Select(c => ItemValues.Require(train.ItemColumns, c, "items"))];
        request.Tell("words", 0, train.ItemCount, "items");
        var names = new Names();
        var counts = new Dictionary<int, int>[train.ItemCount];
        var spread = new List<int>();
        for (var item = 0; item < counts.Length; item++)
        {
            var own = counts[item] = [];
            foreach (var column in columns)
            {
                if (column[item] is not (>= 0 and var text)) continue;
                foreach (var word in Words(column.Values.Text(text)))
                {
                    var number = names.FindOrAdd(word);
                    own[number] = own.GetValueOrDefault(number) + 1;
                }
            }

            foreach (var word in own.Keys)
            {
                while (spread.Count <= word) spread.Add(0);
                spread[word]++;
            }
        }

        _items = [.. counts.Select(c => Vector(c, spread, train.ItemCount))];
        Take(train, names.Count);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var (train, profile) = (_train!, new float[_words.Length]);
        scores.Clear();
        for (var i = 0; i < users.Length; i++)
        {
            if ((uint)users[i] >= (uint)train.UserCount) continue;
            Array.Clear(profile);
            var items = train.ItemsOf(users[i]);
            var weights = train.WeightsOf(users[i]);
            for (var j = 0; j < items.Length; j++)
                foreach (var (word, weight) in _items[items[j]]) profile[word] += weights[j] * weight;
            Cosines(profile, scores.Slice(i * train.ItemCount, train.ItemCount));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoredItem> Similar(int item, int count)
    {
        var (scores, profile) = (new float[_items.Length], new float[_words.Length]);
        foreach (var (word, weight) in _items[item]) profile[word] = weight;
        Cosines(profile, scores);
        scores[item] = float.NegativeInfinity;
        return new TopList(count).Of(scores);
    }

    /// <inheritdoc/>
    public void Keep(RecommenderState state)
    {
        var offsets = new int[_items.Length + 1];
        for (var i = 0; i < _items.Length; i++) offsets[i + 1] = offsets[i] + _items[i].Length;
        state.Add("offsets", offsets);
        state.Add("words", [.. _items.SelectMany(i => i).Select(w => w.Word)]);
        state.Add("weights", [.. _items.SelectMany(i => i).Select(w => w.Weight)]);
    }

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train)
    {
        var offsets = state.Offsets("offsets", train.ItemCount);
        var words = state.Integers("words", offsets[^1], 0, offsets[^1]);
        var weights = state.Floats("weights", offsets[^1]);
        _items = [.. Enumerable.Range(0, train.ItemCount).Select(i => Enumerable.Range(offsets[i], offsets[i + 1] - offsets[i]).Select(at => (words[at], weights[at])).ToArray())];
        Take(train, words.Length == 0 ? 0 : words.Max() + 1);
    }

    /// <summary>Runs of letters and digits, in lower case.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            for (end = start; end < text.Length && char.IsLetterOrDigit(text[end]);) end++;
            if (end > start) yield return text[start..end].ToLowerInvariant();
        }
    }

    private static (int Word, float Weight)[] Vector(Dictionary<int, int> counts, List<int> spread, int items)
    {
        var vector = counts.OrderBy(c => c.Key).Select(c => (c.Key, Weight: (1 + Math.Log(c.Value)) * (Math.Log((1.0 + items) / (1 + spread[c.Key])) + 1))).ToArray();
        var length = Math.Sqrt(vector.Sum(v => v.Weight * v.Weight));
        return [.. vector.Select(v => (v.Key, (float)(v.Weight / length)))];
    }

    private void Cosines(float[] profile, Span<float> row)
    {
        var square = 0.0;
        for (var word = 0; word < profile.Length; word++)
        {
            if (profile[word] == 0) continue;
            square += (double)profile[word] * profile[word];
            foreach (var (item, weight) in _words[word]) row[item] += profile[word] * weight;
        }

        if (square > 0)
            foreach (ref var score in row) score /= (float)Math.Sqrt(square);
    }

    private void Take(Interactions train, int words)
    {
        var lists = new List<(int, float)>[words];
        for (var item = 0; item < _items.Length; item++)
            foreach (var (word, weight) in _items[item]) (lists[word] ??= []).Add((item, weight));
        (_train, _words) = (train, [.. lists.Select(l => l?.ToArray() ?? [])]);
    }
}
