using System.Text;
using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>Dots in a plane as SVG: filled where nothing loses, open where a task does, the ones that no other beats in both ways joined by a line.</summary>
internal sealed class ScatterChart
{
    private const double Right = LineChart.Width - 14;

    public required string Title { get; init; }

    /// <summary>What there is to see, in a sentence.</summary>
    public required string Description { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public required IReadOnlyList<Dot> Dots { get; init; }

    /// <summary>Which way is better across: 1 to the right, −1 to the left, 0 neither.</summary>
    public int BetterX { get; init; }

    /// <summary>Whether lines are drawn where x and y are 0.</summary>
    public bool Zero { get; init; }

    /// <summary>Whether a step line follows the highest dot so far, from left to right.</summary>
    public bool BestSoFar { get; init; }

    /// <summary>Whether a line goes through the dots that are not chosen, in their order.</summary>
    public bool Joined { get; init; }

    public XElement Draw()
    {
        var dots = Dots.Where(d => double.IsFinite(d.X) && double.IsFinite(d.Y)).ToList();
        var x = Axis.Around(dots.Select(d => d.X), LineChart.Left, Right);
        var y = Axis.Around(dots.Select(d => d.Y), LineChart.Bottom, LineChart.Top);
        var marks = Tag("g.dots");
        var places = new LabelPlaces([.. dots.Select(d => (x.At(d.X), y.At(d.Y)))]);
        foreach (var dot in dots)
        {
            marks.Add(Tag("circle." + (dot.Chosen ? "chosen" : Verdicts.Class(dot.Verdict)),
                With("cx", Figures.Pixel(x.At(dot.X))), With("cy", Figures.Pixel(y.At(dot.Y))), With("r", dot.Chosen ? "5" : Joined ? "2.6" : "4"), Tag("title", dot.Name)));
        }

        // what there is no room for is in the dot's title
        foreach (var dot in dots.Where(d => d.Label.Length > 0).OrderByDescending(d => d.Chosen))
        {
            if (places.Find(x.At(dot.X), y.At(dot.Y), dot.Label) is { } place)
                marks.Add(LineChart.Words(place.X, place.Y, dot.Label, place.Anchor, "text.star"));
        }

        var line = Joined ? Path(dots.Where(d => !d.Chosen).Select(d => (d.X, d.Y)), x, y) : BestSoFar ? Steps(dots, x, y) : BetterX == 0 ? null : Front(dots, x, y);
        return LineChart.Frame(Title, Description, x, y, XLabel, YLabel, [Zeros(x, y), line, marks]);
    }

    /// <summary>The dots that no other equals or beats in both ways, from left to right.</summary>
    public static IReadOnlyList<Dot> Undominated(IEnumerable<Dot> dots, int betterX)
    {
        var front = new List<Dot>();
        var best = double.NegativeInfinity;
        foreach (var dot in dots.Where(d => double.IsFinite(d.X) && double.IsFinite(d.Y)).OrderByDescending(d => betterX * d.X).ThenByDescending(d => d.Y))
        {
            if (dot.Y <= best) continue;
            best = dot.Y;
            front.Add(dot);
        }

        return [.. front.OrderBy(d => d.X)];
    }

    private XElement? Zeros(Axis x, Axis y)
    {
        if (!Zero) return null;
        var group = Tag("g.zero");
        if (y.Low < 0 && y.High > 0) group.Add(LineChart.Segment(LineChart.Left, y.At(0), Right, y.At(0)));
        if (x.Low < 0 && x.High > 0) group.Add(LineChart.Segment(x.At(0), LineChart.Bottom, x.At(0), LineChart.Top));
        return group;
    }

    private XElement? Front(List<Dot> dots, Axis x, Axis y)
    {
        var front = Undominated(dots, BetterX);
        return front.Count < 2 ? null : Path(front.Select(d => (d.X, d.Y)), x, y);
    }

    private static XElement? Steps(List<Dot> dots, Axis x, Axis y)
    {
        var best = double.NegativeInfinity;
        var corners = new List<(double, double)>();
        foreach (var dot in dots.OrderBy(d => d.X))
        {
            if (dot.Verdict == Verdict.Loses || dot.Y <= best) continue;
            if (corners.Count > 0) corners.Add((dot.X, best));
            corners.Add((dot.X, best = dot.Y));
        }

        if (corners.Count == 0) return null;
        corners.Add((dots.Max(d => d.X), best));
        return Path(corners, x, y);
    }

    private static XElement Path(IEnumerable<(double X, double Y)> points, Axis x, Axis y)
    {
        var path = new StringBuilder();
        foreach (var (px, py) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(Figures.Pixel(x.At(px))).Append(' ').Append(Figures.Pixel(y.At(py)));
        return Tag("g.front", Tag("path", With("d", path.ToString())));
    }

    /// <summary>One dot.</summary>
    /// <param name="X">Across.</param>
    /// <param name="Y">Up.</param>
    /// <param name="Name">What it is, in words.</param>
    /// <param name="Label">What is written beside it; empty for nothing.</param>
    /// <param name="Verdict">Open where it loses.</param>
    /// <param name="Chosen">Drawn larger, and no part of a line.</param>
    internal sealed record Dot(double X, double Y, string Name, string Label, Verdict Verdict, bool Chosen = false);
}
