using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Tests;

/// <summary>Items that are found by vectors: those of the model's own table, and those of a file.</summary>
public sealed class ModelVectorsTests
{
    private static readonly ServeOptions s_byVectors = new()
    {
        Workers = 2,
        Vectors = ServeSection.VectorsOfModel,
        Defaults = new ServeSection
        {
            Scenarios = new Dictionary<string, ScenarioOptions>
            {
                ["near"] = new() { Sources = new OrderedDictionary<string, int> { ["vectors"] = 20 }, Score = false, DeadlineMs = 60_000, HideBoughtDays = 0 },
                ["similar"] = new() { Sources = new OrderedDictionary<string, int> { ["vectors"] = 20 }, Score = false, History = false, DeadlineMs = 60_000 },
            },
        },
    };

    [Fact]
    public async Task The_rows_of_a_models_table_are_centred_and_of_length_one()
    {
        await using var shop = await AnswerShop.Open(model: false);
        using var bundle = Bundle.Load(shop.Model("one", seed: 3));
        var vectors = TableVectors.Of(bundle)!;
        Assert.Equal(bundle.Model.Options.Embedding, vectors.Width);
        var (row, sum) = (new float[vectors.Width], new double[vectors.Width]);
        var known = 0;
        for (var i = 0; i < AnswerShop.Items; i++)
        {
            if (!vectors.TryItem(System.Text.Encoding.UTF8.GetBytes($"i{i}"), row)) continue;
            known++;
            Assert.Equal(1, row.Sum(x => x * x), 1e-5);
            for (var d = 0; d < row.Length; d++) sum[d] += row[d];
        }

        Assert.InRange(known, AnswerShop.Items / 2, AnswerShop.Items);
        // not by a hair: lengths differ before
        Assert.All(sum, s => Assert.InRange(s / known, -0.2, 0.2));
        Assert.False(vectors.TryItem("nothing"u8, row));
        Assert.False(vectors.TryUser("u1", row));
    }

    [Fact]
    public async Task Items_are_found_over_http_by_the_models_own_vectors()
    {
        var http = new HttpShop { WithModel = true, Serve = s_byVectors };
        await http.InitializeAsync();
        try
        {
            var vectors = http.Shop.Server.Model!.Vectors!;
            var body = """{"user":"somebody","scenario":"near","item":"i1","count":5}""";
            var first = (await http.Ask("POST", "/v1/recommend", body)).Json;
            Assert.Empty(first.GetProperty("degraded").EnumerateArray());
            var items = first.GetProperty("items").EnumerateArray().ToArray();
            Assert.Equal(5, items.Length);
            Assert.All(items, i => Assert.Equal(["vectors"], i.GetProperty("sources").EnumerateArray().Select(s => s.GetString())));
            Assert.Equal(Nearest(vectors, ["i1"], 5), items.Select(i => i.GetProperty("id").GetString()));
            Assert.Contains("goes with chair number 1", items[0].GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));

            // like items by the same vectors, where the scenario has them among its sources
            var similar = (await http.Ask("GET", "/v1/items/i1/similar?count=5")).Json.GetProperty("items").EnumerateArray();
            Assert.Equal(Nearest(vectors, ["i1"], 5), similar.Select(i => i.GetProperty("id").GetString()));

            // a visitor lies where the last items do
            var now = http.Shop.Now;
            await http.Ask("POST", "/v1/events", $$"""[{"type":"view","session":"v","item":"i2","time":{{now}}},{"type":"view","session":"v","item":"i7","time":{{now + 1}}}]""");
            var second = (await http.Ask("POST", "/v1/recommend", """{"session":"v","scenario":"near","count":5}""")).Json;
            Assert.Equal(Nearest(vectors, ["i2", "i7"], 5).Order(), second.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()).Order());
        }
        finally
        {
            await http.DisposeAsync();
        }
    }

    [Fact]
    public async Task Vectors_are_those_of_the_model_that_answers()
    {
        await using var shop = await AnswerShop.Open(options: s_byVectors);
        var before = shop.Server.Model!.Vectors!;
        Assert.Equal(Nearest(before, ["i1"], 6), await Near());
        await shop.Server.Swap(shop.Model("two", seed: 9));
        var after = shop.Server.Model!.Vectors!;
        Assert.NotEqual(Nearest(before, ["i1"], 6), Nearest(after, ["i1"], 6));
        Assert.Equal(Nearest(after, ["i1"], 6), await Near());
        // and stay so where the shop's numbers are others
        await shop.Server.Live.Rebuild();
        Assert.Equal(Nearest(after, ["i1"], 6), await Near());

        async Task<IEnumerable<string>> Near() => (await shop.Server.Recommend(new RecommendRequest { Scenario = "near", Item = "i1", Count = 6 })).Items.Select(i => i.Id);
    }

    [Fact]
    public async Task A_file_of_factors_finds_items_for_a_user_whom_it_knows()
    {
        using var folder = new TemporaryFolder();
        var pairs = Sundry.Training.Interactions.Of(ToyLog.Draw(3000, users: 20, items: AnswerShop.Items), new Dictionary<string, float> { ["click"] = 1 });
        var options = new RecommenderOptions();
        var als = new AlsRecommender(options.Als);
        als.Fit(pairs, new FitRequest(1, 1));
        var file = folder.Path("als.bin");
        RecommenderFile.Save(file, "als", options, als, pairs);
        await using var shop = await AnswerShop.Open(model: false, options: s_byVectors with { Vectors = file });
        var known = await shop.Server.Recommend(new RecommendRequest { Scenario = "near", User = "u3", Count = 3 });
        Assert.All(known.Items, i => Assert.Contains("vectors", i.Sources));
        Assert.Equal(3, known.Items.Count);
        // nobody's vector is that of the open item
        Assert.NotEmpty((await shop.Server.Recommend(new RecommendRequest { Scenario = "near", Item = "i1", Count = 3 })).Items);
    }

    [Fact]
    public async Task A_model_without_items_of_its_own_is_named()
    {
        var problem = await Assert.ThrowsAsync<InputException>(() => AnswerShop.Open(model: false, options: s_byVectors));
        Assert.StartsWith("'vectors: model' asks for the model's own vectors of items, and there is no model; give one", problem.Message, StringComparison.Ordinal);
    }

    // the open items are not among them
    private static IEnumerable<string> Nearest(TableVectors vectors, string[] to, int count)
    {
        var wanted = new float[vectors.Width];
        var row = new float[vectors.Width];
        foreach (var item in to)
        {
            Assert.True(vectors.TryItem(System.Text.Encoding.UTF8.GetBytes(item), row));
            for (var d = 0; d < row.Length; d++) wanted[d] += row[d];
        }

        var all = new List<(string Item, double Product)>();
        for (var i = 0; i < AnswerShop.Items; i++)
            if (vectors.TryItem(System.Text.Encoding.UTF8.GetBytes($"i{i}"), row)) all.Add(($"i{i}", row.Zip(wanted, (a, b) => (double)a * b).Sum()));
        return all.OrderByDescending(x => x.Product).Select(x => x.Item).Where(i => to.Length > 1 || !to.Contains(i)).Take(count);
    }
}
