namespace Sundry.Compute;

/// <summary>
/// A query q as bytes in the order of a <see cref="ByteBlock"/>, and what bounds its products. With b = 16 (u - 8) + l a product is Σbq = 16 A + Σlq, A = Σ(u - 8)q, and by Cauchy and
/// Schwarz Σlq = 7½ Σq + Σ(l - 7½)q ≤ 7½ Σq + √Σ(l - 7½)² √Σq².
/// </summary>
internal readonly unsafe struct ByteQuery
{
    private readonly double _middle;
    private readonly double _norm;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public ByteQuery(sbyte* bytes, int strips)
    {
        First = (int*)bytes;
        Second = First + strips;
        Strips = strips;
        int sum = 0, squares = 0;
        for (var i = 0; i < Bytes(strips); i++) (sum, squares) = (sum + bytes[i], squares + bytes[i] * bytes[i]);
        Start = -8 * sum;
        _middle = ByteBlock.Middle * sum;
        _norm = Math.BitIncrement(Math.Sqrt(squares));
    }

    /// <summary>[strips] columns 0 to 3 of each eight, a byte each.</summary>
    public int* First { get; }

    /// <summary>[strips] columns 4 to 7 of each eight.</summary>
    public int* Second { get; }

    /// <summary>Strips of eight columns.</summary>
    public int Strips { get; }

    /// <summary>-8 Σq: what A begins with, so that kernels add up uq.</summary>
    public int Start { get; }

    /// <summary>Bytes of a query.</summary>
    public static int Bytes(int strips) => strips * ByteBlock.Columns;

    /// <summary>Writes a query's bytes.</summary>
    public static void Write(ReadOnlySpan<float> query, sbyte* bytes)
    {
        var strips = ByteBlock.Strips(query.Length);
        new Span<sbyte>(bytes, Bytes(strips)).Clear();
        var scale = ByteBlock.Scale(query);
        for (var column = 0; column < query.Length; column++)
        {
            var (strip, i) = (column / ByteBlock.Columns, column % ByteBlock.Columns);
            bytes[(i < 4 ? 0 : strips * 4) + strip * 4 + i % 4] = ByteBlock.Round(query[column], scale);
        }
    }

    /// <summary>A whole number that Σlq does not exceed, for rows whose low halves spread no wider.</summary>
    // both factors are rounded up, and what the sum is off by is far less than the 1
    public int Most(float spread) => (int)Math.Floor(_middle + spread * _norm) + 1;
}
