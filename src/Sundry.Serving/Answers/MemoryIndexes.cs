namespace Sundry.Serving;

/// <summary>What answers look up by the numbers of one memory of the shop: items' words, and their vectors. It follows the shelf.</summary>
internal sealed class MemoryIndexes
{
    private const int OfTitle = 3;
    private const int AtOnce = 8192;
    private static readonly string[] s_titles = ["title", "name"];
    private static readonly string[] s_texts = ["category", "brand", "tags", "description"];

    private readonly int[] _titles;
    private readonly int[] _texts;

    /// <summary>Reads all items of a memory, and follows it.</summary>
    public MemoryIndexes(ShopMemory memory, RuleNames names, IKnownVectors? vectors)
    {
        (Memory, Codes) = (memory, new ItemCodes(memory.Shelf));
        _titles = [.. s_titles.Select(names.Item.FindOrAdd)];
        _texts = [.. s_texts.Select(names.Item.FindOrAdd)];
        Vectors = vectors is null ? null : new ItemVectors(vectors);
        Uses = new UseCount(Close);
        Sources = memory.Sources.ToDictionary(s => s.Name, StringComparer.Ordinal);
        Sources["search"] = new TextSource(Texts);
        Sources["similar"] = new AlikeSource(Texts);
        if (Vectors is not null) Sources["vectors"] = Vectors.Source;
        memory.Shelf.Changed += Follow;
        for (var start = 0; start < memory.Shelf.Count; start += AtOnce) Read(start, Math.Min(AtOnce, memory.Shelf.Count - start));
    }

    /// <summary>Who uses it.</summary>
    public UseCount Uses { get; }

    /// <summary>The memory whose numbers these are.</summary>
    public ShopMemory Memory { get; }

    /// <summary>The words of the items.</summary>
    public TextIndex Texts { get; } = new();

    /// <summary>The values of their attributes as numbers.</summary>
    public ItemCodes Codes { get; }

    /// <summary>Their vectors, where there are any.</summary>
    public ItemVectors? Vectors { get; }

    /// <summary>All sources by name.</summary>
    public Dictionary<string, ICandidateSource> Sources { get; }

    /// <summary>What people call an item: its title, else its id. The shop must stand still.</summary>
    public string Name(int item)
    {
        if (Memory.Shelf[item] is { } known)
            foreach (var title in _titles)
                if (known.Facts[title].Text is { Length: > 0 } text) return text;
        return Memory.Known.Items.Text(item);
    }

    private void Follow(int item, ShelfItem? value)
    {
        Codes.Follow(item);
        // two at once cannot both be late: the shelf is looked at inside
        lock (Texts) Texts.Set(item, WordsOf(Memory.Shelf[item]));
    }

    // words are found by all processors, and then put in one after the other
    private void Read(int start, int count)
    {
        var found = new (ShelfItem? Item, Dictionary<string, int> Words)[count];
        Parallel.For(0, count, i => found[i] = Memory.Shelf[start + i] is { } item ? (item, WordsOf(item)) : (null, []));
        lock (Texts)
        {
            for (var i = 0; i < count; i++)
            {
                if (ReferenceEquals(Memory.Shelf[start + i], found[i].Item)) Texts.Set(start + i, found[i].Words);
                else Texts.Set(start + i, WordsOf(Memory.Shelf[start + i]));
            }
        }
    }

    private Dictionary<string, int> WordsOf(ShelfItem? item)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        if (item is null) return words;
        foreach (var title in _titles) TextIndex.Count(words, item.Facts[title].Text, OfTitle);
        foreach (var text in _texts) TextIndex.Count(words, item.Facts[text].Text, 1);
        return words;
    }

    private void Close()
    {
        Memory.Shelf.Changed -= Follow;
        Vectors?.Dispose();
    }
}
