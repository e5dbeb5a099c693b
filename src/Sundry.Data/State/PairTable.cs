using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>
/// Tallies of pairs, in a hash table of bounded size: where the younger of two generations is full, the older is forgotten and a new one begun, so that the pairs that
/// were added to lately stay. What is forgotten depends on the events alone.
/// </summary>
/// <param name="width">Tallies a pair.</param>
/// <param name="most">The most places of a generation, a power of two.</param>
internal sealed class PairTable(int width, int most) : ITallies
{
    private const int First = 1 << 10;

    private Generation _young = new(Math.Min(First, most), width);
    private Generation? _old;

    public Span<Tally> Of(long key)
    {
        int place = _young.Find(key);
        if (place >= 0) return _young.Tallies(place);
        if (_young.IsFull)
        {
            if (_young.Places < most)
            {
                _young = _young.Grown();
            }
            else
            {
                // a forgotten generation's room is the next one's
                var next = _old?.Emptied() ?? new Generation(most, width);
                _old = _young;
                _young = next;
            }
        }

        var fresh = _young.Tallies(_young.Add(key));
        if (_old is { } old && old.Find(key) is var before and >= 0) old.Tallies(before).CopyTo(fresh);
        return fresh;
    }

    public ReadOnlySpan<Tally> Find(long key)
    {
        if (_young.Find(key) is var place and >= 0) return _young.Tallies(place);
        return _old is { } old && old.Find(key) is var before and >= 0 ? old.Tallies(before) : default;
    }

    public void Save(BinaryWriter writer)
    {
        _young.Save(writer);
        writer.Write(_old is not null);
        _old?.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        _young = Generation.Load(reader, width, most);
        _old = reader.ReadBoolean() ? Generation.Load(reader, width, most) : null;
    }

    private sealed class Generation(long[] keys, Tally[] tallies, int width)
    {
        private readonly int _mask = keys.Length - 1;
        private int _count;

        public Generation(int places, int width)
            : this(new long[places], new Tally[checked(places * width)], width)
        {
        }

        public int Places => keys.Length;

        public bool IsFull => _count >= keys.Length / 10 * 7;

        public Span<Tally> Tallies(int place) => tallies.AsSpan(place * width, width);

        /// <summary>A key's place, or -1. Keys are kept plus 1, so that 0 is free.</summary>
        public int Find(long key)
        {
            key++;
            for (int place = Start(key); ; place = (place + 1) & _mask)
            {
                if (keys[place] == key) return place;
                if (keys[place] == 0) return -1;
            }
        }

        /// <summary>Adds a key that is not there; returns its place.</summary>
        public int Add(long key)
        {
            key++;
            int place = Start(key);
            while (keys[place] != 0) place = (place + 1) & _mask;
            keys[place] = key;
            _count++;
            return place;
        }

        public Generation Emptied()
        {
            keys.AsSpan().Clear();
            tallies.AsSpan().Clear();
            _count = 0;
            return this;
        }

        public Generation Grown()
        {
            var larger = new Generation(keys.Length * 2, width);
            for (int place = 0; place < keys.Length; place++)
                if (keys[place] != 0) Tallies(place).CopyTo(larger.Tallies(larger.Add(keys[place] - 1)));
            return larger;
        }

        public void Save(BinaryWriter writer)
        {
            writer.Write(keys.Length);
            writer.Write(MemoryMarshal.AsBytes(keys.AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(tallies.AsSpan()));
        }

        public static Generation Load(BinaryReader reader, int width, int most)
        {
            int places = reader.ReadInt32();
            if (places < 1 || places > most || !System.Numerics.BitOperations.IsPow2(places)) throw new InvalidDataException("the state is damaged: its pairs are not as many as they may be");
            var keys = StateFile.Read<long>(reader, places);
            var loaded = new Generation(keys, StateFile.Read<Tally>(reader, checked(places * width)), width);
            foreach (long key in keys)
                if (key != 0) loaded._count++;
            // a search ends at a free place
            return loaded._count < places ? loaded : throw new InvalidDataException("the state is damaged: its pairs leave no free place");
        }

        private int Start(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15 >> 33) & _mask;
    }
}
