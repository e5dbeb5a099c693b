namespace Sundry.Data;

/// <summary>A uniform sample of up to a million 64-bit integers; all of them while there are no more. The same seed gives the same sample.</summary>
internal sealed class Reservoir64(ulong seed)
{
    private const int Capacity = 1 << 20;

    private long[] _values = [];
    private long _seen;

    /// <summary>Takes a value.</summary>
    public void Add(long value)
    {
        long place = _seen++;
        if (place >= Capacity) place = (long)(ByteHash.Unit(ByteHash.Of(place, seed)) * _seen);
        if (place >= Capacity) return;
        if (place >= _values.Length) Array.Resize(ref _values, Math.Max(1024, _values.Length * 2));
        _values[place] = value;
    }

    /// <summary>The sample in ascending order.</summary>
    public ReadOnlySpan<long> Sorted()
    {
        var sample = _values.AsSpan(0, (int)Math.Min(_seen, Capacity));
        sample.Sort();
        return sample;
    }
}
