using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Sundry.Cli;
using Sundry.Serving;

namespace Sundry.Tests.Cli;

/// <summary>A server from the command line, and its keys.</summary>
[Collection(CommandLine.Name)]
public sealed class ServeVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_served_is_refused_with_one_sentence()
    {
        var store = _folder.Path("shop.db");
        Assert.Contains("--open serves without keys", CommandLine.Refusal("serve", "--store", store, "--open", "--listen", "0.0.0.0:0"), StringComparison.Ordinal);
        Assert.Contains("is no address", CommandLine.Refusal("serve", "--store", store, "--listen", "somewhere"), StringComparison.Ordinal);
        Assert.Contains("did you mean 'concurrent'", CommandLine.Refusal("serve", "--store", store, "--set", "http.concurent=3"), StringComparison.Ordinal);
        Assert.DoesNotContain("fault", CommandLine.Refusal("serve", _folder.Path("nomodel"), "--store", store, "--listen", "127.0.0.1:0"), StringComparison.Ordinal);
        CommandLine.Refusal("serve", "--store", _folder.Write("text.db", new string('x', 5_000)), "--listen", "127.0.0.1:0");
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        Assert.Contains("is in use", CommandLine.Refusal("serve", "--store", store, "--listen", busy.LocalEndpoint.ToString()!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_until_it_is_stopped_and_shows_the_first_key_once()
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var told = new StringWriter();
        using var stop = new CancellationTokenSource();
        try
        {
            Console.SetOut(TextWriter.Synchronized(told));
            Console.SetError(TextWriter.Synchronized(said));
            var settings = new ServeSettings(null, _folder.Path("shop.db"), ListenAddress.Parse("127.0.0.1:0"), new ServeFile(), null, Log: false, Json: true);
            var serving = ServeRun.Serve(settings, stop.Token);
            while (!told.ToString().TrimEnd().EndsWith('}') && !serving.IsCompleted) await Task.Delay(20);
            var ready = JsonDocument.Parse(told.ToString()).RootElement;
            var key = Assert.Single(said.ToString().Split('\n'), l => l.StartsWith("sundry_", StringComparison.Ordinal)).Trim();
            using var http = new HttpClient { BaseAddress = new Uri(ready.GetProperty("address").GetString()!) };
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/v1/keys", UriKind.Relative))).StatusCode);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/v1/keys", UriKind.Relative))).StatusCode);
            await stop.CancelAsync();
            Assert.Equal(Exit.Done, await serving);

            said.GetStringBuilder().Clear();
            told.GetStringBuilder().Clear();
            using var again = new CancellationTokenSource();
            serving = ServeRun.Serve(settings, again.Token);
            while (!told.ToString().TrimEnd().EndsWith('}') && !serving.IsCompleted) await Task.Delay(20);
            Assert.DoesNotContain("sundry_", said.ToString(), StringComparison.Ordinal);
            await again.CancelAsync();
            Assert.Equal(Exit.Done, await serving);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    [Fact]
    public void Keys_are_made_listed_and_revoked()
    {
        var store = _folder.Path("shop.db");
        Assert.Contains("no such store", CommandLine.Refusal("keys", "list", "--store", store), StringComparison.Ordinal);
        Assert.Contains("did you mean 'ingest'", CommandLine.Refusal("keys", "new", "x", "--scopes", "ingst", "--store", store), StringComparison.Ordinal);
        var (code, text, _) = CommandLine.Run("keys", "new", "front", "--scopes", "read", "--store", store);
        Assert.Equal(Exit.Done, code);
        Assert.StartsWith("sundry_", text, StringComparison.Ordinal);
        var id = text.Split('_')[1];
        var listed = JsonDocument.Parse(CommandLine.Run("keys", "list", "--store", store, "--json").Out).RootElement.GetProperty("keys")[0];
        Assert.Equal((id, "front", "read"), (listed.GetProperty("id").GetString(), listed.GetProperty("name").GetString(), listed.GetProperty("scopes")[0].GetString()));
        Assert.DoesNotContain(text.Trim(), CommandLine.Run("keys", "list", "--store", store).Error, StringComparison.Ordinal);
        Assert.Contains("whole text", CommandLine.Refusal("keys", "revoke", text.Trim(), "--store", store), StringComparison.Ordinal);
        Assert.Equal(Exit.Done, CommandLine.Run("keys", "revoke", id, "--store", store).Code);
        CommandLine.Refusal("keys", "revoke", id, "--store", store);
    }
}
