namespace Sundry.Serving;

/// <summary>The catalogue: items with attributes. One that is deleted leaves its id, so that followers learn of it.</summary>
public sealed class StoredItems : StoredEntities
{
    internal StoredItems(StoreEngine engine)
        : base(engine, "items")
    {
    }

    /// <summary>Deletes an item. Its events stay.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<bool> Delete(string id, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Engine.Write(session => session.Execute("UPDATE items SET attributes = NULL, changed = @position WHERE id = @id AND attributes IS NOT NULL",
            ("@position", session.TakePosition()), ("@id", id)) > 0);
    }
}
