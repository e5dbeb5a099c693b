using System.Text;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>A line as small as a word: how something went, without axes. It begins at 0 and ends at its greatest value.</summary>
public sealed class Sparkline
{
    private const double Width = 160, Height = 32, Margin = 2;

    /// <summary>What the line shows, for those who do not see it.</summary>
    public required string Title { get; init; }

    /// <summary>The values in their order; a NaN leaves a gap.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The drawing as markup, in which all words are escaped.</summary>
    public string ToSvg()
    {
        var greatest = Values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var (line, under) = (new StringBuilder(), new StringBuilder());
        var floor = Figures.Pixel(Height - Margin);
        string? last = null;
        for (var i = 0; i < Values.Count; i++)
        {
            if (!double.IsFinite(Values[i]))
            {
                Close();
                continue;
            }

            var x = Figures.Pixel(Margin + (Width - 2 * Margin) * i / Math.Max(1, Values.Count - 1));
            var y = Figures.Pixel(Height - Margin - (greatest > 0 ? Math.Max(0, Values[i]) / greatest * (Height - 2 * Margin) : 0));
            line.Append(last is null ? 'M' : 'L').Append(x).Append(' ').Append(y);
            under.Append(last is null ? $"M{x} {floor}L" : "L").Append(x).Append(' ').Append(y);
            last = x;
        }

        Close();
        return Fragment(Tag("svg.spark", With("viewBox", $"0 0 {Figures.Pixel(Width)} {Figures.Pixel(Height)}"), With("role", "img"), With("preserveAspectRatio", "none"), Tag("title", Title),
            line.Length == 0 ? null : Tag("path.under", With("d", under.ToString())), line.Length == 0 ? null : Tag("path", With("d", line.ToString()))));

        void Close()
        {
            if (last is not null) under.Append('L').Append(last).Append(' ').Append(floor).Append('Z');
            last = null;
        }
    }
}
