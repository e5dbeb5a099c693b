using System.Runtime.CompilerServices;

namespace Sundry.Data;

/// <summary>Numbers byte strings 0, 1, 2 … in order of arrival. All keys lie in one array: a million of them are no million objects.</summary>
internal sealed class ByteDictionary
{
    private const int MostBytes = 0x7fffffc7;

    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[16];
    private uint[] _hashes = new uint[16];
    // id + 1; 0 is free
    private int[] _slots = new int[32];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The key with this number.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            int start = id == 0 ? 0 : _ends[id - 1];
            return _bytes.AsSpan(start, _ends[id] - start);
        }
    }

    /// <summary>The key's number, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ReadOnlySpan<byte> key)
    {
        uint hash = (uint)ByteHash.Of(key);
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int id = _slots[slot] - 1;
            if (id < 0) return -1;
            if (_hashes[id] == hash && this[id].SequenceEqual(key)) return id;
        }
    }

    /// <summary>The key's number, a new one where it has none; -1 where the keys would need more than 2 GiB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int FindOrAdd(ReadOnlySpan<byte> key)
    {
        uint hash = (uint)ByteHash.Of(key);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (true)
        {
            int id = _slots[slot] - 1;
            if (id < 0) return Add(key, hash, slot);
            if (_hashes[id] == hash && this[id].SequenceEqual(key)) return id;
            slot = (slot + 1) & mask;
        }
    }

    private int Add(ReadOnlySpan<byte> key, uint hash, int slot)
    {
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if ((long)start + key.Length > MostBytes) return -1;
        if (start + key.Length > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(MostBytes, Math.Max(2L * _bytes.Length, (long)start + key.Length)));
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        key.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + key.Length;
        _hashes[Count] = hash;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        var slots = new int[_slots.Length * 2];
        int mask = slots.Length - 1;
        for (int id = 0; id < Count; id++)
        {
            int slot = (int)_hashes[id] & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = id + 1;
        }

        _slots = slots;
    }
}
