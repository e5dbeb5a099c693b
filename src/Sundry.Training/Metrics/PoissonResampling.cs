namespace Sundry.Training;

/// <summary>
/// How often each row is drawn in one resample of the bootstrap: independent Poisson(1) counts, the limit of drawing n
/// of n rows with replacement (Chamandy et al., "Estimating Uncertainty for Massive Data Streams", 2012). A count costs
/// a nanosecond and no row is ever looked up at random.
/// </summary>
internal static class PoissonResampling
{
    // 65536 equally likely words, each with its count: P(0) = e⁻¹ becomes 24109 of them
    private static readonly byte[] CountOfWord = FillTable();

    /// <summary>Draws the counts; the same seed and resample draw the same counts.</summary>
    public static void Draw(Span<byte> counts, ulong seed, int resample)
    {
        // two rounds of mixing keep the streams of neighbouring seeds and resamples apart
        ulong state = Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ ((ulong)resample * 0xD1B54A32D192ED03));
        var table = CountOfWord;
        int i = 0;
        for (; i + 4 <= counts.Length; i += 4)
        {
            ulong word = Mix(state += 0x9E3779B97F4A7C15);
            counts[i] = table[(ushort)word];
            counts[i + 1] = table[(ushort)(word >> 16)];
            counts[i + 2] = table[(ushort)(word >> 32)];
            counts[i + 3] = table[(ushort)(word >> 48)];
        }

        for (ulong word = Mix(state + 0x9E3779B97F4A7C15); i < counts.Length; i++, word >>= 16)
            counts[i] = table[(ushort)word];
    }

    /// <summary>SplitMix64's output function (Steele, Lea and Flood, 2014).</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static byte[] FillTable()
    {
        var table = new byte[65536];
        double probability = Math.Exp(-1), cumulative = probability;
        int word = 0;
        for (byte count = 0; word < table.Length; count++, probability /= count, cumulative += probability)
        {
            int end = (int)Math.Round(cumulative * table.Length);
            // the tail beyond what 16 bits can tell apart goes to the last count that still has a word
            if (count > 0 && end == word) end = table.Length;
            while (word < end) table[word++] = count;
        }

        return table;
    }
}
