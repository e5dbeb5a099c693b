namespace Sundry.Data;

/// <summary>
/// Reads points in time: <c>2024-12-31</c>, with or without a time of day (<c>T</c> or a space before it, seconds and fractions optional, <c>Z</c> or an offset
/// after it), with <c>/</c> for <c>-</c>; <c>31.12.2024</c>; <c>12/31/2024</c>; <c>20241231</c>; seconds (10 digits) or milliseconds (13 digits) since 1970. Without an offset the time is taken as UTC.
/// </summary>
public static class TimeText
{
    /// <summary>What <see cref="TryParse"/> reads, for messages.</summary>
    public const string Forms = "2024-12-31, 2024-12-31 23:59:59, 12/31/2024, 31.12.2024 or seconds since 1970";

    /// <summary>Reads a time as milliseconds since 1970 in UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        int at = 0;
        if (!Digits(text, ref at, out long first, out int width)) return false;
        if (at == text.Length || (text[at] == '.' && width >= 9)) return FromDigits(text, first, width, at, out milliseconds);
        byte mark = text[at];
        if (mark is not ((byte)'-' or (byte)'/' or (byte)'.')) return false;
        at++;
        if (!Digits(text, ref at, out long second, out int secondWidth) || secondWidth > 2 || at == text.Length || text[at] != mark) return false;
        at++;
        if (!Digits(text, ref at, out long third, out int thirdWidth)) return false;
        long year, month, day;
        if (width == 4 && mark != '.') (year, month, day) = (first, second, third);
        else if (thirdWidth == 4 && width <= 2 && mark == '.') (day, month, year) = (first, second, third);
        else if (thirdWidth == 4 && width <= 2 && mark == '/') (month, day, year) = (first, second, third);
        else return false;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return false;
        milliseconds = (new DateTime((int)year, (int)month, (int)day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        return at == text.Length || TimeOfDay(text[at..], ref milliseconds);
    }

    private static bool FromDigits(ReadOnlySpan<byte> text, long digits, int width, int at, out long milliseconds)
    {
        milliseconds = 0;
        if (width == 8 && at == text.Length)
        {
            Span<byte> date = stackalloc byte[10];
            text[..4].CopyTo(date);
            text[4..6].CopyTo(date[5..]);
            text[6..8].CopyTo(date[8..]);
            date[4] = date[7] = (byte)'-';
            return TryParse(date, out milliseconds);
        }

        // a fraction of a second since 1970 is read and left out
        for (int i = at + 1; i < text.Length; i++)
            if (!char.IsAsciiDigit((char)text[i])) return false;
        if (width is 9 or 10) milliseconds = digits * 1000;
        else if (width is 12 or 13) milliseconds = digits;
        else return false;
        return true;
    }

    private static bool TimeOfDay(ReadOnlySpan<byte> text, ref long milliseconds)
    {
        if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        int at = 1;
        if (!Digits(text, ref at, out long hour, out int width) || width > 2 || hour > 24 || at == text.Length || text[at++] != ':') return false;
        if (!Digits(text, ref at, out long minute, out width) || width != 2 || minute > 59) return false;
        milliseconds += (hour * 60 + minute) * 60_000;
        if (at < text.Length && text[at] == ':')
        {
            at++;
            // 60 is a leap second
            if (!Digits(text, ref at, out long second, out width) || width != 2 || second > 60) return false;
            milliseconds += second * 1000;
            if (at < text.Length && text[at] is (byte)'.' or (byte)',')
            {
                at++;
                if (!Digits(text, ref at, out long fraction, out width)) return false;
                for (; width < 3; width++) fraction *= 10;
                for (; width > 3; width--) fraction /= 10;
                milliseconds += fraction;
            }
        }

        while (at < text.Length && text[at] == ' ') at++;
        return at == text.Length || Offset(text[at..], ref milliseconds);
    }

    private static bool Offset(ReadOnlySpan<byte> text, ref long milliseconds)
    {
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        if (text.SequenceEqual("UTC"u8)) return true;
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        int at = 1;
        if (!Digits(text, ref at, out long hours, out int width)) return false;
        long minutes = 0;
        if (width == 4 && at == text.Length) (hours, minutes) = (hours / 100, hours % 100);
        else if (width != 2) return false;
        else if (at < text.Length && (text[at++] != ':' || !Digits(text, ref at, out minutes, out width) || width != 2 || at != text.Length)) return false;
        if (hours > 18 || minutes > 59) return false;
        milliseconds -= (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int at, out long number, out int width)
    {
        int start = at;
        number = 0;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]) && at - start < 18; at++) number = number * 10 + (text[at] - '0');
        width = at - start;
        return width > 0;
    }
}
