namespace Sundry.Simulator;

/// <summary>What a stream of draws is for: each purpose has its own numbers, so that one more draw for one thing changes nothing else.</summary>
internal enum Purpose
{
    Categories = 1,
    Brands,
    Groups,
    Products,
    Customers,
    Days,
    Visits,
    Promotions,
    TaskWeights,
    TaskRows,
    Departments,
    Circles,
    Friends,
    Drift,
    Seasons,
    Stock,
    Words,
}

/// <summary>
/// Draws that depend on (seed, purpose, index) alone: SplitMix64 over a hashed start. The same seed gives the same shop, in whatever order
/// its parts are asked for.
/// </summary>
internal struct SeededStream(ulong seed, Purpose purpose, long index)
{
    private ulong _state = Mix(Mix(seed + 0x632BE59BD9B4E019UL) ^ ((ulong)purpose << 56) ^ (ulong)index);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 .. <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>True with probability <paramref name="p"/>.</summary>
    public bool Chance(double p) => Uniform() < p;

    /// <summary>Standard normal (Box–Muller; the second value is not kept, so that a draw is always two uniforms).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    /// <summary>Fills <paramref name="vector"/> with normals of deviation <paramref name="scale"/>.</summary>
    public void Normals(Span<float> vector, double scale)
    {
        foreach (ref var value in vector) value = (float)(scale * Normal());
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
