using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>From a simulated shop to everything that is said of it: one ranking, affinity, a search, a comparison.</summary>
public sealed class SimulatedShopTests
{
    // few rows and one epoch: what is said is tested, not how much is learned
    private static readonly string[] s_small = ["-c", "shop/sundry.yaml", "--set", "training.epochs=1"];

    [Fact]
    public void A_shop_is_simulated_trained_on_ranked_searched_and_compared()
    {
        using var place = new Workplace();
        var simulated = Executable.Must(place.Root, "simulate", "shop", "--impressions", "15000", "--json").Json();
        Assert.Equal(place.Path("shop"), simulated.GetProperty("folder").GetString());
        Assert.Equal(15000, simulated.GetProperty("train").GetProperty("rows").GetInt64() + simulated.GetProperty("test").GetProperty("rows").GetInt64());
        Executable.Run(place.Root, "simulate", "shop", "--impressions", "15000").RefusesWith("shop", "exists");

        Rank(place);
        Affinity(place);
        Tune(place);
        Compare(place);
    }

    private static void Rank(Workplace place)
    {
        var trained = Executable.Must(place.Root, ["train", .. s_small, "--set", "ranking={group: visit, value: {terms: [click, cart]}, goal: {ndcg: click, at: 5}}", "--json"]).Json();
        var model = trained.GetProperty("model").GetString()!;
        Assert.Equal("test", trained.GetProperty("ranking").GetProperty("part").GetString());
        Assert.Contains("id=\"ranking\"", File.ReadAllText(Path.Combine(model, "report.html")), StringComparison.Ordinal);

        Executable.Must(place.Root, "predict", model, "shop/test.csv", "--rank", "--out", "ranked.csv");
        var sheet = Sheet.Of(place.Path("ranked.csv"));
        var (lists, values, ranks) = (sheet["visit"], sheet.Numbers("value"), sheet.Numbers("rank"));
        foreach (var list in Enumerable.Range(0, lists.Count).GroupBy(i => lists[i]))
        {
            var ordered = list.OrderBy(i => ranks[i]).ToList();
            Assert.Equal(Enumerable.Range(1, ordered.Count).Select(r => (double)r), ordered.Select(i => ranks[i]));
            Assert.Equal(ordered.Select(i => values[i]).OrderDescending(), ordered.Select(i => values[i]));
        }

        var judged = Executable.Must(place.Root, "rank", model, "shop/test.csv", "--json").Json();
        Assert.Equal(["value", "click", "cart"], judged.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("order").GetString()));
        Assert.Equal(trained.GetProperty("ranking").GetProperty("scores")[0].GetProperty("goal").GetDouble(), judged.GetProperty("scores")[0].GetProperty("goal").GetDouble(), 4);
    }

    private static void Affinity(Workplace place)
    {
        var found = Executable.Must(place.Root, ["affinity", .. s_small, "--models", "2", "--every", "2", "--json"]).Json();
        Assert.Equal(10, found.GetProperty("pairs").GetArrayLength());
        Assert.Equal(2, found.GetProperty("groupings").GetArrayLength());
        Assert.All(found.GetProperty("pairs").EnumerateArray(), p => Assert.InRange(Number(p, "cosine") ?? 0, -1, 1));
        Assert.True(File.Exists(found.GetProperty("report").GetString()));
    }

    private static void Tune(Workplace place)
    {
        string[] tune = ["tune", .. s_small, "--try", "training.learning_rate=1e-3,3e-3", "--try", "model.architecture=mmoe,shared_bottom", "--trials", "3", "--finalists", "1", "--seeds", "1"];
        var searched = Executable.Must(place.Root, [.. tune, "--json"]).Json();
        Assert.Equal(3, searched.GetProperty("trials").GetArrayLength());
        var config = searched.GetProperty("config").GetString()!;
        Assert.Equal(place.Path("shop", "tune", "shop", "tuned.yaml"), config);
        Executable.Run(place.Root, tune).RefusesPartlyWith("--resume");
        Executable.Must(place.Root, "prepare", "-c", config, "--json");
    }

    private static void Compare(Workplace place)
    {
        var compared = Executable.Must(place.Root, ["compare", .. s_small, "--architectures", "shared_bottom,ple", "--seeds", "1", "--json"]).Json();
        var results = compared.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["single_task", "shared_bottom", "ple"], results.Select(r => r.GetProperty("architecture").GetString()));
        var dense = results.Select(r => Number(r, "dense_parameters")!.Value).ToList();
        Assert.All(dense, d => Assert.InRange(d / dense[0], 0.94, 1.06));
        Assert.Contains("id=\"tradeoffs\"", File.ReadAllText(place.Path("shop", "compare", "shop", "report.html")), StringComparison.Ordinal);
    }

    private static double? Number(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
