using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>Bars across, one below the other, each with its name before and its value behind it.</summary>
public sealed class BarChart
{
    private const double Width = 360, Row = 24, Bar = 14, Letter = 6.6;
    private const int LongestName = 18;

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public required string Title { get; init; }

    /// <summary>What there is to see, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The bars: a name, how long (0 and more; NaN is none), and the value in words.</summary>
    public required IReadOnlyList<(string Name, double Length, string Value)> Bars { get; init; }

    /// <summary>The length that fills the width; null: the longest bar's.</summary>
    public double? Full { get; init; }

    /// <summary>The drawing as markup, in which all words are escaped.</summary>
    public string ToSvg()
    {
        var names = Bars.Select(b => b.Name.Length <= LongestName ? b.Name : b.Name[..(LongestName - 1)] + "…").ToList();
        var left = 8 + Letter * names.Select(n => n.Length).DefaultIfEmpty(0).Max();
        var right = Width - 10 - Letter * Bars.Select(b => b.Value.Length).DefaultIfEmpty(0).Max();
        var full = Full ?? Bars.Select(b => b.Length).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var group = Tag("g.bars");
        for (var i = 0; i < Bars.Count; i++)
        {
            var middle = Row * i + Row / 2;
            var length = full > 0 && Bars[i].Length > 0 ? Math.Clamp(Bars[i].Length / full, 0, 1) * (right - left) : 0;
            group.Add(LineChart.Words(left - 8, middle + 4, names[i], "end"));
            // what is more than nothing is never drawn as nothing
            if (length > 0)
                group.Add(Tag("rect", With("x", Figures.Pixel(left)), With("y", Figures.Pixel(middle - Bar / 2)), With("width", Figures.Pixel(Math.Max(1, length))), With("height", Figures.Pixel(Bar)), With("rx", "2")));
            group.Add(LineChart.Words(left + length + 6, middle + 4, Bars[i].Value, "start", "text.value"));
        }

        return Fragment(Tag("svg.plot", With("viewBox", $"0 0 {Figures.Pixel(Width)} {Figures.Pixel(Math.Max(1, Row * Bars.Count))}"), With("role", "img"), Tag("title", Title), Tag("desc", Description), group));
    }
}
