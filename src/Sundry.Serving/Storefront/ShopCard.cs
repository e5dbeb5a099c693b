namespace Sundry.Serving;

/// <summary>An item as the storefront shows it.</summary>
/// <param name="Item">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Category">Its category; empty where it has none.</param>
/// <param name="Brand">Its brand; empty where it has none.</param>
/// <param name="Price">Its price; null where it has none.</param>
/// <param name="Stock">How many there are; null where nobody counts.</param>
/// <param name="Colour">Its colour's name; empty where it has none.</param>
public sealed record ShopCard(string Item, string Title, string Category, string Brand, double? Price, double? Stock, string Colour)
{
    /// <summary>Where its page is, with what is to be known of the click that leads there.</summary>
    public string Link { get; init; } = "";

    /// <summary>Why it is shown.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What the model expects, by task.</summary>
    public IReadOnlyDictionary<string, double> Tasks { get; init; } = new Dictionary<string, double>();

    /// <summary>What proposed it.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether the list that was shown here before did not have it.</summary>
    public bool IsNew { get; init; }

    /// <summary>The price in words.</summary>
    public string PriceWords => Price is { } price ? price.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) + " €" : "";

    /// <summary>Where its picture is.</summary>
    public string Picture => $"/shop/picture/{Uri.EscapeDataString(Item)}.svg";
}
