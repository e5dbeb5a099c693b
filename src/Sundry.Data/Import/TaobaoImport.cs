namespace Sundry.Data;

/// <summary>Taobao: Tianchi's UserBehavior.csv (Zhu et al., KDD 2018), or the files without times that EHCF was judged on (Chen et al., AAAI 2020).</summary>
internal sealed class TaobaoImport : IDataImport
{
    public string Name => "taobao";

    public string Files => "UserBehavior.csv, or the folder of EHCF's buy.train.txt, buy.test.txt and cart.csv (also with Taobao_ before their names)";

    public void Write(ImportJob job)
    {
        if (job.Find("UserBehavior.csv") is { } log)
        {
            WriteLog(job, log);
            job.ConfigureLog(LogTasks.Of(new Dictionary<string, long> { ["view"] = 1, ["cart"] = 1, ["purchase"] = 1 }), null, "types: {favourite: favourite}    # a type of this shop's own");
        }
        else
        {
            job.ConfigureLog(LogTasks.Of(WriteParts(job), madeTimes: true));
        }
    }

    private static void WriteLog(ImportJob job, string path)
    {
        var categories = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        using (var table = ImportJob.Open(path, "user", "item", "category", "behavior", "time"))
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time"))
        {
            while (job.Next(table))
            {
                var row = table.Current;
                var type = row.Text(3) switch
                {
                    "pv" => "view",
                    "cart" => "cart",
                    "fav" => "favourite",
                    "buy" => "purchase",
                    var other => throw new InputException($"the behavior '{other}' is none of pv, cart, fav and buy; is this Tianchi's UserBehavior.csv?", path, row.Line),
                };
                categories.TryAdd(row.Text(1), row.Text(2));
                // what lies outside of the eleven days that the log is of is a slip of somebody's clock
                if (row.Text(4) is var time && (time.Length != 10 || !time.StartsWith("151", StringComparison.Ordinal))) job.LeaveOut("times outside of November and December 2017");
                else events.Row(type, row.Text(0), row.Text(1), ImportJob.Time(time, path));
            }
        }

        using var items = job.Create("items.csv", "item", "category");
        foreach (var (item, category) in categories) items.Row(item, category);
    }

    private static Dictionary<string, long> WriteParts(ImportJob job)
    {
        (string Type, string? File, int Fields)[] parts =
        [
            ("view", job.Find("pv.csv", "Taobao_pv.csv"), 3), ("cart", job.Find("cart.csv", "Taobao_cart.csv"), 3),
            ("purchase", job.Require("buy.train.txt", "Taobao_buy.train.txt"), 2), ("purchase", job.Find("buy.test.txt", "Taobao_buy.test.txt"), 2),
        ];
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time"))
        {
            long number = 0;
            foreach (var (type, file, fields) in parts)
                if (file is not null)
                    foreach (var line in job.Lines(file, "\t", fields, header: true)) events.Row(type, line[0], line[1], ImportJob.MadeTime(number++));
        }

        var counts = new Dictionary<string, long>();
        foreach (var (type, file, _) in parts)
            if (file is not null) counts[type] = 1;
        job.NoteMadeTimes("all views, then all carts, then the purchases of the training and of the test file, each in the order of their file, became one");
        return counts;
    }
}
