using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// The best rows of a scan. Rows above the threshold are appended; when the buffer is full, the best are kept and the worst of them becomes the threshold: far fewer
/// steps than a heap takes, for almost all rows of a scan fail the one comparison. A row's score and number are one key, by which equal
/// scores go to the lower row.
/// </summary>
internal sealed unsafe class TopRows
{
    private const int SelectionRounds = 64;
    private ulong[] _keys = [];
    private int _keep;

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
        var room = Math.Max(2 * keep, keep + 256) + ByteBlock.Rows;
        if (_keys.Length < room) _keys = new ulong[room];
        _keep = keep;
        Count = 0;
        Threshold = float.NegativeInfinity;
    }

    /// <summary>Takes the rows of a block whose bits are set.</summary>
    public void Add(int first, uint rows, float* scores)
    {
        do
        {
            var i = BitOperations.TrailingZeroCount(rows);
            _keys[Count++] = Key(scores[i], first + i);
            rows &= rows - 1;
        }
        while (rows != 0);
        if (Count > _keys.Length - ByteBlock.Rows) Prune();
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
        Select(_keys, Count, _keep);
        Count = _keep;
        var least = ulong.MaxValue;
        foreach (var key in _keys.AsSpan(0, Count)) least = Math.Min(least, key);
        Threshold = Score(least);
    }

    /// <summary>Moves the greatest <paramref name="keep"/> of the first <paramref name="count"/> keys to the front.</summary>
    private static void Select(ulong[] keys, int count, int keep)
    {
        var (low, high) = (0, count - 1);
        for (var round = 0; low < high; round++)
        {
            if (round == SelectionRounds)
            {
                // pivots that divide badly for so long are no accident
                Array.Sort(keys, low, high - low + 1);
                Array.Reverse(keys, low, high - low + 1);
                return;
            }

            var pivot = Middle(keys[low], keys[low + (high - low) / 2], keys[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (keys[i] > pivot) i++;
                while (keys[j] < pivot) j--;
                if (i > j) break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                i++;
                j--;
            }

            if (keep - 1 <= j) high = j;
            else if (keep - 1 >= i) low = i;
            else return;
        }
    }

    private static ulong Middle(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
