using System.Net.Sockets;
using System.Text;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Whatever is wrong is told with a status, the field and the mend.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("{\"usr\":\"x\"}", "unknown_field", "usr", "did you mean 'user'")]
    [InlineData("{\"User\":\"x\"}", "unknown_field", "User", "did you mean 'user'")]
    [InlineData("{\"user\":7}", "wrong_type", "user", "a text")]
    [InlineData("{\"count\":\"7\"}", "wrong_type", "count", "a whole number")]
    [InlineData("{\"count\":1.5}", "wrong_type", "count", "a whole number")]
    [InlineData("{\"cart\":{}}", "wrong_type", "cart", "a list")]
    [InlineData("{\"cart\":[\"a\",7]}", "wrong_type", "cart[1]", "a text")]
    [InlineData("{\"context\":{\"a\":[]}}", "wrong_type", "context", "an object of texts")]
    [InlineData("{\"user\":\"a\",\"user\":\"b\"}", "twice", "user", "once")]
    [InlineData("[]", "wrong_type", null, "an object")]
    [InlineData("{\"user\":\"a\"", "bad_json", null, "valid JSON")]
    [InlineData("", "bad_json", null, "valid JSON")]
    [InlineData("{\"user\":\"\\ud800\"}", "bad_json", null, "valid JSON")]
    public async Task A_body_that_is_not_right_is_refused_by_name(string body, string kind, string? field, string mend)
    {
        await using var shop = await Open();
        var problem = await shop.Http.Problem(400, kind, "POST", "/v1/recommend", body);
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
        Assert.Contains(mend, problem.GetProperty("mend").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_paths_and_methods_that_are_not_right_are_refused()
    {
        await using var shop = await Open();
        var http = shop.Http;
        await http.Problem(401, "no_key", "POST", "/v1/recommend", "{}", headers: ("Authorization", "Basic eDp5"));
        await http.Problem(401, "wrong_key", "POST", "/v1/recommend", "{}", headers: ("Authorization", "Bearer sundry_0a1b2c3d4e5f_x"));
        await http.Problem(401, "wrong_key", "POST", "/v1/recommend", "{}", headers: ("Authorization", "Bearer " + new string('x', 5_000)));
        await http.Problem(404, "no_such_path", "GET", "/v1/nothing?x=1");
        await http.Problem(404, "no_such_path", "POST", "/", "{}");
        var (status, _, answer) = await http.Ask("GET", "/v1/recommend");
        Assert.Equal((405, "POST"), (status, string.Join(", ", answer.Content.Headers.Allow)));
        await http.Problem(405, "wrong_method", "DELETE", "/v1/items:bulk");
        await http.Problem(406, "not_acceptable", "POST", "/v1/recommend", "{}", headers: ("Accept", "image/png"));
        await http.Problem(415, "wrong_media_type", "POST", "/v1/recommend", "{}", "text/plain");
        await http.Problem(415, "wrong_media_type", "POST", "/v1/recommend", "{}", "");
        await http.Problem(415, "encoded", "POST", "/v1/recommend", "{}", headers: ("Content-Encoding", "gzip"));
        await http.Problem(422, "not_possible", "POST", "/v1/recommend", "{\"filter\":\"price <\"}");
        await http.Problem(422, "out_of_range", "PUT", "/v1/items/" + new string('x', 300), "{}");
        await http.Problem(400, "wrong_type", "PUT", "/v1/items/x", "[]");
    }

    [Fact]
    public async Task Bodies_batches_and_depth_have_limits()
    {
        await using var shop = await Open(new HttpOptions { BodyBytes = 2_000, BulkBytes = 10_000, BulkLines = 5, BatchRequests = 2, RequestsPerSecond = 0 });
        var http = shop.Http;
        await http.Problem(413, "body_too_large", "POST", "/v1/recommend", $"{{\"user\":\"{new string('x', 3_000)}\"}}");
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/recommend") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', 5_000)))) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Content.Headers.ContentType = new("application/json");
        Assert.Equal(413, (int)(await http.Http.SendAsync(chunked)).StatusCode);
        await http.Problem(413, "too_many", "POST", "/v1/recommend:batch", "{\"requests\":[{},{},{}]}");
        await http.Problem(413, "too_many", "POST", "/v1/items:bulk", string.Join('\n', Enumerable.Range(0, 6).Select(i => $"{{\"id\":\"k{i}\",\"delete\":true}}")), "application/x-ndjson");
        await http.Problem(413, "body_too_large", "POST", "/v1/items:bulk", new string('x', 20_000), "application/x-ndjson");
        await http.Problem(400, "bad_json", "POST", "/v1/recommend", string.Concat(Enumerable.Repeat("{\"context\":", 40)));
        await http.Problem(400, "bad_json", "PUT", "/v1/items/deep", string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20));
        Assert.Equal(0, http.Host.Surface.Bodies.Held);
    }

    [Fact]
    public async Task A_store_that_cannot_write_is_told_with_a_time_to_come_back()
    {
        await using var shop = await Open();
        shop.Http.Before = name =>
        {
            if (name is "Tell" or "Put") throw new StoreUnavailableException("the disk is full", TimeSpan.FromSeconds(2.2));
        };
        var (status, _, answer) = await shop.Http.Ask("POST", "/v1/events", "{\"id\":\"1\",\"type\":\"view\",\"user\":\"u1\"}");
        Assert.Equal((503, 3.0), (status, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        await shop.Http.Problem(503, "store_unavailable", "PUT", "/v1/items/x", "{}");
        Assert.Equal(200, (await shop.Http.Ask("POST", "/v1/recommend", "{}")).Status);
        await shop.Http.Problem(503, "store_unavailable", "POST", "/v1/items:bulk", "{\"id\":\"a\",\"attributes\":{}}", "application/x-ndjson");
        var bulk = (await shop.Http.Ask("POST", "/v1/items:bulk", "{\"id\":\"i1\",\"delete\":true}\n{\"id\":\"a\",\"attributes\":{}}", "application/x-ndjson")).Answer;
        Assert.Equal(["deleted", "unavailable"], (await bulk.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_fault_is_told_without_what_was_sent_and_an_endless_call_is_given_up()
    {
        using var log = new StringWriter();
        await using var shop = await Open(new HttpOptions { TimeoutSeconds = 1, RequestsPerSecond = 0 }, log);
        shop.Http.Before = name =>
        {
            if (name == "View") throw new InvalidOperationException("something about secret-user");
        };
        var problem = await shop.Http.Problem(500, "fault", "GET", "/v1/users/secret-user");
        Assert.DoesNotContain("secret-user", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(problem.GetProperty("trace").GetString()!, log.ToString(), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-user", log.ToString(), StringComparison.Ordinal);

        // a body that never comes to its end
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", shop.Http.Host.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/recommend HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {shop.Http.Key}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
        var answer = new byte[4_096];
        var read = await socket.GetStream().ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.StartsWith("HTTP/1.1 503", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_are_turned_away_and_so_is_everybody_while_the_shop_opens()
    {
        await using var shop = await Open(new HttpOptions { RequestsPerSecond = 1 });
        // at once, for a slow machine has a new second between two
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => shop.Http.Ask("GET", "/v1/models")));
        Assert.All(answers, a => Assert.True(a.Status is 200 or 429));
        Assert.Contains(answers, a => a.Status == 200);
        var turned = answers.First(a => a.Status == 429);
        Assert.Equal("urn:sundry:problem:too_often", turned.Json.GetProperty("type").GetString());
        Assert.True(turned.Answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        shop.Http.Opening = true;
        await shop.Http.Problem(503, "starting", "GET", "/v1/models");
        await shop.Http.Problem(503, "starting", "GET", "/health/ready");
        Assert.Equal(200, (await shop.Http.Ask("GET", "/health/live")).Status);
    }

    [Fact]
    public async Task Only_so_many_requests_are_worked_on_at_once()
    {
        await using var shop = await Open(new HttpOptions { Concurrent = 2, RequestsPerSecond = 0 });
        using var go = new ManualResetEventSlim();
        using var inside = new SemaphoreSlim(0);
        shop.Http.Before = name =>
        {
            if (name != "Recommend") return;
            inside.Release();
            go.Wait();
        };
        var slow = new[] { Task.Run(() => shop.Http.Ask("POST", "/v1/recommend", "{}")), Task.Run(() => shop.Http.Ask("POST", "/v1/recommend", "{}")) };
        for (var i = 0; i < 2; i++) Assert.True(await inside.WaitAsync(TimeSpan.FromMinutes(2)));
        await shop.Http.Problem(503, "busy", "GET", "/v1/models");
        Assert.Equal(200, (await shop.Http.Ask("GET", "/health/live")).Status);
        go.Set();
        Assert.All(await Task.WhenAll(slow), a => Assert.Equal(200, a.Status));
        Assert.Equal(200, (await shop.Http.Ask("GET", "/v1/models")).Status);
    }

    [Fact]
    public async Task Without_keys_it_answers_to_this_machine_by_its_own_names_alone()
    {
        await using var shop = await Open(new HttpOptions { Open = true });
        shop.Http.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(200, (await shop.Http.Ask("POST", "/v1/recommend", "{}")).Status);
        await shop.Http.Problem(403, "wrong_host", "POST", "/v1/recommend", "{}", headers: ("Host", "evil.example"));
        await Assert.ThrowsAsync<InputException>(() => ShopHost.Start(() => null, ListenAddress.Parse("0.0.0.0:0"), new HttpOptions { Open = true }, null, TimeProvider.System));
        var busy = await Assert.ThrowsAsync<InputException>(() => ShopHost.Start(() => null, new ListenAddress(System.Net.IPAddress.Loopback, shop.Http.Host.Address.Port), new HttpOptions(), null, TimeProvider.System));
        Assert.Contains("is in use", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_hold_no_key_no_id_and_no_words()
    {
        using var log = new StringWriter();
        await using var shop = await Open(log: log);
        string[] secret = ["anna.person", "secret-words", "hidden-item", shop.Http.Key, shop.Http.Key.Split('_', 3)[2]];
        await shop.Http.Ask("PUT", "/v1/users/anna.person", "{\"mail\":\"anna.person\"}");
        await shop.Http.Ask("POST", "/v1/events", "{\"type\":\"search\",\"user\":\"anna.person\",\"text\":\"secret-words\",\"id\":\"hidden-item\"}");
        await shop.Http.Ask("POST", "/v1/search", "{\"query\":\"secret-words\",\"user\":\"anna.person\"}");
        await shop.Http.Ask("GET", "/v1/items/hidden-item?secret-words=anna.person");
        await shop.Http.Ask("GET", "/anna.person/secret-words");
        await shop.Http.Ask("POST", "/v1/recommend", "{\"anna.person\":\"secret-words\"}");
        await shop.Http.Ask("POST", "/v1/recommend", "{\"user\":\"anna.person\",\"filter\":\"secret-words <\"}", headers: ("X-Api-Key", "sundry_anna.person_secret-words"));
        var text = log.ToString();
        Assert.True(text.Split('\n').Length >= 5, text);
        Assert.Contains("\"route\":\"/v1/users/{id}\"", text, StringComparison.Ordinal);
        Assert.Contains("\"status\":200", text, StringComparison.Ordinal);
        foreach (var word in secret) Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Opened> Open(HttpOptions? options = null, TextWriter? log = null)
    {
        var http = new HttpShop { Options = options ?? new HttpOptions { RequestsPerSecond = 0 }, Log = log };
        await http.InitializeAsync();
        return new Opened(http);
    }

    private sealed record Opened(HttpShop Http) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(Http.DisposeAsync());
    }
}
