using System.Text.Json;
using System.Text.RegularExpressions;
using Sundry.Serving;
using Sundry.Tests.House;

namespace Sundry.Tests;

/// <summary>What the interface says of itself is true, and all of it.</summary>
public sealed class OpenApiDocumentTests(HttpShop http) : IClassFixture<HttpShop>
{
    [Fact]
    public async Task Every_route_is_described_with_examples_that_are_right()
    {
        var document = (await http.Ask("GET", "/openapi.json")).Json;
        Assert.Equal("3.1.1", document.GetProperty("openapi").GetString());
        var ids = new HashSet<string>();
        var paths = document.GetProperty("paths");
        foreach (var route in http.Host.Surface.Routes)
        {
            var operation = paths.GetProperty(route.Pattern).GetProperty(route.Method.ToLowerInvariant());
            Assert.True(ids.Add(operation.GetProperty("operationId").GetString()!), route.Pattern);
            Assert.NotEqual("", operation.GetProperty("summary").GetString());
            Assert.Equal(route.Scope != KeyScopes.None, operation.TryGetProperty("security", out _));
            var responses = operation.GetProperty("responses");
            Assert.True(responses.TryGetProperty(route.Status.ToString(), out var good) && responses.TryGetProperty("default", out _));
            if (route.Status != 204 && route.Answer is not null) Assert.True(good.GetProperty("content").GetProperty(route.AnswerType).TryGetProperty("example", out _), route.Pattern);
            var named = Regex.Matches(route.Pattern, @"\{(\w+)\}").Select(m => m.Groups[1].Value);
            var told = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()!) : [];
            Assert.Equal(named, told);
            if (route.Takes.Count == 0) continue;
            foreach (var type in route.Takes)
            {
                var media = operation.GetProperty("requestBody").GetProperty("content").GetProperty(type);
                Assert.True(media.TryGetProperty("schema", out _) && media.TryGetProperty("example", out var example) && example.ValueKind != JsonValueKind.Null, route.Pattern);
            }
        }

        Assert.Equal(http.Host.Surface.Routes.Count, paths.EnumerateObject().Sum(p => p.Value.EnumerateObject().Count()));
        foreach (var reference in References(document)) Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty(reference["#/components/schemas/".Length..], out _), reference);
    }

    [Fact]
    public async Task Every_example_is_taken()
    {
        foreach (var route in http.Host.Surface.Routes.Where(r => r.Example is not null))
        {
            var path = Regex.Replace(route.Pattern, @"\{\w+\}", "example");
            if (route.Method == "PATCH") Assert.Equal(200, (await http.Ask("PUT", path, "{}")).Status);
            var example = route.Takes[0] == HttpRoute.Lines ? route.Example! : route.Example!.Replace("\n", "", StringComparison.Ordinal);
            var (status, _, answer) = await http.Ask(route.Method, path, example, route.Takes[0]);
            Assert.True(status == route.Status, $"{route.Method} {route.Pattern}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public void The_page_names_every_route()
    {
        var page = File.ReadAllText(Checkout.Of("docs", "http.md"));
        foreach (var route in http.Host.Surface.Routes) Assert.True(page.Contains($"`{route.Method} {route.Pattern}`", StringComparison.Ordinal), $"docs/http.md does not name {route.Method} {route.Pattern}");
    }

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(m => m.NameEquals("$ref") ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
