namespace Sundry.Serving;

/// <summary>What answers look up by the numbers of one memory of the shop: items' words, and their vectors. It follows the shelf.</summary>
internal sealed class MemoryIndexes
{
    private const int OfTitle = 3;
    private static readonly string[] s_titles = ["title", "name"];
    private static readonly string[] s_texts = ["category", "brand", "tags", "description"];

    private readonly int[] _titles;
    private readonly int[] _texts;

    /// <summary>Reads all items of a memory, and follows it.</summary>
    public MemoryIndexes(ShopMemory memory, RuleNames names, ItemVectors? vectors)
    {
        (Memory, Codes) = (memory, new ItemCodes(memory.Shelf));
        _titles = [.. s_titles.Select(names.Item.FindOrAdd)];
        _texts = [.. s_texts.Select(names.Item.FindOrAdd)];
        Vectors = vectors?.Anew();
        Uses = new UseCount(Close);
        Sources = memory.Sources.ToDictionary(s => s.Name, StringComparer.Ordinal);
        Sources["search"] = new TextSource(Texts);
        Sources["similar"] = new AlikeSource(Texts);
        if (Vectors is not null) Sources["vectors"] = Vectors.Source;
        memory.Shelf.Changed += Follow;
        for (var item = 0; item < memory.Shelf.Count; item++) Follow(item, memory.Shelf[item]);
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
        lock (Texts)
        {
            value = Memory.Shelf[item];
            if (value is null) Texts.Set(item);
            else Texts.Set(item, [.. _titles.Select(t => (value.Facts[t].Text, OfTitle)), .. _texts.Select(t => (value.Facts[t].Text, 1))]);
        }
    }

    private void Close()
    {
        Memory.Shelf.Changed -= Follow;
        Vectors?.Dispose();
    }
}
