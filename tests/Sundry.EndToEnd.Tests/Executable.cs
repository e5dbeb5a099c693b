using System.Diagnostics;
using System.Text;

namespace Sundry.EndToEnd.Tests;

/// <summary>The real executable, as a process of its own.</summary>
internal static class Executable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>The program, which the project reference copies beside this assembly.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "sundry.dll");

    /// <summary>What runs it.</summary>
    public static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a command to its end.</summary>
    public static Outcome Run(string folder, params string[] arguments)
    {
        using var running = new RunningCommand(folder, Host, ["exec", Program, .. arguments]);
        return running.End(s_patience);
    }

    /// <summary>As <see cref="Run"/>, where anything but success fails the test with what was said.</summary>
    public static Outcome Must(string folder, params string[] arguments)
    {
        var outcome = Run(folder, arguments);
        Assert.True(outcome.ExitCode == 0, $"sundry {string.Join(' ', arguments)} ended with {outcome.ExitCode}: {outcome.Error}");
        return outcome;
    }

    /// <summary>Starts a command and leaves it running.</summary>
    public static RunningCommand Start(string folder, params string[] arguments) => new(folder, Host, ["exec", Program, .. arguments]);

    /// <summary>Runs it from a shell that first does <paramref name="before"/>, such as setting a limit.</summary>
    public static Outcome RunAfter(string before, string folder, params string[] arguments)
    {
        using var running = new RunningCommand(folder, "bash", ["-c", before + "; exec \"$@\"", "bash", Host, "exec", Program, .. arguments]);
        return running.End(s_patience);
    }

    /// <summary>A command that runs; its output is gathered as it comes.</summary>
    internal sealed class RunningCommand : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _error = new();
        private readonly Task<string> _output;
        private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

        public RunningCommand(string folder, string program, IEnumerable<string> arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
                StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
            };
            start.Environment["DOTNET_NOLOGO"] = "1";
            // double mapping needs files larger than the limits that some tests set
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            _process = new Process { StartInfo = start };
            _process.ErrorDataReceived += (_, line) => Hear(line.Data);
            _process.Start();
            _process.StandardInput.Close();
            _process.BeginErrorReadLine();
            _output = _process.StandardOutput.ReadToEndAsync();
        }

        public int Id => _process.Id;

        /// <summary>Waits until a line on stderr holds <paramref name="text"/>; false where the process ended before.</summary>
        public async Task<bool> Says(string text)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_error)
            {
                if (_error.ToString().Contains(text, StringComparison.Ordinal)) return true;
                _awaited.Add((text, seen));
            }

            var ended = _process.WaitForExitAsync();
            return await Task.WhenAny(seen.Task, ended, Task.Delay(s_patience)) == seen.Task || seen.Task.IsCompleted;
        }

        /// <summary>Ends it as a power cut would.</summary>
        public void Kill() => _process.Kill();

        /// <summary>Sends a signal by its name, such as INT.</summary>
        public void Signal(string name)
        {
            using var kill = Process.Start("kill", ["-" + name, Id.ToString()]);
            kill.WaitForExit();
        }

        /// <summary>Waits for the end.</summary>
        public Outcome End(TimeSpan? patience = null)
        {
            if (!_process.WaitForExit(patience ?? s_patience))
            {
                _process.Kill();
                Assert.Fail($"the process did not end; it said: {_error}");
            }

            _process.WaitForExit();
            lock (_error) return new Outcome(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.ToString());
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill();
            _process.Dispose();
        }

        private void Hear(string? line)
        {
            if (line is null) return;
            lock (_error)
            {
                _error.AppendLine(line);
                foreach (var (text, seen) in _awaited)
                    if (line.Contains(text, StringComparison.Ordinal)) seen.TrySetResult();
            }
        }
    }
}
