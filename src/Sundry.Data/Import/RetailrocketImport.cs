namespace Sundry.Data;

/// <summary>RetailRocket's e-commerce log: views, carts and purchases of a shop. As Kaggle has it, or as the case recommender's authors filtered it, without times.</summary>
internal sealed class RetailrocketImport : IDataImport
{
    public string Name => "retailrocket";

    public string Files => "the folder of events.csv, category_tree.csv and item_properties_part1.csv, or of view_ecommerce.dat, add_to_cart_ecommerce.dat and purchase_ecommerce.dat";

    public void Write(ImportJob job)
    {
        var events = job.Find("events.csv");
        if (events is not null) WriteOriginal(job, events);
        else WriteFiltered(job);
        job.ConfigureLog(LogTasks.Of(new Dictionary<string, long> { ["view"] = 1, ["cart"] = 1, ["purchase"] = 1 }, madeTimes: events is null));
    }

    private static void WriteOriginal(ImportJob job, string path)
    {
        using (var table = ImportJob.Open(path))
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time"))
        {
            var (time, user, type, item) = (Place(table, "timestamp"), Place(table, "visitorid"), Place(table, "event"), Place(table, "itemid"));
            while (job.Next(table))
            {
                var row = table.Current;
                var word = row.Text(type) switch
                {
                    "view" => "view",
                    "addtocart" => "cart",
                    "transaction" => "purchase",
                    var other => throw new InputException($"the event '{other}' is none of view, addtocart and transaction; is this RetailRocket's events.csv?", path, row.Line),
                };
                if (!TimeText.TryParse(row[time], out long milliseconds)) throw new InputException($"{FieldText.Quote(row[time])} is no time", path, row.Line, time + 1);
                events.Row(word, row.Text(user), row.Text(item), DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            }
        }

        if (job.Find("category_tree.csv") is { } tree) WriteTree(job, tree);
        WriteItems(job);
    }

    private static void WriteTree(ImportJob job, string path)
    {
        using var table = ImportJob.Open(path);
        using var categories = job.Create("categories.csv", "category", "parent");
        var (category, parent) = (Place(table, "categoryid"), Place(table, "parentid"));
        while (job.Next(table)) categories.Row(table.Current.Text(category), table.Current.Text(parent));
    }

    // properties are dated; the newest category of an item holds
    private static void WriteItems(ImportJob job)
    {
        var newest = new OrderedDictionary<string, (long Time, string Category)>(StringComparer.Ordinal);
        foreach (var name in new[] { "item_properties_part1.csv", "item_properties_part2.csv", "item_properties.csv" })
        {
            if (job.Find(name) is not { } path) continue;
            using var table = ImportJob.Open(path);
            var (time, item, property, value) = (Place(table, "timestamp"), Place(table, "itemid"), Place(table, "property"), Place(table, "value"));
            while (job.Next(table))
            {
                var row = table.Current;
                if (!row[property].SequenceEqual("categoryid"u8)) continue;
                if (!TimeText.TryParse(row[time], out long at)) throw new InputException($"{FieldText.Quote(row[time])} is no time", path, row.Line, time + 1);
                var key = row.Text(item);
                if (!newest.TryGetValue(key, out var known) || at >= known.Time) newest[key] = (at, row.Text(value));
            }
        }

        if (newest.Count == 0) return;
        using var items = job.Create("items.csv", "item", "category");
        foreach (var (item, (_, category)) in newest) items.Row(item, category);
        job.Note("An item's category is the newest that its properties name; the others were left behind.");
    }

    private static void WriteFiltered(ImportJob job)
    {
        (string Type, string File)[] parts =
        [
            ("view", job.Require("view_ecommerce.dat")), ("cart", job.Require("add_to_cart_ecommerce.dat")), ("purchase", job.Require("purchase_ecommerce.dat")),
        ];
        using var events = job.Create(ImportJob.Events, "type", "user", "item", "time");
        long number = 0;
        foreach (var (type, file) in parts)
            foreach (var line in job.Lines(file, "\t", 3, header: true)) events.Row(type, line[0], line[1], ImportJob.MadeTime(number++));
        job.NoteMadeTimes("all views, then all carts, then all purchases, each in the order of their file, became one");
    }

    private static int Place(TableReader table, string column) => table.Header.Require(column, table.Files[0], "of RetailRocket's tables");
}
