namespace Sundry.Data;

/// <summary>Finds out from a text's first lines what stands between fields.</summary>
internal static class DelimiterSniffer
{
    private const int Lines = 5;

    /// <summary>Comma, tab, semicolon or bar: the one that every one of the first lines holds equally often, else the most frequent; a comma where there is none.</summary>
    public static byte Detect(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> candidates = ",\t;|"u8;
        byte best = (byte)',';
        long bestScore = 0;
        foreach (byte candidate in candidates)
        {
            long score = Score(text, candidate);
            if (score <= bestScore) continue;
            bestScore = score;
            best = candidate;
        }

        return best;
    }

    private static long Score(ReadOnlySpan<byte> text, byte delimiter)
    {
        long first = -1;
        long count = 0;
        int lines = 0;
        bool quoted = false;
        bool equal = true;
        foreach (byte b in text)
        {
            if (b == (byte)'"') quoted = !quoted;
            else if (quoted) continue;
            else if (b == delimiter) count++;
            else if (b == (byte)'\n')
            {
                if (first < 0) first = count;
                else if (count != first) equal = false;
                count = 0;
                if (++lines == Lines) break;
            }
        }

        if (first < 0) first = count;
        return first == 0 ? 0 : first + (equal ? 1L << 32 : 0);
    }
}
