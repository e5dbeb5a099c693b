namespace Sundry.Data;

/// <summary>
/// A uniform sample of a stream in bounded memory: Li's algorithm L (1994), which draws only when the sample changes. Up to <see cref="Capacity"/> values the
/// sample is all of them. The same seed gives the same sample.
/// </summary>
internal sealed class Reservoir(ulong seed)
{
    /// <summary>The most values that are kept: quantiles within about a thousandth.</summary>
    public const int Capacity = 1 << 17;

    private float[] _values = new float[1024];
    private ulong _state = seed;
    private double _weight = 1;
    private long _next = long.MaxValue;

    /// <summary>How many values were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Takes a value.</summary>
    public void Add(float value)
    {
        if (Seen < Capacity)
        {
            if (Seen == _values.Length) Array.Resize(ref _values, _values.Length * 2);
            _values[Seen++] = value;
            if (Seen == Capacity) Skip();
            return;
        }

        if (++Seen <= _next) return;
        _values[(int)(Draw() * Capacity)] = value;
        Skip();
    }

    /// <summary>The sample in ascending order; the reservoir is at its end then.</summary>
    public ReadOnlySpan<float> Sorted()
    {
        var sample = _values.AsSpan(0, (int)Math.Min(Seen, Capacity));
        sample.Sort();
        return sample;
    }

    private void Skip()
    {
        _weight *= Math.Exp(Math.Log(Draw()) / Capacity);
        _next = Seen + (long)Math.Min(long.MaxValue / 4, Math.Floor(Math.Log(Draw()) / Math.Log(1 - _weight)));
    }

    // 0 excluded, since its logarithm is taken
    private double Draw() => ByteHash.Unit(ByteHash.Of((long)++_state, 0x5eed)) + 1e-17;
}
