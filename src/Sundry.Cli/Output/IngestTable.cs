using Spectre.Console;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>How a store took events, for people.</summary>
internal static class IngestTable
{
    public static void Write(IngestBenchmarkResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["events/s", "ack p50 ms", "p99 ms", "most ms", "read/s"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow(result.EventsPerSecond.ToString("N0"), result.AckP50Ms.ToString("0.0"), result.AckP99Ms.ToString("0.0"), result.AckMostMs.ToString("0.0"), result.ReadPerSecond.ToString("N0"));
        Terminal.People.Write(table);
        Terminal.Say($"batches of {result.Options.Batch:N0} by {result.Options.Writers} writers, each acknowledged after its commit; opened again in {result.OpenMs:0} ms, at most {result.PeakMemoryMb:N0} MB in use");
        Terminal.Say($"{result.Machine.Processor}, {result.Machine.Processors} processors; Sundry {result.Machine.Sundry}, .NET {result.Machine.Dotnet}, {result.Machine.System}");
    }

    public static void Write(IngestSoakResult result)
    {
        Terminal.Say($"killed {result.Cycles} times: {result.Acknowledged:N0} events were acknowledged, {result.Found:N0} are there; {result.Lost} lost, {result.Doubled} doubled, {result.Torn} batches in part");
        Terminal.Say($"opened again in at most {result.SlowestOpenMs:0} ms");
    }
}
