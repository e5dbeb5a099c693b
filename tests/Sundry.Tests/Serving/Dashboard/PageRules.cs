using System.Text.RegularExpressions;

namespace Sundry.Tests.Serving;

/// <summary>What every page holds to, so that it can be used by ear, by keyboard and under a strict policy.</summary>
internal static partial class PageRules
{
    public static void Hold(string page, string name)
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.True(Regex.Count(page, "<h1[ >]") == 1, $"{name} has not one heading");
        Assert.Contains("<main id=\"main\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"skip\" href=\"#main\"", page, StringComparison.Ordinal);
        Assert.False(Inline().IsMatch(page), $"{name} has a style or script of its own: {Inline().Match(page).Value}");
        foreach (Match table in Table().Matches(page))
        {
            Assert.Contains("<caption>", table.Value, StringComparison.Ordinal);
            Assert.False(Regex.IsMatch(table.Value, "<th(?![^>]*scope)(?!ead)[ >]"), $"{name} has a head without a scope");
        }

        foreach (Match drawing in Drawing().Matches(page)) Assert.Matches("role=\"img\".*<title>[^<]+</title>", drawing.Value.ReplaceLineEndings(" "));
        foreach (Match image in Image().Matches(page)) Assert.Contains(" alt", image.Value, StringComparison.Ordinal);
        foreach (Match field in Field().Matches(page))
        {
            if (field.Value.Contains("type=\"hidden\"", StringComparison.Ordinal)) continue;
            var id = Regex.Match(field.Value, " id=\"([^\"]+)\"").Groups[1].Value;
            Assert.True(id.Length > 0 && page.Contains($"<label for=\"{id}\"", StringComparison.Ordinal) || page.Contains($"for=\"{id}\"", StringComparison.Ordinal), $"{name} has a field without a label: {field.Value}");
        }

        var ids = Regex.Matches(page, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (Match by in Regex.Matches(page, "aria-(?:labelledby|describedby)=\"([^\"]+)\"")) Assert.Contains(by.Groups[1].Value, ids);
    }

    [GeneratedRegex("<script(?![^>]*src=)|<style| style=\"| on[a-z]+=\"|javascript:")]
    private static partial Regex Inline();

    [GeneratedRegex("<table.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<img[^>]*>")]
    private static partial Regex Image();

    [GeneratedRegex("<(?:input|select|textarea)[^>]*>")]
    private static partial Regex Field();
}
