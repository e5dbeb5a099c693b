using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// How 32 rows of D floats lie in memory as bytes b = round(x / scale), scale = max |x| / 127, each in two halves: b = 16 (u - 8) + l with u and l in 0 … 15. The
/// high part, which every scan reads, holds for each eight columns four bytes of row 0, of row 1 … of row 31 (128 bytes), then the 32 scales: a register then
/// holds eight columns of several rows, and a product needs no sum across lanes. The low part, which is read for few rows, holds row
/// after row, then how far each row's low halves spread: √Σ(l - 7½)². In a byte are the halves of columns c and c + 4. A place without a row has the scale
/// NaN, which no threshold is below.
/// </summary>
internal static unsafe class ByteBlock
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 32;

    /// <summary>Columns that four bytes of a row hold.</summary>
    public const int Columns = 8;

    /// <summary>Bytes of eight columns in a part.</summary>
    public const int StripBytes = Rows * 4;

    /// <summary>The middle of the low halves.</summary>
    public const double Middle = 7.5;

    /// <summary>Strips of eight columns; the last may be filled up with zeros.</summary>
    public static int Strips(int width) => (width + Columns - 1) / Columns;

    /// <summary>Bytes of the high part, its scales included.</summary>
    public static int HighBytes(int width) => Strips(width) * StripBytes + Rows * sizeof(float);

    /// <summary>Bytes of the low part, its spreads included.</summary>
    public static int LowBytes(int width) => HighBytes(width);

    /// <summary>Bytes of a row's low halves.</summary>
    public static int LowRowBytes(int width) => Strips(width) * 4;

    /// <summary>The 32 scales of a high part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float* Scales(byte* high, int strips) => (float*)(high + (long)strips * StripBytes);

    /// <summary>Makes all places of a block empty.</summary>
    public static void Clear(byte* high, byte* low, int width)
    {
        new Span<byte>(high, HighBytes(width)).Clear();
        new Span<byte>(low, LowBytes(width)).Clear();
        new Span<float>(Scales(high, Strips(width)), Rows).Fill(float.NaN);
    }

    /// <summary>Puts a row at a place of a block.</summary>
    public static void Set(byte* high, byte* low, int place, ReadOnlySpan<float> row)
    {
        var strips = Strips(row.Length);
        var scale = Scale(row);
        var lows = low + place * LowRowBytes(row.Length);
        var spread = 0.0;
        for (var strip = 0; strip < strips; strip++)
        {
            for (var i = 0; i < 4; i++)
            {
                var (first, second) = (Split(row, strip * Columns + i, scale, ref spread), Split(row, strip * Columns + 4 + i, scale, ref spread));
                high[strip * StripBytes + place * 4 + i] = (byte)((first >> 4) | (second & 0xF0));
                lows[strip * 4 + i] = (byte)((first & 15) | ((second & 15) << 4));
            }
        }

        Scales(high, strips)[place] = scale;
        // never less than it is: bounds are made of it
        Spreads(low, strips)[place] = MathF.BitIncrement((float)Math.Sqrt(spread));
    }

    /// <summary>Empties a place of a block.</summary>
    public static void Remove(byte* high, byte* low, int strips, int place) => (Scales(high, strips)[place], Spreads(low, strips)[place]) = (float.NaN, 0);

    /// <summary>The greatest spread of a block's rows.</summary>
    public static float Spread(byte* low, int strips)
    {
        var most = 0f;
        foreach (var spread in new ReadOnlySpan<float>(Spreads(low, strips), Rows)) most = MathF.Max(most, spread);
        return most;
    }

    /// <summary>What a byte is worth: max |x| / 127.</summary>
    public static float Scale(ReadOnlySpan<float> row)
    {
        var most = 0f;
        foreach (var x in row) most = MathF.Max(most, MathF.Abs(x));
        return most / sbyte.MaxValue;
    }

    /// <summary>A number as a byte; -128 is left out.</summary>
    public static sbyte Round(float x, float scale) =>
        scale > 0 ? (sbyte)Math.Clamp(MathF.Round(x / scale), -sbyte.MaxValue, sbyte.MaxValue) : (sbyte)0;

    // 16u + l; a column behind the last is multiplied by zero whatever it is, and spreads nothing
    private static int Split(ReadOnlySpan<float> row, int column, float scale, ref double spread)
    {
        if (column >= row.Length) return 128;
        var split = Round(row[column], scale) + 128;
        spread += ((split & 15) - Middle) * ((split & 15) - Middle);
        return split;
    }

    private static float* Spreads(byte* low, int strips) => (float*)(low + (long)strips * StripBytes);
}
