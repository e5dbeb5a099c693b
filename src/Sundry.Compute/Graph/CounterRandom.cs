namespace Sundry.Compute;

/// <summary>
/// Random numbers as a pure function of a seed and a counter, so that any part of a sequence can be drawn by any thread in any order.
/// The mixing function is SplitMix64's (Steele, Lea and Flood, 2014).
/// </summary>
public static class CounterRandom
{
    /// <summary>64 mixed bits of <paramref name="counter"/> under <paramref name="seed"/>.</summary>
    public static ulong Bits(ulong seed, ulong counter) => Mix(Mix(seed) + counter * 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(ulong seed, ulong counter) => (Bits(seed, counter) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Box and Muller's transform.</summary>
    public static double Normal(ulong seed, ulong counter)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(seed, 2 * counter)));
        return radius * Math.Cos(2 * Math.PI * Uniform(seed, 2 * counter + 1));
    }

    /// <summary>A seed of its own for the part called <paramref name="name"/>.</summary>
    public static ulong Derive(ulong seed, string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
            hash = (hash ^ c) * 1099511628211UL;
        return Mix(seed ^ Mix(hash));
    }

    /// <summary>A seed of its own for part <paramref name="number"/>.</summary>
    public static ulong Derive(ulong seed, ulong number) => Mix(Mix(seed) ^ (number * 0xD1B54A32D192ED03UL + 1));

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
