using System.Globalization;

namespace Sundry.Data;

/// <summary>A value that a field is compared with: a number where its text is one, else a text.</summary>
public sealed class RowValue
{
    private readonly double? _number;

    /// <summary>Reads a value.</summary>
    /// <param name="text">The value, without quotes.</param>
    /// <param name="quoted">Whether quotes stood around it.</param>
    public RowValue(string text, bool quoted = false)
    {
        (Text, IsQuoted) = (text, quoted);
        _number = TryNumber(text, out double number) ? number : null;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether quotes stood around it.</summary>
    public bool IsQuoted { get; }

    /// <summary>The number that the text is, or null.</summary>
    public double? Number => _number;

    /// <summary>Whether a text is a finite number, such as 3, -1.5 or 1e3, and which.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Whether a field that stands alone is meant: one that is not empty, 0, false or no.</summary>
    public static bool SaysYes(ReadOnlySpan<char> field) =>
        !field.IsEmpty && !field.Equals("false", StringComparison.OrdinalIgnoreCase) && !field.Equals("no", StringComparison.OrdinalIgnoreCase) && !(TryNumber(field, out double number) && number == 0);

    /// <summary>The sign of value − field; null where the value is a number and the field is none.</summary>
    public int? CompareTo(ReadOnlySpan<char> field)
    {
        if (_number is not { } number) return Text.AsSpan().CompareTo(field, StringComparison.Ordinal);
        return TryNumber(field, out double other) ? number.CompareTo(other) : null;
    }
}
