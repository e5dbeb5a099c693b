namespace Sundry.Serving;

/// <summary>Why items stand in one answer, as statements that are true of the shop: by which source, because of which item. The shop must stand still.</summary>
internal sealed class AnswerReasons
{
    // the statements that name one of the visitor's items
    private const int Visited = 0, Bought = 1, Like = 2, GoesWith = 3, Kinds = 4;
    private static readonly string[] s_words = ["visited together with ", "bought together with ", "like ", "goes with "];

    private readonly MemoryIndexes _indexes;
    private readonly Visitor _visitor;
    private readonly int[] _items;
    private readonly RecommendRequest _request;
    private readonly RequestRoom _room;
    // [items × kinds] statements that were made already: many items of an answer are there because of the same one
    private readonly string?[] _made;
    private string? _popular;

    /// <summary>Looks up what reasons are made of.</summary>
    /// <param name="indexes">The shop.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="items">The items that candidates were looked for by.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="room">Takes what is looked up.</param>
    public AnswerReasons(MemoryIndexes indexes, Visitor visitor, int[] items, RecommendRequest request, RequestRoom room)
    {
        (_indexes, _visitor, _items, _request, _room) = (indexes, visitor, items, request, room);
        _made = items.Length == 0 ? [] : new string?[items.Length * Kinds];
        var newest = items.AsSpan(0, Math.Min(PairSource.Newest, items.Length));
        room.Visited.Read(indexes.Memory.CoVisited, newest);
        room.Bought.Read(indexes.Memory.BoughtTogether, newest);
    }

    /// <summary>An item's reasons, at most two, in the order of its sources.</summary>
    public IReadOnlyList<string> Of(int item, IReadOnlyList<string> sources)
    {
        string? first = null;
        for (var s = 0; s < sources.Count; s++)
        {
            if (Of(item, sources[s]) is not { } reason || reason == first) continue;
            if (first is not null) return [first, reason];
            first = reason;
        }

        return first is null ? [] : [first];
    }

    private string? Of(int item, string source) => source switch
    {
        "search" => $"matches “{_request.Query}”",
        "co_visited" => Because(Visited, _room.Visited.Find(item)),
        "bought_together" => Because(Bought, _room.Bought.Find(item)),
        "similar" => Because(Like, Alike(item)),
        "vectors" => _indexes.Vectors?.Nearest(item, _items) is >= 0 and var other ? Because(GoesWith, Array.IndexOf(_items, other)) : null,
        "popular" => _popular ??= _request.Category is { } category && _indexes.Memory.Category(category) >= 0 ? $"popular in {category}" : "popular",
        "trending" => "popular just now",
        "new" => "new",
        _ => null,
    };

    private string? Because(int kind, int place) => place < 0 ? null : _made[place * Kinds + kind] ??= s_words[kind] + Anchor(_items[place]);

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
        for (var place = 0; place < Math.Min(SimilarSource.Newest, _items.Length); place++)
            if (_indexes.Texts.AreAlike(item, _items[place])) return place;
        return -1;
    }
}
