using System.Xml.Linq;
using Sundry.Data;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>The log behind the rows: what happened, and how rows and labels were made of it. A part of the data section.</summary>
internal static class LogSection
{
    public static XElement Draw(DataSummary data, LogFigures log) => Tag("div",
        Tag("h3", "The log"),
        Tag("p", $"{Figures.Count(log.Events)} events from {LogTime.Day(log.First)} to {LogTime.Day(log.Last)}, {Figures.Count(log.Users)} users, {Figures.Count(log.Items)} items."),
        Table(
            "Events of each type",
            [Head("Type"), NumberHead("Events"), NumberHead("Share")],
            log.Types.Select(type => Tag("tr", RowHead(type.Value), Number(Figures.Count(type.Count)), Number(Figures.Percent(type.Count / (double)log.Events))))),
        Tag("h3", "Samples"),
        data.Samples.Select(rows => Tag("p", Story(rows))),
        data.Samples.Any(rows => rows.Tasks.Count > 0) ? Windows(data) : null);

    private static string Story(SampleSummary rows) => string.Join(' ', new[]
    {
        $"Each row{(rows.Source == SourceSchema.Main ? "" : $" of {rows.Source}")} is {(rows.Kind is "users" ? "a customer at the beginning of a period" : rows.Kind is "item_days" ? "an item at the beginning of a day" : $"one of the {Plural(rows.Kind)}")}.",
        "Its features see what happened before it, its labels what happened within each task's window after it.",
        rows.Drawn < 1 ? $"Negatives were drawn, {Figures.Percent(rows.Drawn)} of those that might have been; predictions are corrected for that." : "",
        rows.ValidationFrom is { } validation ? $"Rows from {LogTime.Text(validation)} on are not trained on{(rows.TestFrom is { } test ? $", those from {LogTime.Text(test)} on are the test" : "")}." : "",
    }.Where(sentence => sentence.Length > 0));

    private static string Plural(string kind) => kind.EndsWith('s') ? kind : $"events of the type {kind}";

    private static XElement Windows(DataSummary data) => Table(
        "Where labels come from",
        [Head("Task"), Head("Event"), NumberHead("Window"), NumberHead("Rows whose window is still open"), Head("Those")],
        data.Samples.SelectMany(rows => rows.Tasks).Select(task => Tag("tr",
            RowHead(TaskName(task.Name, data.Tasks.TakeWhile(other => other.Name != task.Name).Count())),
            Cell(task.Event),
            Number(task.Within == 0 ? "the row's own" : LogTime.Length(task.Within)),
            Number(Figures.Count(task.Open)),
            Cell(task.Open == 0 ? "–" : task.Masked ? "have no label" : "count as what happened so far"))));
}
