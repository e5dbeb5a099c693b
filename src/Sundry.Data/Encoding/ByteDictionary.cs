using System.Runtime.CompilerServices;

namespace Sundry.Data;

/// <summary>Numbers byte strings 0, 1, 2 … in order of arrival. All keys lie in one array: a million of them are no million objects.</summary>
internal sealed class ByteDictionary
{
    private const int MostBytes = 0x7fffffc7;

    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[16];
    // the key's hash above its number + 1, so that a look at another key's slot needs no second look elsewhere; 0 is free
    private ulong[] _slots = new ulong[32];

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
            ulong entry = _slots[slot];
            if (entry == 0) return -1;
            if (entry >> 32 == hash && this[(int)(uint)entry - 1].SequenceEqual(key)) return (int)(uint)entry - 1;
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
            ulong entry = _slots[slot];
            if (entry == 0) return Add(key, hash, slot);
            if (entry >> 32 == hash && this[(int)(uint)entry - 1].SequenceEqual(key)) return (int)(uint)entry - 1;
            slot = (slot + 1) & mask;
        }
    }

    /// <summary>Overwrites a key with zeros; its number stays taken. Added again, the key gets another.</summary>
    public void Erase(int id)
    {
        uint hash = (uint)ByteHash.Of(this[id]);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while ((int)(uint)_slots[slot] - 1 != id)
        {
            // erased before: its slot is where the hash of zeros does not lead
            if (_slots[slot] == 0) return;
            slot = (slot + 1) & mask;
        }

        int start = id == 0 ? 0 : _ends[id - 1];
        _bytes.AsSpan(start, _ends[id] - start).Clear();
        // another hash than any search of zeros has; where it stands does not matter, since nobody looks for it
        uint other = ~(uint)ByteHash.Of(this[id]);
        _slots[slot] = ((ulong)other << 32) | (uint)(id + 1);
    }

    private int Add(ReadOnlySpan<byte> key, uint hash, int slot)
    {
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if ((long)start + key.Length > MostBytes) return -1;
        if (start + key.Length > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(MostBytes, Math.Max(2L * _bytes.Length, (long)start + key.Length)));
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);

        key.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + key.Length;
        _slots[slot] = ((ulong)hash << 32) | (uint)++Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        var slots = new ulong[_slots.Length * 2];
        int mask = slots.Length - 1;
        foreach (ulong entry in _slots)
        {
            if (entry == 0) continue;
            int slot = (int)(entry >> 32) & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = entry;
        }

        _slots = slots;
    }
}
