using System.Buffers;
using System.Globalization;

namespace Sundry.Data;

/// <summary>What a sample says of a column: what its values could be, and how they are spread.</summary>
internal sealed class ColumnProfile
{
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789."u8);

    private ColumnProfile(ColumnSample sample) => Sample = sample;

    public ColumnSample Sample { get; }

    public string Name => Sample.Name;

    public int Rows => Sample.Rows;

    /// <summary>Rows that hold a value.</summary>
    public int Present { get; private set; }

    public int Missing => Rows - Present;

    /// <summary>Different values; what is missing is none.</summary>
    public int Distinct { get; private set; }

    /// <summary>The different values' numbers in <see cref="Sample"/>, the most frequent first, ties in order of appearance.</summary>
    public int[] Values { get; private set; } = [];

    /// <summary>How many rows hold each text of <see cref="Sample"/>.</summary>
    public int[] Counts { get; private set; } = [];

    /// <summary>Whether every value is a number.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Where all but a few rows hold numbers: the other texts, at most three different ones.</summary>
    public IReadOnlyList<string> Exceptions { get; private set; } = [];

    /// <summary>Whether every number is whole.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether a number is written with a zero before its digits, as codes are.</summary>
    public bool HasLeadingZeros { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether every value is a point in time.</summary>
    public bool IsTime { get; private set; }

    /// <summary>Whether the points in time are written as nothing but digits, which are more often something else.</summary>
    public bool IsTimeInDigits { get; private set; }

    /// <summary>Whether all points in time lie between 1990 and 2040, as few numbers do that are none.</summary>
    public bool IsRecentTime { get; private set; }

    /// <summary>Mean number of words in a row's value.</summary>
    public double Words { get; private set; }

    /// <summary>Mean number of characters in a row's value.</summary>
    public double Length { get; private set; }

    public static ColumnProfile Of(ColumnSample sample, IReadOnlyList<string> missing)
    {
        var texts = new MissingTexts(missing);
        var counts = sample.Counts();
        var profile = new ColumnProfile(sample) { Counts = counts };
        var values = Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0 && !texts.Contains(sample.Bytes(code))).ToArray();
        Array.Sort(Array.ConvertAll(values, code => (-(long)counts[code] << 32) + code), values);
        profile.Values = values;
        profile.Distinct = values.Length;
        foreach (int code in values) profile.Present += counts[code];
        profile.LookAtNumbers([.. sample.Odd.Where(text => !missing.Contains(text, StringComparer.Ordinal))]);
        profile.LookAtTimes();
        profile.LookAtTexts();
        return profile;
    }

    /// <summary>Whether the column is one of times: written as dates, or as digits that by their name or their spread are no mere numbers.</summary>
    public bool IsDate => IsTime && (!IsTimeInDigits || ColumnWords.IsTime(Name) || (IsRecentTime && Distinct >= 20 && ColumnWords.IsCode(Name) is null));

    /// <summary>The most frequent values and how often they stand, as <c>red (40 %), blue (12 %)</c>.</summary>
    public string Top(int values) => string.Join(", ", Values.Take(values).Select(code => $"{Short(Sample.Text(code))} ({Percent(Counts[code], Present)})"));

    /// <summary>A share as people read it: <c>12 %</c>, <c>0.3 %</c>.</summary>
    public static string Percent(long part, long whole)
    {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        var digits = percent is 0 or >= 9.95 and <= 90 ? "0" : percent is > 99.9 and < 100 or < 0.1 ? "0.0##" : "0.#";
        return percent.ToString(digits, CultureInfo.InvariantCulture) + " %";
    }

    private static string Short(string text) => text.Length <= 24 ? text : text[..23] + "…";

    private void LookAtNumbers(IReadOnlyList<string> odd)
    {
        IsWhole = true;
        var exceptions = new List<string>();
        int others = 0;
        foreach (int code in Values)
        {
            var text = Sample.Bytes(code);
            // a number in data is a float32: what is too large for one is none
            if (!NumberText.TryParse(text, out _) || !NumberText.TryParseDouble(text, out double number))
            {
                others += Counts[code];
                if (exceptions.Count < 4) exceptions.Add(Sample.Text(code));
                if (exceptions.Count == 4) break;
                continue;
            }

            IsWhole &= number == Math.Truncate(number);
            HasLeadingZeros |= text.Length > 1 && text[0] == '0' && char.IsAsciiDigit((char)text[1]);
            Least = Math.Min(Least, number);
            Most = Math.Max(Most, number);
        }

        foreach (var text in odd)
            if (!exceptions.Contains(text)) exceptions.Add(text);
        IsNumber = exceptions.Count == 0 && Distinct > 0;
        // a text with digits in it, such as 10+, says more than that there is no number
        if (exceptions.Count is > 0 and < 4 && others < Present * 0.5 && Distinct - exceptions.Count >= 10 && !exceptions.Exists(text => text.Any(char.IsAsciiDigit))) Exceptions = exceptions;
        IsWhole &= Least <= Most;
    }

    private void LookAtTimes()
    {
        IsTime = Distinct > 0;
        IsTimeInDigits = IsRecentTime = true;
        var (first, last) = (new DateTime(1970, 1, 2), new DateTime(2100, 1, 1));
        foreach (int code in Values)
        {
            var text = Sample.Bytes(code);
            bool digits = !text.ContainsAnyExcept(s_digits);
            IsTimeInDigits &= digits;
            if (!TimeText.TryParse(text, out long milliseconds))
            {
                IsTime = false;
                return;
            }

            var time = DateTime.UnixEpoch.AddMilliseconds(milliseconds);
            if (digits && (time < first || time > last)) IsTime = false;
            IsRecentTime &= time.Year is >= 1990 and <= 2040;
        }
    }

    private void LookAtTexts()
    {
        double words = 0;
        double length = 0;
        foreach (int code in Values)
        {
            var text = Sample.Bytes(code);
            words += (1 + text.Count((byte)' ')) * (double)Counts[code];
            length += text.Length * (double)Counts[code];
        }

        Words = Present == 0 ? 0 : words / Present;
        Length = Present == 0 ? 0 : length / Present;
    }
}
