using System.Globalization;

namespace Sundry.Simulator;

/// <summary>What a shop knows beside its events: products, customers, friendships, and the tree of categories.</summary>
internal static class CatalogueFiles
{
    public static void Items(string path, Shop shop)
    {
        using var rows = new RowWriter(File.Create(path));
        foreach (var name in new[] { "item", "category", "brand", "price", "colour", "launched", "title" }) rows.Text(name);
        rows.EndRow();
        foreach (var product in shop.Products)
        {
            rows.Text(product.Id);
            rows.Text(shop.Categories[product.Category]);
            rows.Text(product.Brand);
            rows.Number(product.ListPrice, "F2");
            rows.Text(Vocabulary.Colour(shop, product));
            rows.Text(Time(product.Launched));
            rows.Text(Vocabulary.Title(shop, product));
            rows.EndRow();
        }
    }

    public static void Users(string path, Shop shop)
    {
        using var rows = new RowWriter(File.Create(path));
        foreach (var name in new[] { "user", "age_band", "country", "segment", "joined" }) rows.Text(name);
        rows.EndRow();
        foreach (var customer in shop.Customers)
        {
            rows.Text(customer.Id);
            rows.Text(customer.AgeBand);
            rows.Text(customer.Country);
            rows.Text(customer.Segment);
            rows.Text(Time(customer.Joined));
            rows.EndRow();
        }
    }

    /// <summary>Each friendship once; returns how many there are.</summary>
    public static int Friendships(string path, Shop shop, Friends friends)
    {
        using var rows = new RowWriter(File.Create(path));
        rows.Text("user");
        rows.Text("friend");
        rows.EndRow();
        var count = 0;
        foreach (var customer in shop.Customers)
        {
            foreach (var friend in friends.Of(customer.Index))
            {
                if (friend < customer.Index) continue;
                rows.Text(customer.Id);
                rows.Text(shop.Customers[friend].Id);
                rows.EndRow();
                count++;
            }
        }

        return count;
    }

    public static void Categories(string path, Shop shop)
    {
        using var rows = new RowWriter(File.Create(path));
        rows.Text("category");
        rows.Text("parent");
        rows.EndRow();
        foreach (var (category, parent) in CategoryTree.Edges(shop))
        {
            rows.Text(category);
            rows.Text(parent);
            rows.EndRow();
        }
    }

    /// <summary>The midnight that begins a day.</summary>
    public static string Time(int day) => Shop.Opening.AddDays(day).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
