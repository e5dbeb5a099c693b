using System.Globalization;
using System.Text.RegularExpressions;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>The colours' contrast by the formula of WCAG 2: 4.5 to 1 for text.</summary>
public partial class StyleSheetTests
{
    private static readonly Dictionary<string, string> Light = Variables(StyleSheet.Text[..StyleSheet.Text.IndexOf("@media", StringComparison.Ordinal)]);
    private static readonly Dictionary<string, string> Dark = Variables(StyleSheet.Text[StyleSheet.Text.IndexOf("@media", StringComparison.Ordinal)..StyleSheet.Text.IndexOf("*{", StringComparison.Ordinal)]);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>
            {
                { "ink", "ground" }, { "ink", "card" }, { "soft", "ground" }, { "soft", "card" }, { "accent", "ground" }, { "accent", "card" },
                { "gain", "gain-ground" }, { "loss", "loss-ground" }, { "same", "same-ground" }, { "gain", "ground" }, { "loss", "ground" },
            };
            for (int t = 0; t < StyleSheet.Hues; t++) pairs.Add($"t{t}", "ground");
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_keeps_its_contrast_in_both_modes(string text, string ground)
    {
        Assert.True(Contrast(Colour(Light[text]), Colour(Light[ground])) >= 4.5, $"light {text} on {ground}");
        Assert.True(Contrast(Colour(Dark[text]), Colour(Dark[ground])) >= 4.5, $"dark {text} on {ground}");
    }

    [Fact]
    public void Numbers_stay_readable_on_the_deepest_shade_of_a_heat_map()
    {
        foreach (var (mode, colour) in from mode in new[] { Light, Dark } from colour in new[] { "heat", "chill" } select (mode, colour))
        {
            double depth = double.Parse(mode["depth"], CultureInfo.InvariantCulture);
            double[] heat = [.. mode[colour].Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            double[] ground = Colour(mode["ground"]);
            double[] shade = [.. heat.Select((value, i) => depth * value + (1 - depth) * ground[i])];
            Assert.True(Contrast(Colour(mode["ink"]), shade) >= 4.5);
        }
    }

    private static Dictionary<string, string> Variables(string css)
    {
        var result = new Dictionary<string, string>();
        foreach (Match match in Variable().Matches(css)) result[match.Groups[1].Value] = match.Groups[2].Value;
        foreach (Match match in Hue().Matches(css)) result[match.Groups[1].Value] = match.Groups[2].Value;
        return result;
    }

    private static double[] Colour(string hex)
    {
        hex = hex.TrimStart('#');
        if (hex.Length == 3) hex = string.Concat(hex.Select(c => new string(c, 2)));
        return [.. Enumerable.Range(0, 3).Select(i => (double)Convert.ToInt32(hex.Substring(2 * i, 2), 16))];
    }

    private static double Contrast(double[] a, double[] b)
    {
        double first = Luminance(a), second = Luminance(b);
        return (Math.Max(first, second) + .05) / (Math.Min(first, second) + .05);
    }

    private static double Luminance(double[] colour)
    {
        double[] linear = [.. colour.Select(c => c / 255 <= .04045 ? c / 255 / 12.92 : Math.Pow((c / 255 + .055) / 1.055, 2.4))];
        return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2];
    }

    [GeneratedRegex(@"--([a-z-]+):([^;}]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\.(t\d)\{--c:([^}]+)\}")]
    private static partial Regex Hue();
}
