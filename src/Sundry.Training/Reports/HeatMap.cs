using System.Globalization;
using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>A table whose cells are shaded by their number, which stands in them too: colour alone never says anything.</summary>
internal static class HeatMap
{
    /// <summary>A cell; its shade reaches full at <paramref name="full"/>. Below 0 it is of the other colour.</summary>
    /// <param name="value">The number.</param>
    /// <param name="full">A number above 0.</param>
    /// <param name="content">What stands in the cell, the number in words first.</param>
    public static XElement Cell(double value, double full, params object?[] content) =>
        double.IsNaN(value) ? Tag("td.n.blank", "·") : Tag(value < 0 ? "td.n.heat.below" : "td.n.heat", Shade(value, full), content);

    /// <summary>What the colours mean: the numbers from −<paramref name="full"/> over 0 in the middle to <paramref name="full"/>.</summary>
    /// <param name="full">A number above 0.</param>
    /// <param name="words">A number as the cells write it.</param>
    /// <param name="below">What numbers below 0 mean.</param>
    /// <param name="above">What numbers above 0 mean.</param>
    public static XElement Scale(double full, Func<double, string> words, string below, string above) => Scale(
        [-full, -full / 2, 0, full / 2, full], full, words, $"Colour scale from {words(-full)}, {below}, over 0 to {words(full)}, {above}", below + " ←", "→ " + above);

    /// <summary>What the colours mean: the numbers from 0 to <paramref name="full"/>.</summary>
    /// <param name="full">A number above 0.</param>
    /// <param name="words">A number as the cells write it.</param>
    /// <param name="above">What the greatest number means.</param>
    public static XElement Scale(double full, Func<double, string> words, string above) =>
        Scale([0, full / 2, full], full, words, $"Colour scale from 0 to {words(full)}, {above}", "", "→ " + above);

    private static XElement Scale(double[] values, double full, Func<double, string> words, string description, string low, string high) => Tag("p.scale",
        With("role", "img"), With("aria-label", description),
        low.Length > 0 ? Tag("small", low) : null,
        values.Select(value => Tag(value < 0 ? "span.heat.below" : "span.heat", Shade(value, full), words(value))),
        Tag("small", high));

    private static XAttribute Shade(double value, double full) =>
        With("style", "--v:" + Math.Clamp(Math.Abs(value) / full, 0, 1).ToString("0.##", CultureInfo.InvariantCulture));
}
