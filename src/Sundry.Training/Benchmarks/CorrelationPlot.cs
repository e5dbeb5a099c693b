using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>The curve of <see cref="CorrelationBenchmark"/> as one SVG file that stands for itself: losses on the left, their ratio on the right.</summary>
public static class CorrelationPlot
{
    private const double Gap = 24;

    /// <summary>The SVG's text.</summary>
    public static string Draw(CorrelationBenchmarkResult result)
    {
        string[] names = [.. result.Architectures.Select(a => a.Name)];
        CorrelationBenchmarkResult.Point[] points = [.. result.Points.OrderBy(p => p.Correlation)];
        var losses = new LineChart
        {
            Title = "Test loss by correlation",
            Description = "Test loss of each architecture over the cosine between the tasks' weight vectors, mean over seeds.",
            XLabel = "correlation of the tasks",
            YLabel = "test loss",
            X = (0, 1),
            Series = [.. names.Select((name, i) => new Series(name, Points(points, p => p.Of(name).Mean), (Stroke)(i % 3), Marked: true))],
        }.Draw();
        var ratio = new LineChart
        {
            Title = "Loss of a shared bottom over that of ple, by correlation",
            Description = "Above 1 sharing everything costs; grey lines are single seeds of the bottom of equal size.",
            XLabel = "correlation of the tasks",
            YLabel = "loss ÷ loss of ple",
            X = (0, 1),
            Series =
            [
                .. Enumerable.Range(0, result.Options.Seeds).Select(s => new Series("", Points(points, p => p.RatiosOf(names[0])[s]), Stroke.Dotted, Muted: true)),
                .. names[..2].Select((name, i) => new Series(name, Points(points, p => p.RatioOf(name)), (Stroke)i, Marked: true)),
            ],
        }.Draw();
        var text = Write(Tag("svg", With("xmlns", "http://www.w3.org/2000/svg"), With("viewBox", $"0 0 {Figures.Pixel(2 * LineChart.Width + Gap)} {Figures.Pixel(LineChart.Height)}"), With("role", "img"),
            Tag("title", "Loss and what sharing costs, by correlation of the tasks"),
            Tag("style", Style),
            Tag("rect", With("class", "ground"), With("width", "100%"), With("height", "100%")),
            Placed(losses, 0), Placed(ratio, LineChart.Width + Gap)));
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    private const string Style = """

        .ground{fill:#fff}text{font:11.5px system-ui,sans-serif;fill:#535b66}.grid line{stroke:#d9dde3}
        .series path{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}.series circle{fill:var(--c)}
        .dashed path{stroke-dasharray:6 4}.dotted path{stroke-dasharray:1.5 4}.muted path{stroke:#8a929c;stroke-width:1.3}
        .c0{--c:#0b5cad}.c1{--c:#8a3f97}.c2{--c:#b84300}.c3{--c:#00705a}

        """;

    private static CurvePoint[] Points(CorrelationBenchmarkResult.Point[] points, Func<CorrelationBenchmarkResult.Point, double> y) => [.. points.Select(p => new CurvePoint(p.Correlation, y(p)))];

    private static XElement Placed(XElement chart, double x)
    {
        chart.Add(With("x", Figures.Pixel(x)), With("width", Figures.Pixel(LineChart.Width)), With("height", Figures.Pixel(LineChart.Height)));
        var hue = 0;
        foreach (var group in chart.Elements("g").Where(g => g.Attribute("class")?.Value is { } c && c.StartsWith("series", StringComparison.Ordinal) && !c.Contains("muted", StringComparison.Ordinal)))
            group.SetAttributeValue("class", $"{group.Attribute("class")!.Value} c{hue++ % 4}");
        return chart;
    }
}
