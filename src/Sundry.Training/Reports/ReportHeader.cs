using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>The name, what it is in one line, the key figures, and the way to every section.</summary>
internal static class ReportHeader
{
    public static XElement Draw(ReportModel model, IEnumerable<XElement> sections) => Tag("header",
        Tag("p.kicker", "Sundry report"),
        Tag("h1", model.Name),
        Tag("p.subtitle", Subtitle(model)),
        Tag("dl.tiles", Tiles(model).Select(tile => Tag("div", Tag("dt", tile.Name), Tag("dd", tile.Value, Tag("small", tile.Unit))))),
        model.Notes.Count > 0 ? Tag("ul.notes", model.Notes.Select(note => Tag("li", note))) : null,
        Tag("nav", With("aria-label", "Sections"), sections.Select(section => Tag("a",
            With("href", "#" + section.Attribute("id")!.Value), section.Element("h2")!.Value))));

    private static string Subtitle(ReportModel model)
    {
        var parts = new List<string>();
        if (model.Architecture.Length > 0) parts.Add(model.Architecture);
        if (model.Balancing.Length > 0) parts.Add($"balancing: {model.Balancing}");
        if (model.Tasks.Count > 0) parts.Add($"{model.Tasks.Count} task{(model.Tasks.Count == 1 ? "" : "s")}: {string.Join(", ", model.Tasks.Select(task => task.Task.Name))}");
        if (parts.Count == 0 && model.Search is { } search) parts.Add($"search for {search.Objective}");
        else if (parts.Count == 0 && model.Comparison.Count > 0) parts.Add($"comparison of {string.Join(", ", model.Comparison.Select(result => result.Architecture).Distinct())}");
        return string.Join(" · ", parts);
    }

    private static IEnumerable<(string Name, string Value, string Unit)> Tiles(ReportModel model)
    {
        if (model.Summary is { Splits.Count: > 0 } data) yield return ("Training rows", Figures.Count(data.Splits[0].Rows), "");
        if (model.Parameters > 0) yield return ("Parameters", Figures.Count(model.Parameters), "");
        if (model.Seconds > 0) yield return ("Training time", Figures.Duration(model.Seconds), "");
        if (model.SamplesPerSecond > 0) yield return ("Speed", Figures.Count(model.SamplesPerSecond), " rows/s");
        if (model.Search is { } search)
        {
            yield return ("Trials", Figures.Count(search.Trials.Count), "");
            yield return ("Seeds of a finalist", Figures.Count(search.Seeds), "");
            yield return ("Time", Figures.Duration(search.Seconds), "");
        }
        else if (model.Tasks.Count == 0 && model.Comparison.Count > 0)
        {
            yield return ("Models", Figures.Count(model.Comparison.Count), "");
            yield return ("Seeds", Figures.Count(model.Comparison.Max(result => result.Seeds)), "");
            yield return ("Training time", Figures.Duration(model.Comparison.Sum(result => result.Seconds * result.Seeds)), "");
        }

        if (model.History.Count > 0) yield return ("Epochs", Figures.Count(model.History.Count), model.BestEpoch is { } best ? $" best: {best}" : "");
    }
}
