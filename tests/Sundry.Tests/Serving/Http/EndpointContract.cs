using System.Text.Json;

namespace Sundry.Tests;

/// <summary>Every path does what it says, whatever database is behind it.</summary>
public abstract class EndpointContract(HttpShop http)
{
    [SkippableTheory]
    [InlineData("items", "p/1 ä%2F?")]
    [InlineData("users", "some one")]
    public async Task An_entity_is_put_patched_read_and_deleted(string plural, string id)
    {
        var path = $"/v1/{plural}/{Uri.EscapeDataString(id)}";
        await http.Problem(404, "not_found", "PATCH", path, "{\"price\":1}");
        var (status, json, _) = await http.Ask("PUT", path, "{\"price\":5,\"title\":\"Öl\"}");
        Assert.Equal((200, id, true), (status, json.GetProperty("id").GetString(), json.GetProperty("changed").GetBoolean()));
        Assert.False((await http.Ask("PUT", path, "{\"price\":5,\"title\":\"Öl\"}")).Json.GetProperty("changed").GetBoolean());
        Assert.Equal(200, (await http.Ask("PATCH", path, "{\"price\":null,\"stock\":3}", "application/merge-patch+json")).Status);
        (status, json, _) = await http.Ask("GET", path);
        Assert.Equal((200, id), (status, json.GetProperty("id").GetString()));
        Assert.True(Same("{\"title\":\"Öl\",\"stock\":3}", json.GetProperty("attributes")));
        Assert.Equal(204, (await http.Ask("DELETE", path)).Status);
        await http.Problem(404, "not_found", "GET", path);
        await http.Problem(404, "not_found", "DELETE", path);
    }

    [SkippableFact]
    public async Task Users_become_friends_and_are_no_longer()
    {
        const string Path = "/v1/users/fr%2F1/friends/fr%202";
        var (status, json, _) = await http.Ask("PUT", Path);
        Assert.Equal((200, "fr/1", "fr 2", true), (status, json.GetProperty("user").GetString(), json.GetProperty("friend").GetString(), json.GetProperty("changed").GetBoolean()));
        Assert.False((await http.Ask("PUT", "/v1/users/fr%202/friends/fr%2F1")).Json.GetProperty("changed").GetBoolean());
        Assert.Equal("fr/1", (await http.Ask("GET", "/v1/users/fr%202/friends")).Json.GetProperty("friends")[0].GetString());
        Assert.Equal("friend", (await http.Problem(422, "out_of_range", "PUT", "/v1/users/me/friends/me")).GetProperty("field").GetString());
        Assert.Equal(204, (await http.Ask("DELETE", Path)).Status);
        await http.Problem(404, "not_found", "DELETE", Path);
        Assert.Equal(0, (await http.Ask("GET", "/v1/users/fr%202/friends")).Json.GetProperty("friends").GetArrayLength());
    }

    [SkippableFact]
    public async Task Lines_say_what_became_of_each()
    {
        const string Body = """
            {"id":"b1","attributes":{"price":1,"category":"c0"}}
            {"id":"b2","atributes":{}}

            {"id":"b3","patch":{"stock":0}}
            {"id":"b1","patch":{"price":2}}
            not json
            {"id":"b4","attributes":{},"delete":true}
            {"id":"b1","delete":true}
            {"attributes":{}}
            """;
        var (status, _, answer) = await http.Ask("POST", "/v1/items:bulk", Body, "application/x-ndjson");
        Assert.Equal(200, status);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal([1, 2, 4, 5, 6, 7, 8, 9], lines.Select(l => l.GetProperty("line").GetInt32()));
        Assert.Equal(["stored", "refused", "missing", "stored", "refused", "refused", "deleted", "refused"], lines.Select(l => l.GetProperty("outcome").GetString()));
        Assert.Contains("did you mean 'attributes'", lines[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Null(await http.Shop.Store.Items.Get("b1"));
    }

    [SkippableFact]
    public async Task Events_are_answered_each_for_itself_and_the_next_answer_knows_them()
    {
        var now = http.Shop.Now;
        var body = $$"""[{"id":"x1","type":"purchase","user":"new-one","item":"i3","time":{{now}}},{"id":"x1","type":"purchase","user":"new-one","item":"i3"},{"type":"viwe","user":"u1","time":{{now}}},{"type":"view","usr":"u1"},{"type":"view","user":"u1"},{"id":"x2","type":"view","user":"new-one","item":7,"time":{{now}}}]""";
        var (status, json, _) = await http.Ask("POST", "/v1/events", body);
        Assert.Equal(200, status);
        var events = json.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(["accepted", "duplicate", "refused", "refused", "refused", "refused"], events.Select(e => e.GetProperty("outcome").GetString()));
        Assert.Equal((1, 1, 4), (json.GetProperty("accepted").GetInt32(), json.GetProperty("duplicate").GetInt32(), json.GetProperty("refused").GetInt32()));
        Assert.Contains("did you mean 'view'", events[2].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("did you mean 'user'", events[3].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("neither a time nor an id", events[4].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("'[5].item' is a number", events[5].GetProperty("reason").GetString(), StringComparison.Ordinal);
        var user = (await http.Ask("GET", "/v1/users/new-one")).Json;
        Assert.Equal("i3", user.GetProperty("bought")[0].GetProperty("item").GetString());
        Assert.Equal("i3", user.GetProperty("items")[0].GetString());
    }

    [SkippableFact]
    public async Task One_event_and_lines_of_events_are_taken_too()
    {
        Assert.Equal(1, (await http.Ask("POST", "/v1/events", """{"id":"one","type":"view","session":"s9","item":"i1","time":"2026-01-31T12:00:00Z","context":{"device":"phone"}}""")).Json.GetProperty("accepted").GetInt32());
        Assert.Equal(1, (await http.Ask("POST", "/v1/events", """{"id":"one","type":"view","session":"s9","item":"i1"}""")).Json.GetProperty("duplicate").GetInt32());
        var json = (await http.Ask("POST", "/v1/events", "{\"id\":\"l1\",\"type\":\"view\",\"user\":\"u1\",\"item\":\"i1\"}\r\n\n{\"id\":\"l2\",\"type\":\"view\"}\n{\"id\":\"l3\",\"type\":\"view\",\"user\":\"u1\",\"time\":1769860805}\n", "application/x-ndjson")).Json;
        Assert.Equal((2, 1), (json.GetProperty("accepted").GetInt32(), json.GetProperty("refused").GetInt32()));
        await http.Problem(400, "unknown_field", "POST", "/v1/events", "{\"id\":\"one\",\"typ\":\"view\"}");
        await http.Problem(400, "bad_json", "POST", "/v1/events", "[{\"id\":\"one\"},");
        await http.Problem(400, "wrong_type", "POST", "/v1/events", "7");
    }

    [SkippableFact]
    public async Task Recommendations_have_pages_explanations_and_batches()
    {
        var (status, first, _) = await http.Ask("POST", "/v1/recommend", """{"user":"u1","count":5,"context":{"device":"phone","new":true},"deadline_ms":10000}""");
        Assert.Equal(200, status);
        var shown = first.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()).ToArray();
        Assert.Equal(5, shown.Length);
        var id = first.GetProperty("id").GetString();
        var second = (await http.Ask("POST", "/v1/recommend", $$"""{"user":"u1","count":5,"after":"{{id}}"}""")).Json;
        Assert.Empty(shown.Intersect(second.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString())));
        var explained = (await http.Ask("GET", $"/v1/explain/{id}")).Json;
        Assert.Equal(id, explained.GetProperty("answer").GetProperty("id").GetString());
        Assert.Equal("u1", explained.GetProperty("request").GetProperty("user").GetString());
        await http.Problem(404, "not_found", "GET", "/v1/explain/nothing");
        var batch = (await http.Ask("POST", "/v1/recommend:batch", """{"requests":[{"user":"u1","count":2},{"session":"x","count":3}]}""")).Json.GetProperty("answers");
        Assert.Equal([2, 3], batch.EnumerateArray().Select(a => a.GetProperty("items").GetArrayLength()));
        Assert.Equal("requests[1].count", (await http.Problem(422, "out_of_range", "POST", "/v1/recommend:batch", """{"requests":[{},{"count":0}]}""")).GetProperty("field").GetString());
    }

    [SkippableFact]
    public async Task Given_items_are_ranked_words_are_searched_and_alike_items_are_found()
    {
        var ranked = (await http.Ask("POST", "/v1/rank", """{"user":"u1","items":["i1","i2","i3"]}""")).Json.GetProperty("items");
        Assert.Equal(["i1", "i2", "i3"], ranked.EnumerateArray().Select(i => i.GetProperty("id").GetString()).Order());
        Assert.Equal("items", (await http.Problem(422, "missing_field", "POST", "/v1/rank", "{}")).GetProperty("field").GetString());
        var found = (await http.Ask("POST", "/v1/search", """{"query":"lamp","count":3}""")).Json.GetProperty("items");
        Assert.Equal(3, found.GetArrayLength());
        Assert.All(found.EnumerateArray(), i => Assert.Equal(0, int.Parse(i.GetProperty("id").GetString()![1..]) % 3));
        await http.Problem(422, "missing_field", "POST", "/v1/search", "{\"query\":\" \"}");
        var alike = (await http.Ask("GET", "/v1/items/i1/similar?count=4")).Json.GetProperty("items");
        Assert.Equal(4, alike.GetArrayLength());
        await http.Problem(404, "not_found", "GET", "/v1/items/none/similar");
        Assert.Equal("count", (await http.Problem(422, "out_of_range", "GET", "/v1/items/i1/similar?count=-1")).GetProperty("field").GetString());
        Assert.Contains("did you mean 'count'", (await http.Problem(400, "unknown_parameter", "GET", "/v1/items/i1/similar?cout=1")).GetProperty("mend").GetString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("scenarios", """{"filter":"price < 20"}""", """{"filter":"price < 10"}""")]
    [InlineData("rules", """{"filters":["price > 20"]}""", """{"filters":["price > 10"]}""")]
    public async Task Documents_are_changed_in_versions(string plural, string one, string two)
    {
        var path = $"/v1/{plural}/mine%20{plural}";
        await http.Problem(404, "not_found", "GET", path);
        await http.Problem(412, "changed", "PUT", path, one, headers: ("If-Match", "\"1\""));
        var (status, _, answer) = await http.Ask("PUT", path, one, headers: ("If-None-Match", "*"));
        Assert.Equal((200, "\"1\""), (status, answer.Headers.ETag!.Tag));
        await http.Problem(412, "there_already", "PUT", path, one, headers: ("If-None-Match", "*"));
        Assert.Equal(2, (await http.Ask("PUT", path, two, headers: ("If-Match", "\"1\""))).Json.GetProperty("version").GetInt32());
        await http.Problem(412, "changed", "PUT", path, one, headers: ("If-Match", "\"1\""));
        var (_, json, read) = await http.Ask("GET", path);
        Assert.Equal("\"2\"", read.Headers.ETag!.Tag);
        Assert.True(Same(two, json.GetProperty("content")));
        Assert.Equal(304, (await http.Ask("GET", path, headers: ("If-None-Match", "\"2\""))).Status);
        Assert.Contains((await http.Ask("GET", $"/v1/{plural}")).Json.GetProperty(plural).EnumerateArray(), d => d.GetProperty("name").GetString() == $"mine {plural}");
        await http.Problem(400, "bad_header", "PUT", path, one, headers: ("If-Match", "2"));
        await http.Problem(422, "not_possible", "PUT", path, """{"filtre":"x"}""");
        await http.Problem(412, "changed", "DELETE", path, headers: ("If-Match", "\"1\""));
        Assert.Equal(204, (await http.Ask("DELETE", path, headers: ("If-Match", "\"2\""))).Status);
        await http.Problem(404, "not_found", "DELETE", path);
    }

    [SkippableFact]
    public async Task A_dry_run_keeps_nothing()
    {
        var (status, json, _) = await http.Ask("POST", "/v1/scenarios/home:dry-run", """{"request":{"user":"u1","count":20},"scenario":{"sources":{"popular":100}},"rule":{"filters":["price > 10"]}}""");
        Assert.Equal(200, status);
        Assert.All(json.GetProperty("items").EnumerateArray(), i => Assert.InRange(int.Parse(i.GetProperty("id").GetString()![1..]), 0, 5));
        await http.Problem(422, "not_possible", "POST", "/v1/scenarios/home:dry-run", """{"rule":{"filters":["price >"]}}""");
        Assert.Equal(0, (await http.Ask("GET", "/v1/scenarios/home")).Json.GetProperty("version").GetInt32());
    }

    [SkippableFact]
    public async Task Keys_are_made_listed_and_revoked_at_once()
    {
        var (status, made, _) = await http.Ask("POST", "/v1/keys", """{"name":"front","scopes":["read"]}""");
        Assert.Equal(201, status);
        var (id, text) = (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
        Assert.Equal(200, (await http.Ask("POST", "/v1/recommend", "{}", headers: ("Authorization", $"Bearer {text}"))).Status);
        Assert.Equal(200, (await http.Ask("GET", "/v1/models", headers: [("Authorization", "x"), ("X-Api-Key", text)])).Status);
        await http.Problem(403, "wrong_scope", "POST", "/v1/events", "[]", headers: ("Authorization", $"Bearer {text}"));
        await http.Problem(403, "wrong_scope", "GET", "/v1/keys", headers: ("Authorization", $"Bearer {text}"));
        var listed = await (await http.Ask("GET", "/v1/keys")).Answer.Content.ReadAsStringAsync();
        Assert.Contains(id, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(text, listed, StringComparison.Ordinal);
        Assert.Equal(204, (await http.Ask("DELETE", $"/v1/keys/{id}")).Status);
        await http.Problem(401, "wrong_key", "POST", "/v1/recommend", "{}", headers: ("Authorization", $"Bearer {text}"));
        await http.Problem(404, "not_found", "DELETE", $"/v1/keys/{id}");
        await http.Problem(422, "out_of_range", "POST", "/v1/keys", """{"name":"x","scopes":["all"]}""");
    }

    [SkippableFact]
    public async Task The_server_tells_how_it_is()
    {
        Assert.Equal("live", (await http.Ask("GET", "/health/live", headers: ("Authorization", ""))).Json.GetProperty("status").GetString());
        Assert.Equal("ready", (await http.Ask("GET", "/health/ready", headers: ("Authorization", ""))).Json.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, (await http.Ask("GET", "/v1/models")).Json.GetProperty("model").ValueKind);
        await http.Problem(422, "not_possible", "POST", "/v1/models:reload");
        var (status, _, answer) = await http.Ask("GET", "/metrics");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((200, "text/plain"), (status, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("sundry_http_requests_total{method=\"GET\",route=\"/health/live\",status=\"200\"} ", text, StringComparison.Ordinal);
        Assert.Contains("sundry_http_request_duration_seconds_bucket{route=\"/health/live\",le=\"+Inf\"} ", text, StringComparison.Ordinal);
        Assert.Contains("\nsundry_behind 0\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprocess_resident_memory_bytes ", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd().Split('\n').Where(l => !l.StartsWith('#')), l => Assert.Matches(@"^[a-z_]+(\{.*\})? \S+$", l));
    }

    private static bool Same(string json, JsonElement got) => JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, got);
}
