using System.Globalization;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>An item as a client of <see cref="ServeSoak"/> described it last.</summary>
/// <param name="Category">Its category, which never changes.</param>
/// <param name="Price">Its price.</param>
/// <param name="Stock">Its stock; 0 takes it off sale.</param>
/// <param name="Hidden">Whether it is hidden.</param>
internal sealed record SoakItem(int Category, int Price, int Stock, bool Hidden)
{
    /// <summary>Whether answers may have it.</summary>
    public bool IsOnSale => Stock > 0 && !Hidden;

    /// <summary>As it is put.</summary>
    public string Json => string.Create(CultureInfo.InvariantCulture, $"{{\"title\":\"thing {Price}\",\"category\":\"c{Category}\",\"price\":{Price},\"stock\":{Stock},\"hidden\":{(Hidden ? "true" : "false")}}}");

    /// <summary>Whether a store's text says the same; null is an item that is not there.</summary>
    public static bool IsSame(SoakItem? item, string? attributes)
    {
        if (item is null || attributes is null) return item is null && attributes is null;
        using var one = JsonDocument.Parse(item.Json);
        using var two = JsonDocument.Parse(attributes);
        return JsonElement.DeepEquals(one.RootElement, two.RootElement);
    }
}
