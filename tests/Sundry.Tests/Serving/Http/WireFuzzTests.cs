using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>What no client library sends: request lines, headers, lengths and pieces of bodies that are wrong. The server refuses, or closes, and goes on.</summary>
public sealed class WireFuzzTests(HttpShop http) : IClassFixture<HttpShop>
{
    private const int Cases = 600;
    private const int Lanes = 6;
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly string[] s_targets =
    [
        "/v1/recommend", "/v1/items/i1", "/v1/items/%", "/v1/items/%2", "/v1/items/%zz", "/v1/items/%00", "/v1/items/%ff%fe", "/v1/items/..%2f..%2fetc", "/v1/items/i1/similar?count=", "/v1/items/i1/similar?count=%31&count=2", "/v1/items/i1/similar?=&&=&?",
        "/v1/items/i1/similar?count=١", "//v1//items", "/v1/items/a/b/c", "*", "http://elsewhere/v1/models", "/health/ready?x=" + "y", "/../v1/models", "/V1/MODELS", "/v1/models;a=b", "/v1/models#x", "/v1/search?query=%E0%A4%A", "",
    ];

    private static readonly string[] s_headers =
    [
        "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5\r\nContent-Length: 7", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: identity", "Expect: 100-continue", "Expect: everything", "Connection: upgrade\r\nUpgrade: h2c",
        "If-Match: \"\"", "If-Match: *", "If-Match: W/\"1\"", "If-Match: \"99999999999999999999\"", "If-None-Match: ,,,", "Accept: ;;;q=,", "Accept: application/json;q=0", "X-Api-Key: sundry_\0", "Authorization: Bearer", "Authorization: Bearer  sundry_x_y ",
        "Content-Type: ", "Content-Type: application/json; charset=utf-7", "Content-Type: application/x-ndjson;;;", "Content-Encoding: gzip", "Cookie: sundry=" + "x", ": nothing", "No colon at all", " folded: x", "Host: a\r\nHost: b", "Range: bytes=0-", "traceparent: 00-zz-zz-01",
    ];

    private static readonly string[] s_lines =
    [
        "{\"id\":\"n1\",\"attributes\":{\"price\":1}}", "{\"id\":\"n1\",\"patch\":{\"price\":null}}", "{\"id\":\"n1\",\"delete\":true}", "", " ", "\t\r", "null", "[]", "7", "{", "}", "{}", "\"", "{\"id\":7}", "{\"id\":\"\"}", "{\"id\":\"n1\",\"attributes\":[]}",
        "{\"id\":\"n1\",\"attributes\":{\"a\":1,\"a\":2}}", "{\"id\":\"n1\",\"attributes\":{\"a\":\"\\ud800\"}}", "{\"id\":\"n1\",\"delete\":false}", "\ufeff{\"id\":\"n1\",\"delete\":true}", "{\"id\":\"n1\",\"delete\":true}{\"id\":\"n2\",\"delete\":true}", "\u2028", "\0",
    ];

    [Fact]
    public async Task Whatever_comes_over_the_wire_the_server_goes_on()
    {
        var (statuses, closed) = (new SortedDictionary<int, int>(), 0);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(async () =>
        {
            var random = new Random(20260306 + lane);
            for (var i = 0; i < Cases / Lanes; i++)
            {
                var sent = Request(random);
                var status = await Send(sent, random, s_soon);
                lock (statuses)
                {
                    if (status == 0) closed++;
                    else statuses[status] = statuses.GetValueOrDefault(status) + 1;
                }

                Assert.True(status is not 500, $"case {i} of {lane} ended with {status}: {Encoding.Latin1.GetString(sent)}");
                if (i % 25 > 0) continue;
                var right = Encoding.ASCII.GetBytes($"POST /v1/recommend HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {http.Key}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");
                Assert.Equal(200, await Send(right, random, s_patience));
            }
        })));
        Assert.Equal(200, (await http.Ask("POST", "/v1/recommend", "{\"user\":\"u1\"}")).Status);
        Assert.True(statuses.GetValueOrDefault(400) > Cases / 10, string.Join(", ", statuses) + $"; {closed} closed");
        await FaultContract.Until(() => Task.FromResult(http.Host.Surface.Bodies.Held == 0));
    }

    [Fact]
    public async Task Lines_may_be_anything_and_come_in_any_pieces()
    {
        var random = new Random(20260307);
        for (var i = 0; i < 150; i++)
        {
            var bytes = new List<byte>();
            var count = random.Next(1, 60);
            for (var line = 0; line < count; line++)
            {
                if (random.Next(20) == 0) bytes.AddRange(Enumerable.Range(0, random.Next(200)).Select(_ => (byte)random.Next(256)).Where(b => b != '\n'));
                else if (random.Next(40) == 0) bytes.AddRange(Encoding.UTF8.GetBytes($"{{\"id\":\"n1\",\"attributes\":{{\"t\":\"{new string('x', random.Next(150_000))}\"}}}}"));
                else bytes.AddRange(Encoding.UTF8.GetBytes(s_lines[random.Next(s_lines.Length)]));
                if (line < count - 1) bytes.Add((byte)'\n');
            }

            var path = random.Next(3) switch { 0 => "/v1/items:bulk", 1 => "/v1/users:bulk", _ => "/v1/events" };
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(new Pieces([.. bytes], random)) };
            request.Content.Headers.ContentType = new("application/x-ndjson");
            using var answer = await http.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode is 200 or 400 or 413 or 422, $"{path} ended with {(int)answer.StatusCode}: {text}");
            if (path == "/v1/events" || !answer.IsSuccessStatusCode) continue;
            // a line of the answer for each that is not blank
            var numbers = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("line").GetInt32()).ToArray();
            Assert.Equal(numbers.Order().Distinct(), numbers);
            Assert.All(numbers, n => Assert.InRange(n, 1, count));
        }

        Assert.Equal(0, http.Host.Surface.Bodies.Held);
    }

    private byte[] Request(Random random)
    {
        var text = new StringBuilder();
        var method = random.Next(8) switch { 0 => "GET", 1 => "PUT", 2 => "DELETE", 3 => "PATCH", 4 => "OPTIONS", 5 => "G\0T", 6 => new string('M', random.Next(100)), _ => "POST" };
        var target = random.Next(10) == 0 ? "/v1/items/" + new string('z', random.Next(20_000)) : s_targets[random.Next(s_targets.Length)];
        text.Append(method).Append(' ').Append(target).Append(random.Next(12) == 0 ? " HTTP/9.9" : " HTTP/1.1").Append("\r\n");
        if (random.Next(15) > 0) text.Append("Host: localhost\r\n");
        if (random.Next(8) > 0) text.Append("Authorization: Bearer ").Append(http.Key).Append("\r\n");
        for (var headers = random.Next(3); headers > 0; headers--) text.Append(s_headers[random.Next(s_headers.Length)]).Append("\r\n");
        if (random.Next(20) == 0) text.Append("X-Long: ").Append('h', random.Next(40_000)).Append("\r\n");
        if (random.Next(20) == 0)
            for (var i = 0; i < 300; i++) text.Append(CultureInfo.InvariantCulture, $"X-{i}: {i}\r\n");
        var body = random.Next(3) == 0 ? "{\"user\":\"u1\"}" : random.Next(2) == 0 ? "" : "{\"user\":";
        switch (random.Next(4))
        {
            case 0:
                text.Append("Content-Type: application/json\r\nContent-Length: ").Append(body.Length + random.Next(3) - 1).Append("\r\n\r\n").Append(body);
                break;
            case 1:
                text.Append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n").Append(random.Next(4) switch { 0 => "zz", 1 => "ffffffffffffffff", 2 => "-1", _ => body.Length.ToString("x", CultureInfo.InvariantCulture) }).Append("\r\n").Append(body).Append("\r\n0\r\n\r\n");
                break;
            case 2:
                text.Append("Content-Type: application/json\r\nContent-Length: ").Append(body.Length).Append("\r\n\r\n").Append(body);
                break;
            default:
                text.Append("\r\n");
                break;
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(6) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(12) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    // gives the status, or 0 where it was closed without one; after a while it says that nothing more comes
    private async Task<int> Send(byte[] bytes, Random random, TimeSpan wait)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", http.Host.Address.Port);
        var stream = socket.GetStream();
        using var time = new CancellationTokenSource(s_patience);
        try
        {
            for (var at = 0; at < bytes.Length;)
            {
                var piece = random.Next(3) == 0 ? random.Next(1, 50) : bytes.Length;
                await stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), time.Token);
                at += piece;
            }

            var answer = new byte[16];
            var reading = stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, time.Token).AsTask();
            if (await Task.WhenAny(reading, Task.Delay(wait, time.Token)) != reading) socket.Client.Shutdown(SocketShutdown.Send);
            var read = await reading;
            return read >= 12 && answer.AsSpan().StartsWith("HTTP/1.1 "u8) ? int.Parse(Encoding.ASCII.GetString(answer, 9, 3), CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return 0;
        }
    }

    // a body that arrives a little at a time
    private sealed class Pieces(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 5_000))]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 5_000))], cancellationToken);
    }
}
