using System.Globalization;

namespace Sundry.Data;

/// <summary>A part of a whole, 0 to 1; written <c>10%</c> or <c>0.1</c>.</summary>
/// <param name="Value">The part, 0 to 1.</param>
public readonly record struct Share(double Value)
{
    /// <summary>Reads <c>10%</c> or <c>0.1</c>; false where the text is neither, or lies outside 0 to 1.</summary>
    public static bool TryParse(string text, out Share share)
    {
        share = default;
        text = text.Trim();
        if (text.EndsWith('%'))
        {
            // decimal, so that 7% and 0.07 are the same number
            if (!decimal.TryParse(text.AsSpan(0, text.Length - 1).TrimEnd(), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)) return false;
            if (percent is < 0 or > 100) return false;
            share = new Share((double)(percent / 100));
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double part) || part is not (>= 0 and <= 1)) return false;
        share = new Share(part);
        return true;
    }

    /// <summary>The percentage, <c>10%</c>; a bare number where no short percentage is exactly this part.</summary>
    public override string ToString()
    {
        var text = ((decimal)Value * 100).ToString("0.############", CultureInfo.InvariantCulture) + "%";
        return TryParse(text, out var same) && same.Value == Value ? text : Value.ToString("R", CultureInfo.InvariantCulture);
    }
}
