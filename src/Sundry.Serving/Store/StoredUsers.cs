namespace Sundry.Serving;

/// <summary>What is known of users beside their events. A user is deleted with everything by <see cref="ShopStore.Forget"/>.</summary>
public sealed class StoredUsers : StoredEntities
{
    internal StoredUsers(StoreEngine engine)
        : base(engine, "users")
    {
    }
}
