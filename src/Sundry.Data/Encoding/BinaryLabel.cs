using System.Text;

namespace Sundry.Data;

/// <summary>
/// Which texts of a binary label are positive: those that the configuration names (as text, or as the same number: 1 and 1.0), every other being negative; where it
/// names none, 1, true, yes, y and t against 0, false, no, n and f.
/// </summary>
internal sealed class BinaryLabel
{
    private readonly byte[][] _positive;
    private readonly double[] _numbers;

    public BinaryLabel(IReadOnlyList<string> positive)
    {
        _positive = new byte[positive.Count][];
        _numbers = new double[positive.Count];
        for (int i = 0; i < _positive.Length; i++)
        {
            _positive[i] = Encoding.UTF8.GetBytes(positive[i]);
            if (!NumberText.TryParseDouble(_positive[i], out _numbers[i])) _numbers[i] = double.NaN;
        }
    }

    /// <summary>1, 0, or -1 where the text is neither.</summary>
    public int Read(ReadOnlySpan<byte> text)
    {
        if (_positive.Length == 0) return ReadWord(text);
        foreach (var positive in _positive)
            if (text.SequenceEqual(positive)) return 1;
        if (NumberText.TryParseDouble(text, out double number))
            foreach (double positive in _numbers)
                if (number == positive) return 1;
        return 0;
    }

    private static int ReadWord(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1)
        {
            switch (text[0])
            {
                case (byte)'1' or (byte)'y' or (byte)'Y' or (byte)'t' or (byte)'T': return 1;
                case (byte)'0' or (byte)'n' or (byte)'N' or (byte)'f' or (byte)'F': return 0;
            }
        }

        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8)) return 1;
        if (Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8)) return 0;
        return NumberText.TryParseDouble(text, out double number) ? number == 1 ? 1 : number == 0 ? 0 : -1 : -1;
    }
}
