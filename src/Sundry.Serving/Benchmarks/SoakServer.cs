using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A server as a process of its own, to be killed.</summary>
internal sealed class SoakServer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StringBuilder _said = new();
    private readonly Lock _saying = new();

    /// <summary>Starts it on a free port, without keys.</summary>
    /// <param name="command">The program, with its first arguments.</param>
    /// <param name="store">The store.</param>
    /// <param name="model">The model's folder.</param>
    public SoakServer(IReadOnlyList<string> command, string store, string model)
    {
        string[] arguments = [.. command.Skip(1), "serve", model, "--store", store, "--listen", "127.0.0.1:0", "--open", "--json", "--set", "http.requests_per_second=0"];
        _process = Process.Start(new ProcessStartInfo(command[0], arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_saying) _said.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it answers that it is ready.</summary>
    /// <returns>Where it listens and how long that took; null where it ended before.</returns>
    public async Task<(Uri Address, TimeSpan Took)?> Ready(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(s_patience);
        var text = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(over.Token) is { } line)
        {
            text.AppendLine(line);
            if (line != "}") continue;
            using var started = JsonDocument.Parse(text.ToString());
            var address = new Uri(started.RootElement.GetProperty("address").GetString()! + "/");
            using var http = new HttpClient { BaseAddress = address, Timeout = s_patience };
            try
            {
                while (!(await http.GetAsync("health/ready", over.Token)).IsSuccessStatusCode) await Task.Delay(10, over.Token);
                return (address, _watch.Elapsed);
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Asks it to stop; false where this machine has no way to.</summary>
    public bool Ask()
    {
        if (OperatingSystem.IsWindows()) return false;
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    /// <summary>Kills it, and waits until it is gone.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>What to say of one that would not start.</summary>
    public InputException Silent()
    {
        Kill();
        lock (_saying) return new InputException($"the server ended before it was ready: {_said.ToString().Trim()}");
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
