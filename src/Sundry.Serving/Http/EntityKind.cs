namespace Sundry.Serving;

/// <summary>What an id names.</summary>
internal enum EntityKind
{
    /// <summary>Something to sell.</summary>
    Item,

    /// <summary>Somebody who buys.</summary>
    User,
}
