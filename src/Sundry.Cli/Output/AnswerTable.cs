using Spectre.Console;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>How answers were made, for people.</summary>
internal static class AnswerTable
{
    public static void Write(AnswerBenchmarkResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["stage", "p50 ms", "p99 ms"]) table.AddColumn(column == "stage" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        foreach (var stage in result.Stages) table.AddRow(stage.Name, stage.MedianMs.ToString("0.000"), stage.P99Ms.ToString("0.000"));
        table.AddRow("answer", result.MedianMs.ToString("0.000"), result.P99Ms.ToString("0.000"));
        Terminal.People.Write(table);
        var o = result.Options;
        Terminal.Say($"{o.Requests:N0} answers of {o.Count} items out of {result.Candidates:0} candidates, one after the other; {o.Features} features × {o.Embedding}, ple of 3 tasks; {o.Items:N0} items, {o.Users:N0} users, {o.Events:N0} events");
        Terminal.Say($"{result.ProcessorMs:0.00} ms of processor time and {result.KbPerAnswer:0} kB allocated an answer, {result.Degraded:N0} answers made of less, open within {result.OpenSeconds:0.0} s, at most {result.PeakMemoryMb:N0} MB in use");
        Terminal.Say($"{result.Machine.Processor}, {result.Machine.Processors} processors; Sundry {result.Machine.Sundry}, .NET {result.Machine.Dotnet}, {result.Machine.System}");
    }

    public static void Write(AnswerSoakResult result)
    {
        Terminal.Say($"{result.Requests:N0} answers beside {result.Changes:N0} changes: {result.Broken:N0} items that should not have been shown, {result.Empty:N0} empty answers");
        if (result.First is not null) Terminal.Say($"the first: {result.First}");
    }
}
