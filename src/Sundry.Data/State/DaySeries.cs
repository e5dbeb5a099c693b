using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>For each key, numbered densely, what was added on each of its newest days; days are counted from 1970 (UTC).</summary>
/// <param name="length">How many days are kept, that of the newest event included.</param>
internal sealed class DaySeries(int length)
{
    private float[] _amounts = [];
    // the newest day of each key; 0 where it has none
    private int[] _newest = [];

    /// <summary>Adds to a key's day; days come in order.</summary>
    public void Add(int key, int day, float amount)
    {
        if (key >= _newest.Length)
        {
            int room = (int)Math.Min(Array.MaxLength / length, Math.Max(key + 1L, _newest.Length * 2L));
            if (key >= room) throw new InputException($"counters of {length} days of so many users or items are more than fit into memory; set fewer 'days' or a shorter 'lag'");
            Array.Resize(ref _newest, room);
            Array.Resize(ref _amounts, room * length);
        }

        var amounts = _amounts.AsSpan(key * length, length);
        for (int next = Math.Max(_newest[key] + 1, day - length + 1); next <= day; next++) amounts[next % length] = 0;
        amounts[day % length] += amount;
        _newest[key] = Math.Max(_newest[key], day);
    }

    /// <summary>The sum of the days from <paramref name="first"/> to <paramref name="last"/>, the oldest of them first.</summary>
    public float Sum(long key, int first, int last)
    {
        if (key >= _newest.Length) return 0;
        float sum = 0;
        int newest = _newest[key];
        for (int day = Math.Max(first, newest - length + 1); day <= Math.Min(last, newest); day++) sum += _amounts[(int)key * length + day % length];
        return sum;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(length);
        writer.Write(_newest.Length);
        writer.Write(MemoryMarshal.AsBytes(_newest.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_amounts.AsSpan()));
    }

    public void Load(BinaryReader reader)
    {
        if (reader.ReadInt32() != length) throw new InvalidDataException("the state is of other counters");
        int keys = reader.ReadInt32();
        if (keys < 0 || (long)keys * length > Array.MaxLength) throw new InvalidDataException("the state is damaged: its days are more than there may be");
        _newest = StateFile.Read<int>(reader, keys);
        _amounts = StateFile.Read<float>(reader, keys * length);
        foreach (int day in _newest)
            if (day < 0) throw new InvalidDataException("the state is damaged: a day lies before 1970");
    }
}
