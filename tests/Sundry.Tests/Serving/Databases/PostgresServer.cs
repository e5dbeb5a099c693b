using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sundry.Tests;

/// <summary>A PostgreSQL server of the tests' own, from Debian's package, on a free port of this machine alone; gone after them. PostgreSQL refuses to run as root, so that root becomes the user postgres.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Owner = "sundry";

    private readonly string? _programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "pg_ctl"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private readonly string _folder = Directory.CreateTempSubdirectory("sundry-postgres-").FullName;
    private readonly int _port = FreePort();
    private bool _started;
    private int _places;

    public PostgresServer()
    {
        if (_programs is null) return;
        if (Environment.IsPrivilegedProcess) Run("chown", "postgres", _folder);
        var data = Path.Combine(_folder, "data");
        AsServer("initdb", "-D", data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--no-sync");
        Start();
    }

    /// <summary>Where it is; skips the calling test, saying why, where PostgreSQL is not installed.</summary>
    public string Url
    {
        get
        {
            Skip.If(_programs is null, "needs PostgreSQL: apt-get install postgresql");
            return $"postgres://{Owner}@127.0.0.1:{_port}/postgres";
        }
    }

    /// <summary>Whether PostgreSQL is installed.</summary>
    public bool IsInstalled => _programs is not null;

    /// <summary>A place where no store is yet; skips as <see cref="Url"/> does.</summary>
    public string NewPlace(string name) => $"{Url}?schema={name}_{Interlocked.Increment(ref _places)}";

    /// <summary>Runs a script.</summary>
    public void Execute(string script)
    {
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username={Owner};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(script, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Starts it again after <see cref="Stop"/>; it recovers from its log.</summary>
    public void Start()
    {
        AsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"), "-w", "-t", "300", "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");
        _started = true;
    }

    /// <summary>Stops it as a power cut would: nothing is finished or said.</summary>
    public void Stop()
    {
        AsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "-t", "300", "stop");
        _started = false;
    }

    public void Dispose()
    {
        if (_started) Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private void AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs!, program);
        if (Environment.IsPrivilegedProcess) Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        else Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // the server inherits what is open: its output goes to its log, not to a pipe that would never end
        var start = new ProcessStartInfo("sh") { WorkingDirectory = _folder };
        foreach (var argument in new[] { "-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder) + ".out"), program }.Concat(arguments))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var output = start.ArgumentList[3];
        var said = File.ReadAllText(output);
        File.Delete(output);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
