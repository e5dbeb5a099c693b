using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>
/// One zeroed block of floats outside the managed heap, aligned to 64 bytes. Untouched pages of a large block cost no memory.
/// </summary>
internal sealed unsafe class AlignedBlock : IDisposable
{
    /// <summary>Floats per 64-byte line; every view into a block starts at a multiple of it.</summary>
    public const int Line = 16;

    private void* _allocation;

    /// <summary>Allocates <paramref name="length"/> zeroed floats.</summary>
    public AlignedBlock(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        // calloc hands out untouched zero pages, which an aligned allocation followed by a clear would not
        _allocation = NativeMemory.AllocZeroed(checked((nuint)length * sizeof(float)) + 64);
        Pointer = (float*)(((nuint)_allocation + 63) & ~(nuint)63);
    }

    ~AlignedBlock() => Free();

    /// <summary>The first float; valid until <see cref="Dispose"/>.</summary>
    public float* Pointer { get; private set; }

    /// <summary>Length in floats.</summary>
    public long Length { get; }

    /// <summary><paramref name="length"/> rounded up to whole lines.</summary>
    public static long Round(long length) => (length + Line - 1) / Line * Line;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_allocation is null) return;
        NativeMemory.Free(_allocation);
        _allocation = null;
        Pointer = null;
    }
}
