using System.Runtime.InteropServices;

namespace Sundry.Benchmarks;

/// <summary>Native memory of n floats on a cache line, filled by a seed.</summary>
public sealed unsafe class Aligned : IDisposable
{
    public Aligned(long length, int seed = 1)
    {
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * sizeof(float), 64);
        var random = new Random(seed);
        for (long i = 0; i < length; i++) Pointer[i] = random.NextSingle() - 0.5f;
    }

    public float* Pointer { get; }

    public static implicit operator float*(Aligned memory) => memory.Pointer;

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
