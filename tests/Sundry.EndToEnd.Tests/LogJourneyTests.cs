using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>A shop that has nothing but a log: simulate, train, evaluate, predict, recommend.</summary>
public sealed class LogJourneyTests
{
    private static readonly string[] s_small = ["--set", "training.epochs=2", "--set", "training.batch=256", "--set", "model.experts={count: 2, layers: [8]}", "--set", "model.tower=[8]"];

    [Fact]
    public void A_log_becomes_a_model_that_is_judged_and_predicts_and_recommends()
    {
        using var place = new Workplace();
        Executable.Must(place.Root, "simulate", "log", "--events", "25000", "--users", "200", "--items", "120", "--days", "21", "--truth", "--out", "shop");
        var shop = place.Path("shop");
        var trained = Executable.Must(shop, ["train", .. s_small, "--json"]).Json();
        Assert.Equal(["buy", "cart", "click", "stay"], trained.GetProperty("tasks").EnumerateObject().Select(t => t.Name).Order());
        Assert.True(Auc(trained.GetProperty("tasks").GetProperty("click").GetProperty("test")) > 0.5);
        // what the labels were drawn from is not among what the model reads
        var encoder = File.ReadAllText(Path.Combine(shop, "models", "shop", "encoder.json"));
        foreach (var truth in new[] { "examination", "truth" }) Assert.DoesNotContain(truth, encoder, StringComparison.Ordinal);
        var report = File.ReadAllText(Path.Combine(shop, "models", "shop", "report.html"));
        foreach (var part in new[] { "25,000 events from 2025-03-03", "Events of each type", "Where labels come from" }) Assert.Contains(part, report, StringComparison.Ordinal);

        Evaluate(shop, trained);
        Predict(place, shop, trained);
        Recommend(shop);
        Judge(shop);
        Refuse(place, shop);
    }

    // the same rows, read from the log anew, come to the same figures
    private static void Evaluate(string shop, JsonElement trained)
    {
        var judged = Executable.Must(shop, "evaluate", "models/shop", "--json").Json();
        Assert.Equal(trained.GetProperty("rows").GetProperty("test").GetInt32(), judged.GetProperty("rows").GetInt32());
        foreach (var task in trained.GetProperty("tasks").EnumerateObject())
        {
            foreach (var metric in task.Value.GetProperty("test").EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number))
                Assert.Equal(metric.Value.GetDouble(), judged.GetProperty("tasks").GetProperty(task.Name).GetProperty(metric.Name).GetDouble(), 4);
        }

        // from another place, with the model moved along with its shop
        Assert.Equal(judged.GetProperty("rows").GetInt32(), Executable.Must(Path.GetDirectoryName(shop)!, "evaluate", "shop/models/shop", "--json").Json().GetProperty("rows").GetInt32());
    }

    private static void Predict(Workplace place, string shop, JsonElement trained)
    {
        Executable.Must(shop, "predict", "models/shop", "--out", "p.csv");
        var sheet = Sheet.Of(Path.Combine(shop, "p.csv"));
        Assert.Equal(["time", "user", "session", "item", "event", "p_click", "p_cart", "p_buy", "p_stay"], sheet.Header);
        Assert.Equal(trained.GetProperty("rows").GetProperty("test").GetInt32(), sheet.Rows.Count);
        Assert.Equal(sheet["time"].Order(StringComparer.Ordinal), sheet["time"]);
        Assert.All(sheet.Numbers("p_click"), p => Assert.InRange(p, 0, 1));

        // the products of a page stand together, best first
        Executable.Must(shop, "predict", "models/shop", "--rank", "--out", "ranked.csv");
        var ranked = Sheet.Of(Path.Combine(shop, "ranked.csv"));
        Assert.Equal(["time", "user", "session", "item", "event", "recommendation", "p_click", "p_cart", "p_buy", "p_stay", "value", "rank"], ranked.Header);
        Assert.Equal(sheet.Rows.Count, ranked.Rows.Count);
        foreach (var page in ranked.Rows.GroupBy(r => r[5]).Take(50)) Assert.Equal(Enumerable.Range(1, page.Count()).Select(r => r.ToString(System.Globalization.CultureInfo.InvariantCulture)), page.Select(r => r[^1]));

        // a later log: the first two thirds as they were, and what came after
        File.WriteAllText(Path.Combine(shop, "later.yaml"), File.ReadAllText(Path.Combine(shop, "sundry.yaml")));
        var after = sheet["time"][sheet.Rows.Count / 2];
        var later = Executable.Must(place.Root, "predict", "shop/models/shop", "-c", "shop/later.yaml", "--after", after).Out;
        Assert.Equal([.. sheet.Rows.Where(r => string.CompareOrdinal(r[0], after) >= 0).Select(r => string.Join(',', r))], later.TrimEnd('\n').Split('\n').Skip(1).Select(l => l.TrimEnd('\r')));
    }

    private static void Recommend(string shop)
    {
        Executable.Must(shop, "recommend", "lists", "--model", "models/shop", "--top", "5", "--out", "lists.csv");
        var lines = File.ReadAllLines(Path.Combine(shop, "lists.csv"));
        Assert.Equal("user,rank,item,score,p_click,p_cart,p_buy,p_stay,source,reasons", lines[0]);
        Executable.Must(shop, "recommend", "lists", "--model", "models/shop", "--top", "5", "--among", "all", "--users", "u00007", "--value", "buy=1", "--out", "one.jsonl", "--where", "category = tea");
        var one = File.ReadAllLines(Path.Combine(shop, "one.jsonl")).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.InRange(one.Count, 1, 5);
        Assert.Equal(one.Select(l => l.GetProperty("score").GetDouble()).OrderDescending(), one.Select(l => l.GetProperty("score").GetDouble()));
        Assert.All(one, l => Assert.Equal(l.GetProperty("p_buy").GetDouble(), l.GetProperty("score").GetDouble(), 6));
        Assert.All(one, l => Assert.Equal("catalogue", l.GetProperty("source").GetString()));
        var tea = File.ReadLines(Path.Combine(shop, "items.csv")).Select(l => l.Split(',')).Where(f => f[1] == "tea").Select(f => f[0]).ToHashSet();
        Assert.All(one, l => Assert.Contains(l.GetProperty("item").GetString()!, tea));

        // nobody is offered what he clicked, carted or bought
        var had = File.ReadLines(Path.Combine(shop, "events.csv")).Skip(1).Select(l => l.Split(',')).Where(f => f[1] is "click" or "cart" or "purchase").Select(f => (f[2], f[4])).ToHashSet();
        Assert.All(lines.Skip(1).Select(l => l.Split(',')), f => Assert.DoesNotContain((f[0], f[2]), had));
    }

    private static void Judge(string shop)
    {
        var judged = Executable.Must(shop, "recommend", "evaluate", "--model", "models/shop", "--by", "popular", "--json").Json();
        Assert.Equal(["popular", "model"], judged.GetProperty("results").EnumerateArray().Select(r => r.EnumerateObject().First().Value.GetString()));
    }

    private static void Refuse(Workplace place, string shop)
    {
        var before = Directory.GetFileSystemEntries(shop).Order().ToList();
        Executable.Run(shop, "predict", "models/shop", "events.csv", "--out", "no.csv").RefusesWith("made of a log", "sundry predict MODEL --events events.csv");
        Executable.Run(shop, "evaluate", "models/shop", "events.csv").RefusesWith("made of a log", "leave 'events.csv' out");
        Executable.Run(shop, "evaluate", "models/shop", "--after", "2031-01-01").RefusesWith("no row from 2031-01-01");
        Executable.Run(shop, "evaluate", "models/shop", "--after", "soon").RefusesWith("--after 'soon' is no time");
        Executable.Run(shop, "rank", "models/shop", "events.csv").RefusesWith("made of a log");
        Executable.Run(shop, "recommend", "lists", "--model", "models/shop", "--users", "nobody", "--out", "no.csv").RefusesWith("'nobody' is neither a file nor a user");
        Executable.Run(shop, "recommend", "lists", "--model", "models/shop", "--value", "bye=1", "--out", "no.csv").RefusesWith("bye");
        Executable.Run(shop, "recommend", "lists", "--model", "models/shop", "--by", "als", "--out", "no.csv").RefusesWith("--by", "--among");
        Executable.Run(shop, "recommend", "lists", "--model", "models/shop", "--among", "popula", "--out", "no.csv").RefusesWith("'popula'; did you mean 'popular'?");
        Executable.Run(shop, "recommend", "evaluate", "--model", "models/shop", "--split", "last").RefusesWith("--split", "--after");
        Assert.Equal(before, Directory.GetFileSystemEntries(shop).Order());

        File.Move(Path.Combine(shop, "events.csv"), place.Path("gone.csv"));
        Executable.Run(shop, "evaluate", "models/shop").RefusesWith("events.csv");
    }

    private static double Auc(JsonElement metrics) => metrics.GetProperty("auc").GetDouble();
}
