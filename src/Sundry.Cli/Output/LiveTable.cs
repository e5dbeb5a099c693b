using Spectre.Console;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>How a shop was followed, for people.</summary>
internal static class LiveTable
{
    public static void Write(LiveBenchmarkResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["applied/s", "from nothing s", "from a checkpoint s", "ack p99 ms", "most ms", "while saving p99 ms", "most ms"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow(
            result.AppliedPerSecond.ToString("N0"), result.RebuildSeconds.ToString("0.00"), result.RestoreSeconds.ToString("0.00"), result.AckP99Ms.ToString("0.0"), result.AckMostMs.ToString("0.0"),
            result.SavingAckP99Ms.ToString("0.0"), result.SavingAckMostMs.ToString("0.0"));
        Terminal.People.Write(table);
        Terminal.Say($"an event allocates {result.BytesPerEvent:0} bytes; a checkpoint of {result.CheckpointMb:0.0} MB holds events for {result.CheckpointMs:0} ms, {result.Saved} were saved meanwhile");
        Terminal.Say($"{result.Machine.Processor}, {result.Machine.Processors} processors; Sundry {result.Machine.Sundry}, .NET {result.Machine.Dotnet}, {result.Machine.System}");
    }
}
