using System.Text.Json;

namespace Sundry.Serving;

/// <summary>What the storefront knows of the catalogue: cards of items, categories, and customers who can be played.</summary>
internal sealed class ShopWindow(IShopDesk desk, TimeProvider clock)
{
    private const int MostCustomers = 12, Page = 2000;
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private (DateTimeOffset Until, Task<(IReadOnlyList<string> Categories, IReadOnlyList<KeyValuePair<string, string>> Customers)>? Reading) _known;

    /// <summary>The item's card; null where the shop does not sell it.</summary>
    public async Task<ShopCard?> Card(string item, CancellationToken cancel)
    {
        if (await desk.Store.Items.Get(item, cancel) is not { Attributes: { } attributes }) return null;
        using var json = JsonDocument.Parse(attributes);
        var root = json.RootElement;
        return new ShopCard(item, ItemNames.Title(attributes) ?? item, Text(root, "category").Split('|')[0], Text(root, "brand"), Number(root, "price"), Number(root, "stock"), Text(root, "colour"))
        {
            Link = $"/shop/item/{Uri.EscapeDataString(item)}",
        };
    }

    /// <summary>The categories, and some customers with what is known of them; read anew every few minutes.</summary>
    public Task<(IReadOnlyList<string> Categories, IReadOnlyList<KeyValuePair<string, string>> Customers)> Known()
    {
        lock (_lock)
        {
            if (_known.Reading is not { IsFaulted: false } || _known.Until < clock.GetUtcNow()) _known = (clock.GetUtcNow() + s_fresh, Read());
            return _known.Reading;
        }
    }

    private async Task<(IReadOnlyList<string> Categories, IReadOnlyList<KeyValuePair<string, string>> Customers)> Read()
    {
        var categories = new SortedSet<string>(StringComparer.Ordinal);
        for (long position = 0; ;)
        {
            var items = await desk.Store.Items.After(position, Page);
            foreach (var item in items)
            {
                if (item.Attributes is not { } attributes) continue;
                using var json = JsonDocument.Parse(attributes);
                if (Text(json.RootElement, "category") is { Length: > 0 } category) categories.Add(category.Split('|')[0]);
            }

            if (items.Count < Page) break;
            position = items[^1].Position;
        }

        var customers = (await desk.Store.Users.After(0, MostCustomers)).Where(u => u.Attributes is not null)
            .Select(u => KeyValuePair.Create(u.Id, string.Join(", ", ItemNames.Attributes(u.Attributes!).Where(a => a.Key is "age_band" or "country" or "segment").Select(a => a.Value))));
        return ([.. categories], [.. customers]);
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static double? Number(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
