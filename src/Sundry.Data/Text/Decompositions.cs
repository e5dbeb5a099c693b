using System.Text;

namespace Sundry.Data;

/// <summary>
/// What is left of a character without its accents: its canonical decomposition (Unicode 15) without nonspacing marks. The program runs without the system's tables of
/// languages, so that it reads the same text the same way everywhere.
/// </summary>
internal static class Decompositions
{
    private const int HangulFirst = 0xAC00;
    private const int HangulCount = 11172;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Dictionary<int, string> s_bases = Load();

    /// <summary>Appends a character's base; the character itself where it has no other.</summary>
    public static void AppendBase(Rune rune, List<Rune> into)
    {
        int hangul = rune.Value - HangulFirst;
        if ((uint)hangul < HangulCount)
        {
            into.Add(new Rune(0x1100 + hangul / (Vowels * Tails)));
            into.Add(new Rune(0x1161 + hangul % (Vowels * Tails) / Tails));
            if (hangul % Tails > 0) into.Add(new Rune(0x11A7 + hangul % Tails));
        }
        else if (s_bases.TryGetValue(rune.Value, out var text))
        {
            foreach (var part in text.EnumerateRunes()) into.Add(part);
        }
        else
        {
            into.Add(rune);
        }
    }

    // one line a character: the character, then its base
    private static Dictionary<int, string> Load()
    {
        using var stream = typeof(Decompositions).Assembly.GetManifestResourceStream("Sundry.Data.Text.Decompositions.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var bases = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            _ = Rune.TryGetRuneAt(line, 0, out var rune);
            bases.Add(rune.Value, line[rune.Utf16SequenceLength..]);
        }

        return bases;
    }
}
