using System.Runtime.CompilerServices;

namespace Sundry.Benchmarks;

/// <summary>Pinned memory of n floats that starts on a cache line, filled by a seed.</summary>
public sealed unsafe class Aligned
{
    private readonly float[] _block;

    public Aligned(long length, int seed = 1)
    {
        _block = GC.AllocateArray<float>((int)length + 16, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref _block[0]);
        Pointer = (float*)((start + 63) / 64 * 64);
        var random = new Random(seed);
        for (long i = 0; i < length; i++) Pointer[i] = random.NextSingle() - 0.5f;
    }

    public float* Pointer { get; }

    public static implicit operator float*(Aligned memory) => memory.Pointer;
}
