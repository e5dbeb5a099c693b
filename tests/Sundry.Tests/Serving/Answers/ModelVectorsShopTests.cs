using System.Globalization;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;
using Xunit.Abstractions;

namespace Sundry.Tests;

/// <summary>
/// What the model's own vectors are worth on a simulated shop, judged on what users clicked and bought after the moment at which they ask. Run with SUNDRY_VECTORS_SHOP, a folder in which
/// <c>sundry simulate log</c> wrote a shop and <c>sundry train</c> a model, <c>model</c>, on its beginning.
/// </summary>
public sealed class ModelVectorsShopTests(ITestOutputHelper output)
{
    private const int Shown = 20;
    private const int Most = 2_000;

    [SkippableFact]
    public async Task Held_out_clicks_and_purchases_are_found()
    {
        var shop = Environment.GetEnvironmentVariable("SUNDRY_VECTORS_SHOP");
        Skip.If(shop is null, "set SUNDRY_VECTORS_SHOP to a simulated shop with a model to measure what vectors find");
        var options = ConfigReader.ReadFile<SundryOptions>(Path.Combine(shop, "sundry.yaml"));
        var (log, _) = LogReader.Read(new LogRequest(options.Data, shop, TimeProvider.System, null));
        var events = ShopStateTests.All(log);
        var share = double.Parse(Environment.GetEnvironmentVariable("SUNDRY_VECTORS_SHARE") ?? "0.8", CultureInfo.InvariantCulture);
        var cut = (int)(share * events.Length);
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        clock.Advance(TimeSpan.FromMilliseconds(events[cut].Time - clock.Now));
        using var store = ShopStore.Open(folder.Path("shop.db"), new StoreOptions { Clock = clock });
        await store.Items.Put([.. Enumerable.Range(0, log.Items.Count).Select(i => ToyShop.Described(log.Items, log.ItemColumns, i))]);
        await store.Users.Put([.. Enumerable.Range(0, log.Users.Count).Select(u => ToyShop.Described(log.Users, log.UserColumns, u))]);
        foreach (var part in Enumerable.Range(0, cut).Chunk(10_000)) await store.Events.Append([.. part.Select(i => ToyShop.Record(log, events[i], i))]);
        // whoever came before, and what they did in the week after
        var known = new HashSet<int>(events[..cut].Where(e => e.Type == EventTypes.Click).Select(e => e.User));
        var wanted = new Dictionary<int, (HashSet<string> Clicked, HashSet<string> Bought)>();
        foreach (var e in events[cut..])
        {
            if (e.User < 0 || e.Item < 0 || !known.Contains(e.User) || e.Time > events[cut].Time + 7 * ToyLog.Day || e.Type is not (EventTypes.Click or EventTypes.Purchase)) continue;
            if (!wanted.TryGetValue(e.User, out var own)) wanted[e.User] = own = ([], []);
            (e.Type == EventTypes.Click ? own.Clicked : own.Bought).Add(log.Items.Text(e.Item));
        }

        var users = wanted.Keys.Order().Take(Most).ToArray();
        output.WriteLine($"{log.Items.Count} items, {cut} events before, {users.Length} users who came again");
        var home = BuiltInScenarios.All[BuiltInScenarios.Home];
        var scenarios = new Dictionary<string, ScenarioOptions>
        {
            ["home"] = home with { DeadlineMs = 60_000 },
            ["found"] = home with { Score = false, Relevance = 1, DeadlineMs = 60_000 },
            ["near"] = home with { Sources = new OrderedDictionary<string, int> { ["vectors"] = 200 }, Score = false, Relevance = 1, DeadlineMs = 60_000 },
        };
        var results = new Dictionary<(string Way, string Scenario), double[][]>();
        foreach (var way in new[] { "without", "with" })
        {
            var serve = new ServeOptions { Clock = clock, Vectors = way == "with" ? ServeSection.VectorsOfModel : null, Defaults = new ServeSection { Scenarios = scenarios } };
            await using var server = await ShopServer.Open(store, Path.Combine(shop, "model"), serve);
            foreach (var (scenario, count) in new[] { ("home", Shown), ("found", 200), ("near", 200) })
            {
                var values = new List<double[]>();
                var vectors = 0;
                foreach (var user in users)
                {
                    var answer = await server.Recommend(new RecommendRequest { User = log.Users.Text(user), Scenario = scenario, Count = count, Explain = false });
                    var shown = answer.Items.Select(i => i.Id).ToList();
                    vectors += answer.Items.Count(i => i.Sources.Contains("vectors"));
                    var (clicked, bought) = wanted[user];
                    values.Add([Recall(shown, clicked, count), Recall(shown, bought, count)]);
                }

                results[(way, scenario)] = [.. values];
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way,-8} {scenario,-6} recall@{count} of clicks {Mean(values, 0):0.0000}, of purchases {Mean(values, 1):0.0000}; {(double)vectors / users.Length:0.0} items an answer by vectors"));
            }
        }

        foreach (var scenario in new[] { "home", "found" })
            for (var of = 0; of < 2; of++)
            {
                var differences = results[("with", scenario)].Zip(results[("without", scenario)], (a, b) => a[of] - b[of]).Where(d => !double.IsNaN(d)).ToArray();
                var mean = differences.Average();
                var error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario}, {(of == 0 ? "clicks" : "purchases")}: {mean:+0.0000;-0.0000} ± {1.96 * error:0.0000} of {differences.Length} users"));
            }
    }

    private static double Recall(List<string> shown, HashSet<string> wanted, int count) => wanted.Count == 0 ? double.NaN : (double)shown.Count(wanted.Contains) / Math.Min(count, wanted.Count);

    private static double Mean(List<double[]> values, int of) => values.Select(v => v[of]).Where(v => !double.IsNaN(v)).Average();
}
