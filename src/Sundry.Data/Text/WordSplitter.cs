using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>
/// Cuts a text into words as BERT's uncased models do: control characters dropped, lower case, accents stripped, every punctuation mark and every Chinese character a word
/// of its own (Devlin et al., NAACL 2019; the released <c>BasicTokenizer</c>). Not for use by several threads at once.
/// </summary>
internal sealed class WordSplitter
{
    private static readonly Rune s_sigma = new('Σ');
    private static readonly Rune s_finalSigma = new('ς');

    private readonly List<Rune> _runes = [];
    private readonly List<Rune> _base = [];

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text as UTF-8; what is no UTF-8 is skipped.</param>
    /// <param name="into">Receives the words, and nothing else.</param>
    public void Split(ReadOnlySpan<byte> text, TokenList into)
    {
        into.Clear();
        if (Ascii.IsValid(text)) SplitAscii(text, into);
        else SplitRunes(text, into);
        into.EndWord();
    }

    private static void SplitAscii(ReadOnlySpan<byte> text, TokenList into)
    {
        foreach (byte b in text)
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') into.EndWord();
            else if (char.IsAsciiLetterOrDigit((char)b)) into.Append(new Rune(char.ToLowerInvariant((char)b)));
            else if (b is > 32 and < 127) AppendAlone(new Rune(b), into);
        }
    }

    private void SplitRunes(ReadOnlySpan<byte> text, TokenList into)
    {
        Decode(text);
        for (int i = 0; i < _runes.Count; i++)
        {
            var rune = _runes[i];
            if (IsSpace(rune))
            {
                into.EndWord();
                continue;
            }

            bool alone = IsChinese(rune.Value);
            if (alone) into.EndWord();
            _base.Clear();
            if (rune == s_sigma && IsFinal(i)) _base.Add(s_finalSigma);
            else Decompositions.AppendBase(rune, _base);
            foreach (var part in _base)
            {
                if (Rune.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark) continue;
                var lower = Rune.ToLowerInvariant(part);
                if (IsPunctuation(lower)) AppendAlone(lower, into);
                else if (IsSpace(lower)) into.EndWord();
                else into.Append(lower);
            }

            if (alone) into.EndWord();
        }
    }

    private void Decode(ReadOnlySpan<byte> text)
    {
        _runes.Clear();
        while (!text.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(text, out var rune, out int length) == System.Buffers.OperationStatus.Done;
            text = text[length..];
            if (valid && rune.Value is not (0 or 0xFFFD) && !IsControl(rune)) _runes.Add(rune);
        }
    }

    // a capital sigma ends a word where a letter comes before it and none after it
    private bool IsFinal(int at)
    {
        int before = at - 1;
        while (before >= 0 && IsIgnorable(_runes[before])) before--;
        int after = at + 1;
        while (after < _runes.Count && IsIgnorable(_runes[after])) after++;
        return before >= 0 && IsCased(_runes[before]) && (after == _runes.Count || !IsCased(_runes[after]));
    }

    private static bool IsIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x2019;

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static void AppendAlone(Rune rune, TokenList into)
    {
        into.EndWord();
        into.Append(rune);
        into.EndWord();
    }

    private static bool IsSpace(Rune rune) => rune.Value is ' ' or '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsChinese(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
