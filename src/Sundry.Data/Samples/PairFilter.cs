namespace Sundry.Data;

/// <summary>A set of 64-bit keys that takes about one other in sixteen for its own: a bit a key, so that it stays in the processor's cache (Bloom's filter with one hash).</summary>
internal sealed class PairFilter
{
    private const int LeastBits = 12;
    private const int MostBits = 30;

    private readonly int _shift;
    private readonly ulong[] _words;

    /// <summary>An empty set.</summary>
    /// <param name="expected">How many keys will come.</param>
    public PairFilter(long expected)
    {
        int bits = Math.Clamp(64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)expected * 16), LeastBits, MostBits);
        _shift = 64 - bits;
        _words = new ulong[1 << (bits - 6)];
    }

    /// <summary>Adds a key.</summary>
    public void Add(long key)
    {
        ulong place = ByteHash.Of(key, 0) >> _shift;
        _words[place >> 6] |= 1UL << (int)(place & 63);
    }

    /// <summary>Whether a key may have been added; where false, it was not.</summary>
    public bool MayHold(long key)
    {
        ulong place = ByteHash.Of(key, 0) >> _shift;
        return (_words[place >> 6] >> (int)(place & 63) & 1) == 1;
    }
}
