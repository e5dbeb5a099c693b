namespace Sundry.Data;

/// <summary>The newest row of each pair: a hash table from 64-bit keys of at least 0 to numbers.</summary>
internal sealed class PairIndex
{
    private long[] _keys = new long[1 << 12];
    private int[] _values = new int[1 << 12];
    private int _count;

    /// <summary>A key's number, or -1.</summary>
    public int Find(long key)
    {
        int place = Place(_keys, key + 1);
        return _keys[place] == 0 ? -1 : _values[place];
    }

    /// <summary>Sets a key's number.</summary>
    public void Set(long key, int value)
    {
        int place = Place(_keys, ++key);
        _values[place] = value;
        if (_keys[place] == key) return;
        _keys[place] = key;
        if (++_count > _keys.Length / 10 * 7) Grow();
    }

    private static int Place(long[] keys, long key)
    {
        int mask = keys.Length - 1;
        int place = (int)((ulong)key * 0x9E3779B97F4A7C15 >> 33) & mask;
        while (keys[place] != key && keys[place] != 0) place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        var keys = new long[_keys.Length * 2];
        var values = new int[keys.Length];
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == 0) continue;
            int place = Place(keys, _keys[i]);
            keys[place] = _keys[i];
            values[place] = _values[i];
        }

        (_keys, _values) = (keys, values);
    }
}
