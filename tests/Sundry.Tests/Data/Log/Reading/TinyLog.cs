using Sundry.Data;

namespace Sundry.Tests;

/// <summary>A log of a test's own in a folder of its own, read at noon of 10 March 2025.</summary>
internal sealed class TinyLog : IDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public TemporaryFolder Folder => _folder;

    /// <summary>Reads the log that the section <c>data</c> in <paramref name="yaml"/> describes.</summary>
    public (EventLog Log, LogSummary Summary) Read(string yaml)
    {
        var data = ConfigReader.Read<DataOptions>(yaml, "sundry.yaml");
        return LogReader.Read(new LogRequest(data, _folder.Root, new Clock(Now), Sundry.Serving.Databases.Open));
    }

    /// <summary>Writes events.csv and reads it, with further keys of <c>data.log</c> and of <c>data</c>.</summary>
    public (EventLog Log, LogSummary Summary) Read(string events, string log, string data = "")
    {
        _folder.Write("events.csv", events);
        return Read($"{{log: {{events: events.csv{(log.Length > 0 ? ", " + log : "")}}}{(data.Length > 0 ? ", " + data : "")}}}");
    }

    /// <summary>Every event as one text, whatever the numbers of its names.</summary>
    public static List<string> Lines(EventLog log)
    {
        var events = new ShopEvent[log.Count];
        log.Read(0, events);
        return [.. events.Select((e, i) => string.Join(',', new[]
        {
            DateTimeOffset.FromUnixTimeMilliseconds(e.Time).ToString("yyyy-MM-ddTHH:mm:ss.fff"), log.Types.Names[e.Type], Text(log.Users, e.User), Text(log.Sessions, e.Session), Text(log.Items, e.Item),
            $"{e.Quantity}", $"{e.Price}", $"{e.Value}", $"{e.Position}", Text(log.Scenarios, e.Scenario), Text(log.Recommendations, e.Recommendation), Text(log.Texts, e.Text),
        }.Concat(log.Context.Select(c => c.Name + "=" + Text(c.Values, c[i])))))];
    }

    public void Dispose() => _folder.Dispose();

    private static string Text(Names names, int number) => number < 0 ? "-" : names.Text(number);

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
