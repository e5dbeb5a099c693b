using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sundry.Data;

/// <summary>Reads numbers: an optional sign, digits with a point, an optional exponent. A number in data is a float32 from here on.</summary>
internal static class NumberText
{
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];

    /// <summary>Reads a number; false where the text is none, is infinite, or is too large for a float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out float number)
    {
        bool read = TryParseDouble(text, out double value);
        number = (float)value;
        return read && float.IsFinite(number);
    }

    /// <summary>Reads a number as a float64; false where the text is none or is infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double number)
    {
        // up to 15 digits make an integer that a double holds exactly, and one division by a power of ten rounds correctly
        int at = 0;
        bool negative = false;
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+'))
        {
            negative = text[0] == '-';
            at = 1;
        }

        long digits = 0;
        int count = 0;
        int point = -1;
        if (text.Length <= 17)
        {
            for (; at < text.Length; at++)
            {
                int digit = text[at] - '0';
                if ((uint)digit <= 9)
                {
                    digits = digits * 10 + digit;
                    count++;
                }
                else if (text[at] == '.' && point < 0)
                {
                    point = count;
                }
                else
                {
                    break;
                }
            }

            if (at == text.Length && count is > 0 and <= 15)
            {
                number = digits;
                if (point >= 0) number /= Powers[count - point];
                if (negative) number = -number;
                return true;
            }
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
