namespace Sundry.Compute;

/// <summary>
/// What rows came to that are met again and again, such as the items that many are shown: found by the whole row, bit for bit, so that nothing that changes can make it wrong but the weights
/// (<see cref="Clear"/>). It has as many places as memory, each for one row at a time, and rests where rows hardly ever come again. Not for use by several threads at once.
/// </summary>
/// <param name="keyWidth">Floats of a row.</param>
/// <param name="valueWidth">Floats of what it comes to.</param>
/// <param name="bytes">Memory to use at most.</param>
internal sealed unsafe class RowMemo(int keyWidth, int valueWidth, long bytes)
{
    private const int Trial = 8192;
    private const int Rest = 8 * Trial;

    private readonly int _places = (int)Math.Min(1 << 20, Math.Max(1, System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(bytes / sizeof(float) / (keyWidth + valueWidth)) + 1) / 2));
    private float[] _memory = [];
    // by place the run that last read or took it, 0 where it is empty, and the run that it was taken in
    private int[] _used = [];
    private int[] _taken = [];
    private int _run;
    private int _asked;
    private int _found;
    private int _resting;

    /// <summary>Begins a run of so many rows; false: it is resting.</summary>
    public bool Begin(int rows)
    {
        if (_resting > 0)
        {
            _resting -= rows;
            return false;
        }

        if (_asked >= Trial)
        {
            if (_found < _asked / 8) _resting = Rest;
            (_asked, _found) = (0, 0);
        }

        if (_memory.Length == 0)
        {
            // pinned, and freed with this
            _memory = GC.AllocateUninitializedArray<float>(checked(_places * (keyWidth + valueWidth)), pinned: true);
            (_used, _taken) = (new int[_places], new int[_places]);
        }

        if (_run == int.MaxValue) Clear();
        _run++;
        return true;
    }

    /// <summary>Looks for a row, and takes a place for it where it is not there.</summary>
    /// <param name="key">The row.</param>
    /// <param name="known">Whether <see cref="Value"/> has what it comes to; else that is to be put there within this run.</param>
    /// <returns>The place; -1 where there is none just now.</returns>
    public int Find(float* key, out bool known)
    {
        _asked++;
        var place = (int)(Hash(key) & (ulong)(_places - 1));
        var row = new ReadOnlySpan<byte>(key, keyWidth * sizeof(float));
        var kept = new Span<byte>(At(place), keyWidth * sizeof(float));
        known = _used[place] != 0 && row.SequenceEqual(kept);
        if (known)
        {
            // two rows of a run that are alike: what the first comes to is not there yet
            if (_taken[place] == _run) known = false;
            else _found++;
            if (!known) return -1;
            _used[place] = _run;
            return place;
        }

        if (_used[place] == _run) return -1;
        _used[place] = _taken[place] = _run;
        row.CopyTo(kept);
        return place;
    }

    /// <summary>What the row in a place comes to.</summary>
    public float* Value(int place) => At(place) + keyWidth;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_used);
        Array.Clear(_taken);
        _run = 0;
    }

    private float* At(int place)
    {
        fixed (float* memory = _memory) return memory + (long)place * (keyWidth + valueWidth);
    }

    // four sums that do not wait for one another
    private ulong Hash(float* key)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        ulong a = 1, b = 2, c = 3, d = 4;
        var bits = (uint*)key;
        var i = 0;
        for (; i <= keyWidth - 4; i += 4)
        {
            a = (a ^ bits[i]) * prime;
            b = (b ^ bits[i + 1]) * prime;
            c = (c ^ bits[i + 2]) * prime;
            d = (d ^ bits[i + 3]) * prime;
        }

        for (; i < keyWidth; i++) a = (a ^ bits[i]) * prime;
        var all = (a ^ (b >> 29)) * prime;
        all = (all ^ c ^ (all >> 32)) * prime;
        all = (all ^ d ^ (all >> 29)) * prime;
        return all ^ (all >> 32);
    }
}
