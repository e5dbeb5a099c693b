using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// How 32 rows of D floats lie in memory as bytes: for each group of four columns the four bytes of row 0, of row 1 … of row 31 (128 bytes), then the
/// 32 scales. A register then holds one group of several rows, and a product needs no sum across lanes. A row is
/// round(x / scale) with scale = max |x| / 127; a place without a row has the scale NaN, which no threshold is below.
/// </summary>
internal static unsafe class ByteBlock
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 32;

    /// <summary>Bytes of one group of columns in a block.</summary>
    public const int GroupBytes = Rows * 4;

    /// <summary>Groups of four columns; the last may be filled up with zeros.</summary>
    public static int Groups(int width) => (width + 3) / 4;

    /// <summary>Bytes of a block, its scales included.</summary>
    public static int Bytes(int width) => Groups(width) * GroupBytes + Rows * sizeof(float);

    /// <summary>The 32 scales of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float* Scales(sbyte* block, int groups) => (float*)(block + (long)groups * GroupBytes);

    /// <summary>Makes all places of a block empty.</summary>
    public static void Clear(sbyte* block, int width)
    {
        new Span<byte>(block, Bytes(width)).Clear();
        new Span<float>(Scales(block, Groups(width)), Rows).Fill(float.NaN);
    }

    /// <summary>Puts a row at a place of a block.</summary>
    public static void Set(sbyte* block, int place, ReadOnlySpan<float> row)
    {
        var groups = Groups(row.Length);
        var scale = Scale(row);
        for (var column = 0; column < row.Length; column++)
            block[column / 4 * GroupBytes + place * 4 + column % 4] = Round(row[column], scale);
        Scales(block, groups)[place] = scale;
    }

    /// <summary>Empties a place of a block.</summary>
    public static void Remove(sbyte* block, int groups, int place) => Scales(block, groups)[place] = float.NaN;

    /// <summary>A query in the order of the groups, four bytes each.</summary>
    public static void Quantize(ReadOnlySpan<float> query, sbyte* bytes)
    {
        var scale = Scale(query);
        for (var column = 0; column < query.Length; column++) bytes[column] = Round(query[column], scale);
        for (var column = query.Length; column < 4 * Groups(query.Length); column++) bytes[column] = 0;
    }

    private static float Scale(ReadOnlySpan<float> row)
    {
        var most = 0f;
        foreach (var x in row) most = MathF.Max(most, MathF.Abs(x));
        return most / sbyte.MaxValue;
    }

    // -128 is left out: its size is no byte
    private static sbyte Round(float x, float scale) =>
        scale > 0 ? (sbyte)Math.Clamp(MathF.Round(x / scale), -sbyte.MaxValue, sbyte.MaxValue) : (sbyte)0;
}
