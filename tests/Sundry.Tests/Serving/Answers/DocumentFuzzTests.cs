using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Whatever is saved as a scenario or a rule is one, or is refused in a sentence; what got past that check costs an answer no more than that.</summary>
public sealed class DocumentFuzzTests
{
    private const int Cases = 2_000;
    private const long MostBytes = 64 << 20;

    private const string Scenario = """
        {"sources":{"popular":20,"co_visited":10,"new":3},"candidates":50,"history":true,"score":false,"value":{"method":"weighted_sum","weights":{"click":1}},"deadline_ms":100,"filter":"price < 50",
        "rules":{"filters":["restricted"],"caps":[{"by":"brand","at_most":2}],"pins":[{"item":"i1","place":1}],"boosts":[{"where":"new","factor":1.5}]},"hide_seen":false,"hide_bought_days":30,"relevance":0.7,"alike_by":["category"],"diversity_pool":50,"at_least":1}
        """;

    private const string Rule = """{"scenarios":["home"],"filters":["price > 10","context.region = US"],"caps":[{"by":"category","at_most":3}],"pins":[{"item":"i2","place":2,"where":"user.age > 3"}],"boosts":[{"where":"brand = b1","factor":2}]}""";

    private static readonly string[] s_values =
    [
        "null", "{}", "[]", "0", "-1", "1e308", "1e999", "9999999999999999999", "true", "\"\"", "\"x\"", "\"&a\"", "\"*a\"", "\"!!binary x\"", "\"<<\"", "\"~\"", "\"- a\\n- b\"", "\"a: b\"", "\"%YAML\"", "\"\\u0000\"", "\"\\u2028\"", "\"price <\"", "[null]", "[[[[[]]]]]",
        "{\"<<\":{\"a\":1}}", "\"${HOME}\"", "\"not not not\"", "{\"popular\":-5}", "{\"popular\":2147483648}", "\"NaN\"", ".5", "0x10", "\"2026-01-01\"", "[\"a\",\"a\",\"a\"]",
    ];

    [Fact]
    public async Task Nothing_but_a_document_or_a_refusal_comes_of_it()
    {
        await using var shop = await AnswerShop.Open(model: false);
        ScenarioBook.Scenario(Scenario, "right");
        ScenarioBook.Rule(Rule, "right");
        var random = new Random(20260305);
        var (taken, slowest, first) = (0, 0.0, true);
        for (var i = 0; i < Cases; i++)
        {
            var isRule = random.Next(2) == 0;
            var json = Changed(random, isRule ? Rule : Scenario);
            var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                if (isRule) ScenarioBook.Rule(json, "mine");
                else ScenarioBook.Scenario(json, "mine");
                taken++;
            }
            catch (InputException e)
            {
                Assert.NotEqual("", e.Message);
            }

            if (!first)
            {
                slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalSeconds);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            }

            first = false;
            if (i % 20 > 0) continue;
            // put past every check: an answer goes without
            await shop.Store.Documents.Put(isRule ? "rule" : "scenario", isRule ? $"r{i % 200}" : i % 400 == 0 ? "home" : $"s{i % 200}", IsJson(json) ? json : "{\"x\":1}");
            await shop.Server.Live.Reach(await shop.Store.Position());
            Assert.NotNull(await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 5, Scenario = random.Next(2) == 0 ? "home" : "item" }));
            try
            {
                Assert.NotNull(await shop.Server.DryRun(new RecommendRequest { User = "u2", Count = 5 }, isRule ? null : json, isRule ? json : null));
            }
            catch (InputException)
            {
                // refused
            }
        }

        Assert.InRange(taken, Cases / 50, Cases);
        Assert.InRange(slowest, 0, 60);
    }

    [Fact]
    public void What_yaml_would_make_much_of_is_no_document()
    {
        // each name stands for nine of the one before
        var laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 9; i++) laughs.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        foreach (var text in (string[])[laughs.ToString(), "filters: &a [*a]", "? {a: b} : c", string.Concat(Enumerable.Repeat("[", 50_000)), string.Concat(Enumerable.Repeat("{\"a\":", 50_000)), "--- a\n--- b", "%TAG ! tag:x,2000:\n---\n!a b", "\ufeff{}\0"])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InputException>(() => ScenarioBook.Rule(text, "mine"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }

    private static string Changed(Random random, string json)
    {
        var text = new StringBuilder(json);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            switch (random.Next(5))
            {
                case 0:
                    text[random.Next(text.Length)] = (char)random.Next(' ', 127);
                    break;
                case 1:
                    text.Length = random.Next(text.Length / 2, text.Length + 1);
                    break;
                case 2:
                    text.Insert(random.Next(text.Length + 1), s_values[random.Next(s_values.Length)]);
                    break;
                default:
                    var now = text.ToString();
                    var colon = now.IndexOf(':', random.Next(now.Length));
                    if (colon < 0) break;
                    var end = now.IndexOfAny([',', '}'], colon);
                    if (end > 0) text.Remove(colon + 1, end - colon - 1).Insert(colon + 1, s_values[random.Next(s_values.Length)]);
                    break;
            }

            if (text.Length == 0) break;
        }

        return text.ToString();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && StoredJsonFits(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool StoredJsonFits(string text)
    {
        try
        {
            _ = StoredJson.Compact("document", text, 65_536);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }
}
