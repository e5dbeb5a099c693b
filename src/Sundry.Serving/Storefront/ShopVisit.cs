namespace Sundry.Serving;

/// <summary>Who looks at the storefront.</summary>
/// <param name="User">The customer who is played; null: somebody unknown.</param>
/// <param name="Session">The visit.</param>
/// <param name="Cart">The items in the cart.</param>
/// <param name="Customers">Customers who can be played, with what is known of them.</param>
/// <param name="Categories">The shop's categories.</param>
public sealed record ShopVisit(string? User, string Session, IReadOnlyList<string> Cart, IReadOnlyList<KeyValuePair<string, string>> Customers, IReadOnlyList<string> Categories);
