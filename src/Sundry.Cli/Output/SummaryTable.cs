using Spectre.Console;
using Sundry.Data;

namespace Sundry.Cli;

/// <summary>What <c>prepare</c> found, for people.</summary>
internal static class SummaryTable
{
    public static void Write(DataSummary summary)
    {
        foreach (var split in summary.Splits) Terminal.Say($"{split.Name}: {split.Rows:N0} rows");
        foreach (var source in summary.Sources) Terminal.Say($"{source.Name}: {source.Train:N0} training, {source.Validation:N0} validation and {source.Test:N0} test rows, {source.Features.Count} features");
        Terminal.Say(summary.SplitBy);
        var features = new Table().Title("features").Border(TableBorder.Rounded);
        foreach (var column in new[] { "feature", "kind" }) features.AddColumn(column);
        foreach (var column in new[] { "values", "missing" }) features.AddColumn(new TableColumn(column).RightAligned());
        features.AddColumn("encoding");
        foreach (var f in summary.Features)
            features.AddRow(new Text(f.Name), new Text(f.Kind), new Text(f.Distinct.ToString("N0")), new Text(f.Missing.ToString("N0")), new Text(f.Dropped ?? f.Encoding));
        Terminal.People.Write(features);
        var tasks = new Table().Title("tasks").Border(TableBorder.Rounded);
        foreach (var column in new[] { "task", "type", "part" }) tasks.AddColumn(column);
        foreach (var column in new[] { "rows", "left out", "mean" }) tasks.AddColumn(new TableColumn(column).RightAligned());
        foreach (var task in summary.Tasks)
            foreach (var split in task.Splits)
                tasks.AddRow(new Text(task.Name), new Text(task.Type), new Text(split.Split), new Text(split.Labelled.ToString("N0")), new Text(split.Masked.ToString("N0")), new Text(split.Mean?.ToString("0.####") ?? ""));
        Terminal.People.Write(tasks);
        foreach (var refused in summary.Refused.Take(10)) Terminal.Say($"refused: {refused.File} line {refused.Line}: {refused.Reason}");
        if (summary.RowsRefused > 10) Terminal.Say($"… {summary.RowsRefused:N0} rows were refused in all");
        foreach (var note in summary.Notes) Terminal.Say("note: " + note);
        Terminal.Say($"{summary.RowsRead:N0} rows in {summary.Seconds:0.00} s{(summary.FromCache ? ", from the cache" : "")}");
    }
}
