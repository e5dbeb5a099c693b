using Spectre.Console;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>How a server answered, for people.</summary>
internal static class LoadTable
{
    public static void Write(LoadBenchmarkResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["answers/s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "most ms", "errors"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow([result.PerSecond.ToString("N1"), .. new[] { result.P50Ms, result.P90Ms, result.P99Ms, result.P999Ms, result.MostMs }.Select(ms => ms.ToString("0.00")), result.Errors.Values.Sum().ToString("N0")]);
        Terminal.People.Write(table);
        foreach (var (why, count) in result.Errors.OrderBy(e => e.Key, StringComparer.Ordinal)) Terminal.Say($"{count:N0} requests failed: {why}");
        if (result.Degraded > 0) Terminal.Say($"{result.Degraded:N0} answers were made of less than they should have been");
        Terminal.Say(result.Options.Rate > 0
            ? $"{result.Requests:N0} requests, {result.Options.Rate:0.#} a second, timed from when they were due; 99 of 100 were sent within {result.LateMs:0.00} ms of that"
            : $"{result.Requests:N0} requests by {result.Options.Clients:N0} clients, each sending when its last was answered");
        Terminal.Say($"{result.Machine.Processor}, {result.Machine.Processors} processors; Sundry {result.Machine.Sundry}, .NET {result.Machine.Dotnet}, {result.Machine.System}");
    }
}
