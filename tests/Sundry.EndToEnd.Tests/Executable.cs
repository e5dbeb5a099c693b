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

    /// <summary>A command that runs; threads of its own gather what it says, so that it is heard at once however busy the test runner is.</summary>
    internal sealed class RunningCommand : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _error = new();
        private readonly Thread _errorReader;
        private readonly Thread _outputReader;
        private string _output = "";
        private bool _silent;

        public RunningCommand(string folder, string program, IEnumerable<string> arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            };
            start.Environment["DOTNET_NOLOGO"] = "1";
            // double mapping needs files larger than the limits that some tests set
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            _process = Process.Start(start)!;
            _process.StandardInput.Close();
            _errorReader = new Thread(ReadError);
            _outputReader = new Thread(() => _output = _process.StandardOutput.ReadToEnd());
            _errorReader.Start();
            _outputReader.Start();
        }

        /// <summary>Waits until a line on stderr holds <paramref name="text"/>; fails the test where the process ends before.</summary>
        public void MustSay(string text)
        {
            lock (_error)
            {
                while (!_error.ToString().Contains(text, StringComparison.Ordinal))
                    Assert.True(!_silent && Monitor.Wait(_error, s_patience), $"it never said '{text}', but: {_error}");
            }
        }

        /// <summary>Lets it go on for a while.</summary>
        public void Await(int milliseconds) => _process.WaitForExit(milliseconds);

        /// <summary>Ends it as a power cut would.</summary>
        public void Kill() => _process.Kill();

        /// <summary>Sends a signal by its name, such as INT.</summary>
        public void Signal(string name)
        {
            using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString()]);
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

            _errorReader.Join();
            _outputReader.Join();
            return new Outcome(_process.ExitCode, _output, _error.ToString());
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill();
            _errorReader.Join();
            _outputReader.Join();
            _process.Dispose();
        }

        private void ReadError()
        {
            while (_process.StandardError.ReadLine() is { } line)
            {
                lock (_error)
                {
                    _error.AppendLine(line);
                    Monitor.PulseAll(_error);
                }
            }

            lock (_error)
            {
                _silent = true;
                Monitor.PulseAll(_error);
            }
        }
    }
}
