using System.Xml.Linq;
using Sundry.Training;

namespace Sundry.Tests.Training;

public class ChartTests
{
    [Fact]
    public void Bars_are_as_long_as_their_share_and_say_their_values()
    {
        var svg = Read(new BarChart { Title = "Events", Description = "By type", Bars = [("view", 100, "100"), ("cart", 25, "25"), ("return", 0, "0")] }.ToSvg());
        var widths = svg.Descendants("rect").Select(r => (double)r.Attribute("width")!).ToList();
        Assert.Equal(2, widths.Count);     // nothing is drawn as nothing
        Assert.Equal(4, widths[0] / widths[1], 0.02);
        Assert.Equal(["view", "100", "cart", "25", "return", "0"], svg.Descendants("text").Select(t => t.Value));
    }

    [Fact]
    public void Bars_stay_inside_of_the_drawing()
    {
        var svg = Read(new BarChart { Title = "t", Description = "d", Full = 1, Bars = [(new string('n', 80), 7, "700.00 %")] }.ToSvg());
        var bar = svg.Descendants("rect").Single();
        Assert.True((double)bar.Attribute("x")! + (double)bar.Attribute("width")! < 360);
    }

    [Fact]
    public void Words_of_a_chart_are_never_markup()
    {
        const string Evil = "<script>\"&'";
        string[] drawings =
        [
            new BarChart { Title = Evil, Description = Evil, Bars = [(Evil, 1, Evil)] }.ToSvg(),
            new Sparkline { Title = Evil, Values = [1, 2] }.ToSvg(),
            new LineChart { Title = Evil, Description = Evil, XLabel = Evil, YLabel = Evil, Series = [new Series(Evil, [new(0, 1), new(1, 2)], Hue: 3)] }.ToSvg(),
        ];
        Assert.All(drawings, d => Assert.DoesNotContain("<script", d, StringComparison.Ordinal));
        Assert.All(drawings, d => Assert.Equal(Evil, Read(d).Element("title")!.Value));
    }

    [Fact]
    public void A_sparkline_begins_at_zero_and_leaves_gaps()
    {
        var paths = Read(new Sparkline { Title = "t", Values = [0, 4, double.NaN, 2, 1] }.ToSvg()).Elements("path").Select(p => (string)p.Attribute("d")!).ToList();
        Assert.Equal(2, paths[1].Count(c => c == 'M'));
        Assert.StartsWith("M2 30L41 2M", paths[1], StringComparison.Ordinal);
        Assert.Equal(2, paths[0].Count(c => c == 'Z'));
        Assert.Empty(Read(new Sparkline { Title = "t", Values = [] }.ToSvg()).Elements("path"));
    }

    [Fact]
    public void A_series_may_have_a_colour_of_its_own()
    {
        var svg = Read(new LineChart { Title = "t", Description = "d", XLabel = "x", Series = [new Series("a", [new(0, 1), new(1, 2)], Hue: 2), new Series("b", [new(0, 3), new(1, 1)])] }.ToSvg());
        Assert.Equal(["series t2", "series"], svg.Elements("g").Select(g => (string?)g.Attribute("class")).Where(c => c!.StartsWith("series", StringComparison.Ordinal)));
        Assert.Equal(["t2", null], svg.Descendants("text").Where(t => t.Value is "a" or "b").OrderBy(t => t.Value).Select(t => (string?)t.Attribute("class")));
    }

    private static XElement Read(string svg) => XElement.Parse(svg);
}
