using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>The newest row of each pair: a hash table from 64-bit keys of at least 0 to numbers.</summary>
internal sealed class PairIndex
{
    private Entry[] _entries = new Entry[1 << 12];
    private int _count;

    /// <summary>A key's number, or -1.</summary>
    public int Find(long key)
    {
        ref readonly var entry = ref Place(_entries, key + 1);
        return entry.Key == 0 ? -1 : entry.Value;
    }

    /// <summary>Sets a key's number.</summary>
    public void Set(long key, int value)
    {
        ref var entry = ref Place(_entries, ++key);
        entry.Value = value;
        if (entry.Key == key) return;
        entry.Key = key;
        if (++_count > _entries.Length / 10 * 7) Grow();
    }

    private static ref Entry Place(Entry[] entries, long key)
    {
        int mask = entries.Length - 1;
        int place = (int)((ulong)key * 0x9E3779B97F4A7C15 >> 33) & mask;
        while (entries[place].Key != key && entries[place].Key != 0) place = (place + 1) & mask;
        return ref entries[place];
    }

    private void Grow()
    {
        var entries = new Entry[_entries.Length * 2];
        foreach (ref readonly var entry in _entries.AsSpan())
            if (entry.Key != 0) Place(entries, entry.Key) = entry;
        _entries = entries;
    }

    // side by side, so that a search looks at one place of the memory; keys are kept plus 1, so that 0 is free
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Entry
    {
        public long Key;
        public int Value;
    }
}
