using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// The best rows of a scan. Rows above the threshold are appended; when the buffer is full, the best are kept and the worst of them becomes the threshold: far fewer
/// steps than a heap takes, for almost all rows of a scan fail the one comparison. A row's score and number are one key, by which equal
/// scores go to the lower row.
/// </summary>
internal sealed class TopRows
{
    private const int SelectionRounds = 64;
    private const int FewKeys = 8;
    private const int LeastSpare = 32;
    private ulong[] _keys = [];
    private int _keep;
    private int _room;

    /// <summary>Rows kept so far.</summary>
    public int Count { get; private set; }

    /// <summary>What a row's score must exceed.</summary>
    public float Threshold { get; private set; }

    /// <summary>The rows, best first, after <see cref="Finish"/>.</summary>
    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, Count);

    /// <summary>Orders by score, then by the lower row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Key(float score, int row)
    {
        // -0 is 0; then the bits of floats in the order of their values
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        bits ^= (uint)((int)bits >> 31) | 0x8000_0000;
        return ((ulong)bits << 32) | ~(uint)row;
    }

    /// <summary>The row of a key.</summary>
    public static int Row(ulong key) => (int)~(uint)key;

    /// <summary>The score of a key.</summary>
    public static float Score(ulong key)
    {
        var bits = (uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle(bits ^ ((bits & 0x8000_0000) != 0 ? 0x8000_0000 : 0xFFFF_FFFF));
    }

    /// <summary>Begins a scan for the best <paramref name="keep"/> rows.</summary>
    public void Start(int keep)
    {
        // the sooner it is full, the sooner the threshold rises, and the oftener the best are selected
        var room = keep + Math.Max(keep / 2, LeastSpare);
        if (_keys.Length < room) _keys = new ulong[room];
        (_keep, _room) = (keep, room);
        Count = 0;
        Threshold = float.NegativeInfinity;
    }

    /// <summary>Takes a row if its score exceeds the threshold; rows come in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, float score)
    {
        // one that does not is overwritten: which do nobody can predict, and a wrong guess costs more than a write
        _keys[Count] = Key(score, row);
        Count += score > Threshold ? 1 : 0;
        if (Count == _room) Prune();
    }

    /// <summary>Puts the best rows in order.</summary>
    public void Finish()
    {
        if (Count > _keep) Prune();
        _keys.AsSpan(0, Count).Sort();
        _keys.AsSpan(0, Count).Reverse();
    }

    private void Prune()
    {
        Select(_keys.AsSpan(0, Count), _keep);
        Count = _keep;
        var least = ulong.MaxValue;
        foreach (var key in _keys.AsSpan(0, Count)) least = Math.Min(least, key);
        Threshold = Score(least);
    }

    /// <summary>Moves the greatest <paramref name="keep"/> keys, none of which is there twice, to the front.</summary>
    private static void Select(Span<ulong> keys, int keep)
    {
        for (var round = 0; keep > 0 && keep < keys.Length; round++)
        {
            // pivots that divide badly for so long are no accident
            if (keys.Length < FewKeys || round == SelectionRounds)
            {
                keys.Sort();
                keys.Reverse();
                return;
            }

            var pivot = Middle(keys[0], keys[keys.Length / 2], keys[^1]);
            var greater = 0;
            for (var i = 0; i < keys.Length; i++)
            {
                // without a branch, as which way it would go nobody can predict
                var key = keys[i];
                keys[i] = keys[greater];
                keys[greater] = key;
                greater += key > pivot ? 1 : 0;
            }

            if (keep <= greater)
            {
                keys = keys[..greater];
            }
            else
            {
                keys = keys[greater..];
                keep -= greater;
            }
        }
    }

    private static ulong Middle(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
