using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>Tallies of keys that are numbered densely; those of one key lie side by side.</summary>
internal sealed class TallyTable(int width) : ITallies
{
    private Tally[] _tallies = [];

    public Span<Tally> Of(long key)
    {
        int start = checked((int)key * width);
        if (start + width > _tallies.Length) Array.Resize(ref _tallies, (int)Math.Min(Array.MaxLength, Math.Max(start + width, _tallies.Length * 2L)));
        return _tallies.AsSpan(start, width);
    }

    public ReadOnlySpan<Tally> Find(long key)
    {
        long start = key * width;
        return start + width <= _tallies.Length ? _tallies.AsSpan((int)start, width) : default;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_tallies.Length);
        writer.Write(MemoryMarshal.AsBytes(_tallies.AsSpan()));
    }

    public void Load(BinaryReader reader) => _tallies = StateFile.Read<Tally>(reader, reader.ReadInt32());
}
