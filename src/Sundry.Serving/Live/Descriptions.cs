namespace Sundry.Serving;

/// <summary>All items and users as the store describes them, read and understood beside whatever else a start has to do.</summary>
internal sealed class Descriptions
{
    private readonly Task<(long Position, List<EntityRow> Rows)> _items;
    private readonly Task<(long Position, List<EntityRow> Rows)> _users;

    private Descriptions(ShopStore store, CancellationToken cancel)
    {
        _items = Task.Run(() => Read(store, store.Items, cancel), cancel);
        _users = Task.Run(() => Read(store, store.Users, cancel), cancel);
    }

    /// <summary>Begins to read them.</summary>
    public static Descriptions Begin(ShopStore store, CancellationToken cancel) => new(store, cancel);

    /// <summary>Tells a memory all of them.</summary>
    /// <returns>A position of the store before anything was read.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<long> Tell(ShopMemory memory)
    {
        var items = await _items;
        foreach (var row in items.Rows) memory.DescribeItem(row);
        var users = await _users;
        foreach (var row in users.Rows) memory.DescribeUser(row);
        return Math.Min(items.Position, users.Position);
    }

    private static async Task<(long Position, List<EntityRow> Rows)> Read(ShopStore store, StoredEntities entities, CancellationToken cancel)
    {
        var position = await store.Position(cancel);
        var rows = await StoreRound.Changed(entities, 0, cancel);
        var reader = new AttributeReader();
        foreach (var row in rows) row.Values = reader.Read(row.Attributes);
        return (position, rows);
    }
}
