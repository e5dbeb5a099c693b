using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace Sundry.Tests;

/// <summary>Nothing that is sent makes a fault, takes long, or holds memory.</summary>
public sealed class HttpFuzzTests(HttpShop http, ITestOutputHelper output) : IClassFixture<HttpShop>
{
    private const int Cases = 4_000;
    private const int SlowMs = 60_000;

    private static readonly string[] s_strange =
    [
        "null", "{}", "[]", "\"\"", "0", "-1", "1e999", "1e308", "9999999999999999999999", "true", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":1}}}", "\"x\"",
        "\"price < \"", "\"not (price > 1 and (brand = 'x' or\"", "\"2026-13-45T99:99:99Z\"", "-9223372036854775808", "\"../../etc/passwd\"", "\"' OR 1=1 --\"", "\"\u202e\ufffd😀\"", "[null]", "[\"\"]", "{\"\":\"\"}", "NaN", "\"" + "y" + "\u0000\"",
    ];

    private static readonly string[] s_names = ["user", "session", "item", "id", "type", "time", "count", "cart", "query", "filter", "context", "after", "items", "requests", "scopes", "name", "rule", "scenario", "request", "attributes", "patch", "delete", "exclude", "deadline_ms", "rules", "x"];

    [Fact]
    public async Task No_input_makes_a_fault_or_a_hang()
    {
        var random = new Random(20260303);
        var routes = http.Host.Surface.Routes.Where(r => r.Pattern is not "/v1/models:reload").ToArray();
        var (counts, slowest) = (new SortedDictionary<int, int>(), 0.0);
        // once warm, what is held at the end is what is held now
        for (var i = 0; i < 50; i++) await One(random, routes[i % routes.Length]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Cases; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var (status, asked) = await One(random, routes[random.Next(routes.Length)]);
            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            slowest = Math.Max(slowest, took);
            Assert.True(status is not 500 and < 504, $"case {i} ended with {status}: {asked}");
            Assert.True(took < SlowMs, $"case {i} took {took} ms: {asked}");
            counts[status] = counts.GetValueOrDefault(status) + 1;
        }

        output.WriteLine($"{string.Join(", ", counts.Select(c => $"{c.Key}: {c.Value}"))}; slowest {slowest:0} ms");
        Assert.Equal(0, http.Host.Surface.Bodies.Held);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 512 << 20);
        Assert.True(counts.GetValueOrDefault(200) > Cases / 50, "hardly anything was right");
        Assert.Equal(200, (await http.Ask("POST", "/v1/recommend", "{\"user\":\"u1\"}")).Status);
    }

    private async Task<(int Status, string Asked)> One(Random random, Sundry.Serving.HttpRoute route)
    {
        var path = route.Pattern;
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at)
            path = path[..at] + Uri.EscapeDataString(Part(random)) + path[(path.IndexOf('}', at) + 1)..];
        if (random.Next(6) == 0) path += "?" + random.Next(4) switch { 0 => "count=" + random.Next(-5, 2_000), 1 => "count=%zz&count=1", 2 => Uri.EscapeDataString(Noise(random, 30)), _ => "x=" + Uri.EscapeDataString(Noise(random, 10)) };
        var method = random.Next(20) == 0 ? "DELETE" : route.Method;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.Http.BaseAddress! + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = random.Next(3) == 0 }));
        var body = Array.Empty<byte>();
        if (route.Takes.Count > 0 || random.Next(10) == 0)
        {
            body = Body(random, route.Example ?? "{}");
            request.Content = new ByteArrayContent(body);
            var type = random.Next(15) == 0 ? Clean(Noise(random, 12)) : route.Takes.Count > 0 ? route.Takes[random.Next(route.Takes.Count)] : "application/json";
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (random.Next(8) == 0) request.Headers.TransferEncodingChunked = true;
        }

        if (random.Next(10) == 0) Try(request, random.Next(6) switch { 0 => "If-Match", 1 => "If-None-Match", 2 => "Accept", 3 => "X-Api-Key", 4 => "Content-Encoding", _ => "Accept-Language" }, random.Next(3) == 0 ? "\"" + random.Next(-1, 5) + "\"" : Noise(random, 40));
        // keys that are made here are thrown away, and the one that asks stays
        if (path.StartsWith("/v1/keys/", StringComparison.Ordinal) && path.Contains(http.Key.Split('_')[1], StringComparison.Ordinal)) return (404, "");
        using var answer = await http.Http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return ((int)answer.StatusCode, $"{method} {path} {Encoding.Latin1.GetString(body)}");
    }

    private static void Try(HttpRequestMessage request, string name, string value)
    {
        request.Headers.TryAddWithoutValidation(name, Clean(value));
    }

    // what HttpClient sends at all
    private static string Clean(string value) => new([.. value.Where(c => c is >= ' ' and < (char)127)]);

    private static string Part(Random random) => random.Next(5) switch
    {
        0 => "i" + random.Next(60),
        1 => "u" + random.Next(20),
        2 => "home",
        3 => new string((char)random.Next('a', 'z'), random.Next(1, 400)),
        _ => Noise(random, 20) + "x",
    };

    private static byte[] Body(Random random, string example)
    {
        var text = random.Next(5) switch
        {
            0 => example,
            1 => Swapped(random, example),
            2 => "{" + string.Join(",", Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{s_names[random.Next(s_names.Length)]}\":{Value(random)}")) + "}",
            3 => string.Join(random.Next(2) == 0 ? "\n" : ",", Enumerable.Repeat(example, random.Next(1, 5))),
            _ => Value(random),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(3) == 0)
            for (var i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    // a value of the example is put in another's place
    private static string Swapped(Random random, string example)
    {
        var colon = example.IndexOf(':', random.Next(example.Length));
        if (colon < 0) return example;
        var end = example.IndexOfAny([',', '}'], colon);
        return end < 0 ? example : example[..(colon + 1)] + Value(random) + example[end..];
    }

    private static string Value(Random random) => random.Next(4) == 0 ? "\"" + new string('z', random.Next(0, 12_000)) + "\"" : s_strange[random.Next(s_strange.Length)];

    private static string Noise(Random random, int most)
    {
        var characters = new char[random.Next(most)];
        for (var i = 0; i < characters.Length; i++) characters[i] = random.Next(3) == 0 ? (char)random.Next(1, 0xd7ff) : (char)random.Next(' ', 127);
        return new string(characters);
    }
}
