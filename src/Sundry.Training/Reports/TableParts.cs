using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>Tables that scroll inside the page on a narrow screen and can be read out row by row.</summary>
internal static class TableParts
{
    /// <summary>A table: its caption is what a screen reader announces.</summary>
    public static XElement Table(string caption, IEnumerable<XElement> heads, IEnumerable<XElement> rows) =>
        Tag("div.scroll", With("role", "region"), With("aria-label", caption), With("tabindex", "0"),
            Tag("table", Tag("caption", caption), Tag("thead", Tag("tr", heads)), Tag("tbody", rows)));

    public static XElement Head(string text) => Tag("th", With("scope", "col"), text);

    public static XElement NumberHead(string text) => Tag("th.n", With("scope", "col"), text);

    public static XElement RowHead(params object?[] content) => Tag("th", With("scope", "row"), content);

    public static XElement Cell(params object?[] content) => Tag("td", content);

    public static XElement Number(string text) => Tag("td.n", text);

    /// <summary>A metric's value, or the word undefined with its reason.</summary>
    public static XElement Value(MetricValue? value) => value switch
    {
        null => Tag("td.n", "–"),
        { IsDefined: false } => Tag("td.n.undefined", "undefined", value.Reason is { } reason ? Tag("small", reason) : null),
        { HasInterval: true } => Tag("td.n", Figures.Value(value.Value), Tag("small", Figures.Interval(value.Low, value.High))),
        _ => Tag("td.n", Figures.Value(value.Value)),
    };

    /// <summary>A long name, which a narrow column breaks after a dot or an underscore rather than anywhere.</summary>
    public static IEnumerable<object> Breakable(string name)
    {
        for (int from = 0, to; from < name.Length; from = to)
        {
            to = name.Length <= 10 || name.AsSpan(from).IndexOfAny('_', '.') is not (>= 0 and var at) ? name.Length : from + at + 1;
            yield return name[from..to];
            if (to < name.Length) yield return Tag("wbr");
        }
    }

    /// <summary>A task's name with its colour.</summary>
    public static XElement TaskName(string name, int index) => Tag($"span.task.t{index % StyleSheet.Hues}", Tag("i.chip", With("aria-hidden", "true")), Tag("span", Breakable(name)));
}
