using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>What is needed to run it again: the command, the configuration, versions, machine and seed.</summary>
internal static class RunSection
{
    public static XElement Draw(ReportModel model) => Tag("section", With("id", "run"),
        Tag("h2", "Run it again"),
        model.Command.Length > 0 ? Code("The command that reproduces this run", model.Command) : null,
        Table("Where and how it ran", [Head("What"), Head("Value")], Facts(model).Select(fact => Tag("tr", RowHead(fact.Key), Tag("td.words", fact.Value)))),
        model.Configuration.Length > 0 ? Tag("details", model.Search is null ? null : With("open", "open"), Tag("summary", "Configuration"), Code("The configuration, as YAML", model.Configuration)) : null);

    // a long line scrolls inside its frame, so the frame has to be reachable by keyboard
    private static XElement Code(string label, string text) => Tag("pre", With("tabindex", "0"), With("role", "region"), With("aria-label", label), Tag("code", text));

    private static IEnumerable<KeyValuePair<string, string>> Facts(ReportModel model)
    {
        yield return new("Seed", model.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (model.Time is { } time) yield return new("Time", Figures.Time(time));
        if (model.PeakMemoryMiB > 0) yield return new("Peak memory", Figures.Count(model.PeakMemoryMiB) + " MiB");
        foreach (var fact in model.Environment) yield return fact;
    }
}
