namespace Sundry.Serving;

/// <summary>What answers must know of an item. It does not change: a change of the item is another of these.</summary>
public sealed record ShelfItem
{
    /// <summary>Its attributes.</summary>
    public Facts Facts { get; init; } = Facts.None;

    /// <summary>Whether the shop hides it.</summary>
    public bool Hidden { get; init; }

    /// <summary>How many there are to sell; infinite where nobody counts.</summary>
    /// <value>Default: infinite.</value>
    public double Stock { get; init; } = double.PositiveInfinity;

    /// <summary>Whether it can be shown at all.</summary>
    public bool IsOnSale => !Hidden && Stock > 0;
}
