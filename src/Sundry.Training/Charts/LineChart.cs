using System.Text;
using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>A line chart as SVG: axes, lines with direct labels, and at most one marked place across. The report and the dashboard draw with it; <see cref="ChartStyle"/> has its looks.</summary>
public sealed class LineChart
{
    internal const double Width = 360, Height = 246;
    internal const double Left = 48, Top = 28, Bottom = Height - 40;

    private const double LabelHeight = 13;

    private double _right = Width - 14;

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public required string Title { get; init; }

    /// <summary>What there is to see, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What lies across; stands below the axis.</summary>
    public required string XLabel { get; init; }

    /// <summary>Stands above the axis, where it can be read without turning the head.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>The lines.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>The ends across; null follows the points.</summary>
    public (double Low, double High)? X { get; init; }

    /// <summary>The ends up; null follows the points.</summary>
    public (double Low, double High)? Y { get; init; }

    /// <summary>Whether x counts something: ticks at whole numbers.</summary>
    public bool WholeX { get; init; }

    /// <summary>A place across to mark, and its words.</summary>
    public (double At, string Words)? Mark { get; init; }

    /// <summary>The drawing as markup, in which all words are escaped.</summary>
    public string ToSvg() => Fragment(Draw());

    internal XElement Draw()
    {
        bool labels = Series.Any(s => s.Name.Length > 0);
        // direct labels stand in the right margin, as wide as the longest of them
        if (labels) _right = Width - 18 - 6.2 * Math.Min(12, Series.Max(s => s.Name.Length));
        var points = Series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        var x = X is { } ends ? Axis.Linear(ends.Low, ends.High, Left, _right)
            : WholeX && points.Count > 0 ? Axis.Whole((int)points.Min(p => p.X), (int)points.Max(p => p.X), Left, _right)
            : Axis.Around(points.Select(p => p.X), Left, _right);
        var y = Y is { } heights ? Axis.Linear(heights.Low, heights.High, Bottom, Top) : Axis.Around(points.Select(p => p.Y), Bottom, Top);
        return Frame(Title, Description, x, y, XLabel, YLabel, [MarkedPlace(x), .. Series.Select(s => Line(s, x, y)), labels ? EndLabels(x, y) : null]);
    }

    /// <summary>The drawing's frame: title and description, grid, ticks and the label across.</summary>
    internal static XElement Frame(string title, string description, Axis x, Axis y, string xLabel, string yLabel, params IEnumerable<object?> content)
    {
        double right = x.At(double.MaxValue);
        var grid = Tag("g.grid");
        var words = Tag("g.ticks");
        foreach (double tick in y.Ticks)
        {
            grid.Add(Segment(Left, y.At(tick), right, y.At(tick)));
            words.Add(Words(Left - 6, y.At(tick) + 3.5, y.Label(tick), "end"));
        }

        foreach (double tick in x.Ticks)
        {
            grid.Add(Segment(x.At(tick), Bottom, x.At(tick), Bottom + 4));
            words.Add(Words(x.At(tick), Bottom + 16, x.Label(tick), "middle"));
        }

        words.Add(Words((Left + right) / 2, Height - 6, xLabel, "middle"));
        if (yLabel.Length > 0) words.Add(Words(Left - 6, 12, "↑ " + yLabel, "start"));
        return Tag("svg.plot",
            With("viewBox", $"0 0 {Figures.Pixel(Width)} {Figures.Pixel(Height)}"), With("role", "img"),
            Tag("title", title), Tag("desc", description), grid, words, content);
    }

    internal static XElement Segment(double x1, double y1, double x2, double y2, string tag = "line") => Tag(tag,
        With("x1", Figures.Pixel(x1)), With("y1", Figures.Pixel(y1)), With("x2", Figures.Pixel(x2)), With("y2", Figures.Pixel(y2)));

    internal static XElement Words(double x, double y, string text, string anchor, string tag = "text") => Tag(tag,
        With("x", Figures.Pixel(x)), With("y", Figures.Pixel(y)), With("text-anchor", anchor), text);

    private XElement? MarkedPlace(Axis x)
    {
        if (Mark is not { } mark) return null;
        double at = x.At(mark.At);
        string anchor = at > (Left + _right) / 2 ? "end" : "start";
        return Tag("g.mark", Segment(at, Top - 6, at, Bottom), Words(anchor == "end" ? at - 5 : at + 5, Top + 3, mark.Words, anchor));
    }

    private static XElement Line(Series series, Axis x, Axis y)
    {
        string stroke = series.Stroke switch { Stroke.Dashed => ".dashed", Stroke.Dotted => ".dotted", _ => "" };
        var group = Tag("g.series" + stroke + (series.Muted ? ".muted" : "") + Colour(series.Hue));
        var path = new StringBuilder();
        bool pen = false;
        foreach (var point in series.Points)
        {
            if (!double.IsFinite(point.X) || !double.IsFinite(point.Y))
            {
                pen = false;
                continue;
            }

            path.Append(pen ? 'L' : 'M').Append(Figures.Pixel(x.At(point.X))).Append(' ').Append(Figures.Pixel(y.At(point.Y)));
            pen = true;
        }

        if (path.Length == 0) return group;
        group.Add(Tag("path", With("d", path.ToString())));
        if (!series.Marked) return group;
        foreach (var point in series.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)))
        {
            group.Add(Tag("circle", With("cx", Figures.Pixel(x.At(point.X))), With("cy", Figures.Pixel(y.At(point.Y))), With("r", "2.6"),
                Tag("title", $"{series.Name} {Figures.Tick(point.X, 1)}: {Figures.Value(point.Y)}".Trim())));
        }

        return group;
    }

    private XElement EndLabels(Axis x, Axis y)
    {
        var ends = Series.Where(s => s.Name.Length > 0)
            .Select(s => (s.Name, s.Muted, s.Hue, Points: s.Points.Where(p => double.IsFinite(p.Y)).ToList()))
            .Where(s => s.Points.Count > 0)
            .Select(s => (s.Name, s.Muted, s.Hue, Y: y.At(s.Points[^1].Y)))
            .OrderBy(s => s.Y).ToList();
        var group = Tag("g.labels");
        // labels that would cover each other move down, a line apart, and up again where they would leave the drawing
        var places = new double[ends.Count];
        for (int i = 0; i < places.Length; i++) places[i] = Math.Max(ends[i].Y, i > 0 ? places[i - 1] + LabelHeight : double.NegativeInfinity);
        for (int i = places.Length - 1; i >= 0; i--) places[i] = Math.Min(places[i], i < places.Length - 1 ? places[i + 1] - LabelHeight : Bottom);
        foreach (var (end, at) in ends.Zip(places))
            group.Add(Words(_right + 7, at + 3.5, Shorten(end.Name), "start", (end.Muted ? "text.muted" : "text") + Colour(end.Hue)));

        return group;
    }

    private static string Colour(int? hue) => hue is { } number ? $".t{number % StyleSheet.Hues}" : "";

    private static string Shorten(string name) => name.Length <= 12 ? name : name[..11] + "…";
}
