using System.Globalization;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>What is tried for one setting: a list of values, or a range.</summary>
/// <param name="Path">The setting, as in <c>--set</c>: <c>training.learning_rate</c>.</param>
/// <param name="Values">The values, in YAML; empty for a range.</param>
/// <param name="Low">The range's lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Logarithmic">Whether it is drawn from by ratio.</param>
/// <param name="Whole">Whether only whole numbers are drawn.</param>
public sealed record SearchDimension(string Path, IReadOnlyList<string> Values, double Low = 0, double High = 0, bool Logarithmic = false, bool Whole = false)
{
    private const string Between = "..";

    /// <summary>Whether it is a range rather than a list.</summary>
    public bool IsRange => Values.Count == 0;

    /// <summary>Reads <c>a,b,[16, 8]</c> or <c>1e-4..1e-2:log</c>.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="texts">The text, or several that each hold values.</param>
    /// <exception cref="InputException">There is nothing to try, or the range is none.</exception>
    public static SearchDimension Parse(string path, IReadOnlyList<string> texts)
    {
        string[] parts = [.. texts.SelectMany(Split).Where(p => p.Length > 0)];
        if (parts.Length == 0) throw Wrong(path, "there is nothing to try; write values such as a,b or a range such as 1e-4..1e-2:log");
        if (parts is [var only] && only.Contains(Between, StringComparison.Ordinal) && (char.IsAsciiDigit(only[0]) || only[0] is '-' or '.' or '+')) return Range(path, only);
        var twice = parts.GroupBy(p => p, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Wrong(path, $"'{twice.Key}' is there twice; remove one");
        return new(path, parts);
    }

    /// <summary>The value at a place between 0 and 1, in YAML.</summary>
    public string At(double place)
    {
        if (!IsRange) return Values[Math.Min((int)(place * Values.Count), Values.Count - 1)];
        // each whole number gets an equal share of a linear range
        if (Whole && !Logarithmic) return Math.Min(Low + Math.Floor(place * (High - Low + 1)), High).ToString("R", CultureInfo.InvariantCulture);
        var value = Logarithmic ? Low * Math.Pow(High / Low, place) : Low + place * (High - Low);
        if (Whole) return Math.Clamp(Math.Round(value), Low, High).ToString("R", CultureInfo.InvariantCulture);
        // three digits are as fine as a search can tell apart, and can be read
        var rounded = double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(rounded, Low, High).ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
    }

    /// <summary>What is tried, as it can be read again.</summary>
    public override string ToString() => IsRange
        ? $"{Figure(Low)}{Between}{Figure(High)}{(Logarithmic ? ":log" : "")}{(Whole ? ":int" : "")}"
        : string.Join(", ", Values);

    internal static InputException Wrong(string path, string message) => new($"--try {path}: {message}");

    private static SearchDimension Range(string path, string text)
    {
        var words = text.Split(':');
        foreach (var word in words[1..])
            if (word is not ("log" or "int"))
                throw Wrong(path, $"'{word}' behind the range is neither log nor int{NearestName.Ask(word, ["log", "int"])}");
        var ends = words[0].Split(Between);
        if (ends.Length != 2 || !Number(ends[0], out var low) || !Number(ends[1], out var high))
            throw Wrong(path, $"'{words[0]}' is no range; write two numbers with '..' between them, such as 1e-4..1e-2");
        bool logarithmic = words.Contains("log"), whole = words.Contains("int");
        if (!(low < high)) throw Wrong(path, $"the range {words[0]} is empty; write the smaller end first");
        if (logarithmic && low <= 0) throw Wrong(path, $"a logarithmic range has both ends above 0, and {words[0]} does not; raise the lower end or remove ':log'");
        if (whole && (low != Math.Truncate(low) || high != Math.Truncate(high))) throw Wrong(path, $"the ends of {words[0]}:int are not whole numbers; write such as 2..8:int");
        return new(path, [], low, high, logarithmic, whole);
    }

    // commas inside brackets, braces and quotes belong to a value
    private static IEnumerable<string> Split(string text)
    {
        int depth = 0, start = 0;
        var quote = '\0';
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0 && quote == '\0'))
            {
                yield return text[start..i].Trim();
                start = i + 1;
                continue;
            }

            var c = text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c is '[' or '{') depth++;
            else if (c is ']' or '}') depth--;
        }
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string Figure(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
