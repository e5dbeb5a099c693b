namespace Sundry.Serving;

/// <summary>A row of items on a page of the storefront, with how it was made.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Cards">The items.</param>
/// <param name="Note">How it was made, in a sentence.</param>
public sealed record ShopShelf(string Title, IReadOnlyList<ShopCard> Cards, string Note);
