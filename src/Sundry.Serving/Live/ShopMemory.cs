using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What is known of a shop, by numbers: a fold of its store. Numbers of items and users are of this memory; another one, after a rebuild, has its own.</summary>
public sealed class ShopMemory
{
    /// <summary>The encoder that the state is made for; null without one.</summary>
    public Encoder? Encoder => throw new NotSupportedException();

    /// <summary>Users, items, types of events and the columns that the encoder reads; they grow. It holds no events, visits, places, answers' ids and texts: see <see cref="SampleEncoder.Stranger"/>.</summary>
    public EventLog Known => throw new NotSupportedException();

    /// <summary>Counters and histories; null without an encoder.</summary>
    public ShopState? State => throw new NotSupportedException();

    /// <summary>The items as they are now.</summary>
    public ItemShelf Shelf => throw new NotSupportedException();

    /// <summary>Popular items, overall and by category.</summary>
    public PopularCounts Popular => throw new NotSupportedException();

    /// <summary>Items that are popular just now.</summary>
    public PopularCounts Trending => throw new NotSupportedException();

    /// <summary>Items that are visited together.</summary>
    public PairCounts CoVisited => throw new NotSupportedException();

    /// <summary>Items that are bought together.</summary>
    public PairCounts BoughtTogether => throw new NotSupportedException();

    /// <summary>The items that came last.</summary>
    public NewItems New => throw new NotSupportedException();

    /// <summary>The sources of all these: popular, trending, co_visited, bought_together, new.</summary>
    public IReadOnlyList<ICandidateSource> Sources => throw new NotSupportedException();

    /// <summary>The position up to which everything is in it.</summary>
    public long Position => throw new NotSupportedException();

    /// <summary>The time of the latest event, Unix milliseconds.</summary>
    public long Time => throw new NotSupportedException();

    /// <summary>An item's number, or -1.</summary>
    public int Item(string id) => throw new NotSupportedException();

    /// <summary>A category's number, or -1.</summary>
    public int Category(string name) => throw new NotSupportedException();

    /// <summary>What an item costs: as the catalogue says, else as the last event about it said; NaN where nobody does.</summary>
    public float Price(int item) => throw new NotSupportedException();

    /// <summary>Items whose attributes changed after a position, ascending by number; for what is derived from attributes, such as vectors.</summary>
    public IReadOnlyList<int> ItemsChangedAfter(long position) => throw new NotSupportedException();
}
