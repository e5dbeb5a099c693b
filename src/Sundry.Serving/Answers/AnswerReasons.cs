namespace Sundry.Serving;

/// <summary>Why items stand in one answer, as statements that are true of the shop: by which source, because of which item. The shop must stand still.</summary>
internal sealed class AnswerReasons
{
    private const int MostReasons = 2;

    private readonly MemoryIndexes _indexes;
    private readonly Visitor _visitor;
    private readonly int[] _items;
    private readonly RecommendRequest _request;
    private readonly Dictionary<int, int> _visited = [];
    private readonly Dictionary<int, int> _bought = [];

    /// <summary>Looks up what reasons are made of.</summary>
    /// <param name="indexes">The shop.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="items">The items that candidates were looked for by.</param>
    /// <param name="request">What was asked.</param>
    public AnswerReasons(MemoryIndexes indexes, Visitor visitor, int[] items, RecommendRequest request)
    {
        (_indexes, _visitor, _items, _request) = (indexes, visitor, items, request);
        Anchor(indexes.Memory.CoVisited, _visited);
        Anchor(indexes.Memory.BoughtTogether, _bought);
    }

    /// <summary>An item's reasons, at most two, in the order of its sources.</summary>
    public IReadOnlyList<string> Of(int item, IReadOnlyList<string> sources)
    {
        if (sources.Count == 0) return [];
        var reasons = new List<string>(MostReasons);
        foreach (var source in sources)
        {
            if (reasons.Count == MostReasons) break;
            if (Of(item, source) is { } reason && !reasons.Contains(reason)) reasons.Add(reason);
        }

        return reasons;
    }

    private string? Of(int item, string source) => source switch
    {
        "search" => $"matches “{_request.Query}”",
        "co_visited" => _visited.TryGetValue(item, out var other) ? $"visited together with {Anchor(other)}" : null,
        "bought_together" => _bought.TryGetValue(item, out var other) ? $"bought together with {Anchor(other)}" : null,
        "similar" => Alike(item) is >= 0 and var other ? $"like {Anchor(other)}" : null,
        "vectors" => _indexes.Vectors?.Nearest(item, _items) is >= 0 and var other ? $"goes with {Anchor(other)}" : null,
        "popular" => _request.Category is { } category && _indexes.Memory.Category(category) >= 0 ? $"popular in {category}" : "popular",
        "trending" => "popular just now",
        "new" => "new",
        _ => null,
    };

    // an item that the visitor looked at is called so, the open one and those of the cart are not
    private string Anchor(int item)
    {
        var name = _indexes.Name(item);
        var id = _indexes.Memory.Known.Items.Text(item);
        if (id == _request.Item || _request.Cart.Contains(id)) return name;
        return _visitor.Bought.ContainsKey(item) ? $"{name}, which you bought" : _visitor.Seen.Contains(item) ? $"{name}, which you looked at" : name;
    }

    private int Alike(int item)
    {
        foreach (var other in _items.AsSpan(0, Math.Min(SimilarSource.Newest, _items.Length)))
            if (_indexes.Texts.AreAlike(item, other)) return other;
        return -1;
    }

    // the newest item comes first, and stays
    private void Anchor(PairCounts pairs, Dictionary<int, int> anchors)
    {
        Span<Candidate> neighbours = stackalloc Candidate[byte.MaxValue];
        foreach (var item in _items.AsSpan(0, Math.Min(PairSource.Newest, _items.Length)))
            foreach (var (other, score) in neighbours[..pairs.Read(item, neighbours)])
                if (score > 0) anchors.TryAdd(other, item);
    }
}
