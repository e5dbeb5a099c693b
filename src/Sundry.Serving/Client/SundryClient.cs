using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>
/// Asks a server over HTTP. A request that meets a busy server (429, 503) or none at all is sent again, after the time that the server names; events have ids, so that sending them again changes nothing.
/// Safe for any number of callers.
/// </summary>
public sealed class SundryClient
{
    private readonly HttpClient _http;
    private readonly SundryClientOptions _options;

    /// <summary>Creates a client.</summary>
    /// <param name="http">What sends; its <see cref="HttpClient.BaseAddress"/> is the server's, such as <c>http://127.0.0.1:8080/v1/</c>, with a slash at its end. It stays the caller's.</param>
    /// <param name="options">How; default where null.</param>
    /// <exception cref="ArgumentException">There is no base address that ends with a slash.</exception>
    public SundryClient(HttpClient http, SundryClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress?.AbsolutePath.EndsWith('/') != true) throw new ArgumentException("the base address is missing or does not end with a slash, as http://127.0.0.1:8080/v1/ does", nameof(http));
        (_http, _options) = (http, options ?? new());
    }

    /// <summary>Tells events; when this ends, those that were accepted are kept and in the next answer. Events without an id get one of their content.</summary>
    /// <returns>[events] what became of each; positions are not told.</returns>
    /// <exception cref="SundryException">The server has a problem with the request, or stayed busy.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var body = Bytes(json =>
        {
            json.WriteStartArray();
            foreach (var record in events) JsonSerializer.Serialize(json, EventBody.Of(record.Id is null ? record with { Id = EventIdentity.Of(record) } : record), WireJson.Strict.EventBody);
            json.WriteEndArray();
        });
        using var answer = await Send(HttpMethod.Post, "events", body, HttpRoute.Json, cancel);
        return [.. answer!.RootElement.GetProperty("events").EnumerateArray().Select(e => new EventReceipt(
            e.GetProperty("outcome").GetString() switch { "accepted" => EventOutcome.Accepted, "duplicate" => EventOutcome.Duplicate, _ => EventOutcome.Refused },
            ClientJson.Text(e, "id"), 0, ClientJson.Text(e, "reason")))];
    }

    /// <summary>Items for a visitor.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel = default) =>
        Ask("recommend", json => JsonSerializer.Serialize(json, RecommendBody.Of(request), WireJson.Strict.RecommendBody), cancel);

    /// <summary>Items for many visitors.</summary>
    /// <returns>[requests] their answers.</returns>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public async Task<IReadOnlyList<Answer>> Recommend(IReadOnlyList<RecommendRequest> requests, CancellationToken cancel = default)
    {
        var body = Bytes(json => JsonSerializer.Serialize(json, new RecommendBatchBody { Requests = [.. requests.Select(RecommendBody.Of)] }, WireJson.Strict.RecommendBatchBody));
        using var answer = await Send(HttpMethod.Post, "recommend:batch", body, HttpRoute.Json, cancel);
        return [.. answer!.RootElement.GetProperty("answers").EnumerateArray().Select(ClientJson.Answer)];
    }

    /// <summary>Given items in a visitor's order.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task<Answer> Rank(RankRequest request, CancellationToken cancel = default) => Ask("rank", json => JsonSerializer.Serialize(json, RankBody.Of(request), WireJson.Strict.RankBody), cancel);

    /// <summary>Items that words are about.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task<Answer> Search(string query, string? user = null, int count = 20, CancellationToken cancel = default) =>
        Ask("search", json => JsonSerializer.Serialize(json, new SearchBody { Query = query, User = user, Count = count }, WireJson.Strict.SearchBody), cancel);

    /// <summary>Items like one.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public async Task<Answer> Similar(string item, int count = 20, CancellationToken cancel = default)
    {
        using var answer = await Send(HttpMethod.Get, $"items/{Uri.EscapeDataString(item)}/similar?count={count}", null, HttpRoute.Json, cancel);
        return ClientJson.Answer(answer!.RootElement);
    }

    /// <summary>Describes an item as a whole.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="attributes">The text of a JSON object.</param>
    /// <param name="cancel">Gives up.</param>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task PutItem(string id, string attributes, CancellationToken cancel = default) => Do(HttpMethod.Put, $"items/{Uri.EscapeDataString(id)}", attributes, HttpRoute.Json, cancel);

    /// <summary>Changes attributes of an item by a JSON merge patch.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task PatchItem(string id, string patch, CancellationToken cancel = default) => Do(HttpMethod.Patch, $"items/{Uri.EscapeDataString(id)}", patch, HttpRoute.MergePatch, cancel);

    /// <summary>Deletes an item.</summary>
    /// <returns>Whether it was there.</returns>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task<bool> DeleteItem(string id, CancellationToken cancel = default) => Delete($"items/{Uri.EscapeDataString(id)}", cancel);

    /// <summary>Describes a user as a whole.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task PutUser(string id, string attributes, CancellationToken cancel = default) => Do(HttpMethod.Put, $"users/{Uri.EscapeDataString(id)}", attributes, HttpRoute.Json, cancel);

    /// <summary>Makes two users friends.</summary>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public async Task Befriend(string user, string friend, CancellationToken cancel = default)
    {
        using var answer = await Send(HttpMethod.Put, Friends(user, friend), null, HttpRoute.Json, cancel);
    }

    /// <summary>Makes two users friends no longer.</summary>
    /// <returns>Whether they were.</returns>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task<bool> Unfriend(string user, string friend, CancellationToken cancel = default) => Delete(Friends(user, friend), cancel);

    /// <summary>Deletes everything of a user.</summary>
    /// <returns>Whether anything was there.</returns>
    /// <inheritdoc cref="Tell" path="/exception"/>
    public Task<bool> Forget(string user, CancellationToken cancel = default) => Delete($"users/{Uri.EscapeDataString(user)}", cancel);

    private static string Friends(string user, string friend) => $"users/{Uri.EscapeDataString(user)}/friends/{Uri.EscapeDataString(friend)}";

    private async Task<Answer> Ask(string path, Action<Utf8JsonWriter> write, CancellationToken cancel)
    {
        using var answer = await Send(HttpMethod.Post, path, Bytes(write), HttpRoute.Json, cancel);
        return ClientJson.Answer(answer!.RootElement);
    }

    private async Task Do(HttpMethod method, string path, string body, string type, CancellationToken cancel)
    {
        using var answer = await Send(method, path, Encoding.UTF8.GetBytes(body), type, cancel);
    }

    private async Task<bool> Delete(string path, CancellationToken cancel)
    {
        try
        {
            using var answer = await Send(HttpMethod.Delete, path, null, HttpRoute.Json, cancel);
            return true;
        }
        catch (SundryException e) when (e.Status == 404)
        {
            return false;
        }
    }

    private async Task<JsonDocument?> Send(HttpMethod method, string path, byte[]? body, string type, CancellationToken cancel)
    {
        var wait = _options.FirstWait;
        for (var left = _options.Tries; ; wait *= 2)
        {
            left--;
            var after = wait;
            try
            {
                using var request = new HttpRequestMessage(method, "./" + path);     // "recommend:batch" alone would be a scheme
                if (_options.Key is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(body);
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
                }

                using var response = await _http.SendAsync(request, cancel);
                var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
                if (response.IsSuccessStatusCode) return bytes.Length == 0 ? null : JsonDocument.Parse(bytes);
                if (response.Headers.RetryAfter is { } said) after = said.Delta ?? (said.Date is { } date ? date - _options.Clock.GetUtcNow() : wait);
                var busy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
                if (!busy || left <= 0 || after > _options.LongestWait) throw ClientJson.Problem((int)response.StatusCode, bytes);
            }
            catch (HttpRequestException) when (left > 0 && wait <= _options.LongestWait)
            {
                // it may have arrived; what is sent again changes nothing
            }

            await Task.Delay(after > TimeSpan.Zero ? after : TimeSpan.Zero, _options.Clock, cancel);
        }
    }

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return stream.ToArray();
    }
}
