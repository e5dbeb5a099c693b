namespace Sundry.Serving;

/// <summary>The items that came last into the shop, at most so many: the source by which an item that nobody knows gets its first impressions.</summary>
public sealed class NewItems(string name, int most = 500) : ICandidateSource
{
    private readonly Leaders _list = new(most);

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Says when an item came into the shop.</summary>
    /// <param name="item">The item.</param>
    /// <param name="time">Unix time in milliseconds.</param>
    public void Add(int item, long time)
    {
        _list.Remove(item);
        _list.Raise(item, double.NaN, time);
    }

    /// <summary>Says that an item is gone.</summary>
    public void Remove(int item) => _list.Remove(item);

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into) => _list.Read(query.Allowed, into, 1);
}
