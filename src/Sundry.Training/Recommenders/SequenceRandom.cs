namespace Sundry.Training;

/// <summary>A fast stream of random numbers that depends on its seed alone (SplitMix64).</summary>
internal struct SequenceRandom(ulong seed)
{
    private ulong _state = PoissonResampling.Mix(seed + 0x9E3779B97F4A7C15);

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => PoissonResampling.Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 to below <paramref name="bound"/>; the bias is below 2⁻³².</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Brings numbers into a random order.</summary>
    public void Shuffle(Span<int> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
