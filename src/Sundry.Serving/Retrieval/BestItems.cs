namespace Sundry.Serving;

/// <summary>
/// The items with the greatest scores above 0 of those that come, at most so many; of equal scores the lower numbers. A heap of keys, the least on top: nearly all that come fail the one
/// comparison with it. It keeps its room from use to use.
/// </summary>
internal sealed class BestItems
{
    private ulong[] _heap = [];
    private int _most;
    private int _count;

    /// <summary>Empties it, and says how many are wanted.</summary>
    public void Begin(int most)
    {
        if (_heap.Length < most) _heap = new ulong[most];
        (_most, _count) = (most, 0);
    }

    /// <summary>Takes an item; one whose score is not above 0 is none.</summary>
    public void Add(int item, float score)
    {
        if (!(score > 0)) return;
        // bits of floats above 0 are in the order of the floats
        var key = ((ulong)BitConverter.SingleToUInt32Bits(score) << 32) | ~(uint)item;
        if (_count < _most) Rise(key);
        else if (_most > 0 && key > _heap[0]) Sink(key);
    }

    /// <summary>Copies them, best first.</summary>
    public int Take(Span<Candidate> into)
    {
        var keys = _heap.AsSpan(0, _count);
        keys.Sort();
        for (var i = 0; i < keys.Length; i++) into[keys.Length - 1 - i] = new Candidate((int)~(uint)keys[i], BitConverter.UInt32BitsToSingle((uint)(keys[i] >> 32)));
        _count = 0;
        return keys.Length;
    }

    private void Rise(ulong key)
    {
        var at = _count++;
        for (; at > 0 && _heap[(at - 1) / 2] > key; at = (at - 1) / 2) _heap[at] = _heap[(at - 1) / 2];
        _heap[at] = key;
    }

    private void Sink(ulong key)
    {
        var at = 0;
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= _count) break;
            if (child + 1 < _count && _heap[child + 1] < _heap[child]) child++;
            if (_heap[child] >= key) break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = key;
    }
}
