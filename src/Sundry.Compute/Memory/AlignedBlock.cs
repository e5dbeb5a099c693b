using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>
/// One zeroed block of floats outside the managed heap, aligned to 64 bytes, and where it is large to a huge page. Untouched pages of a
/// large block cost no memory.
/// </summary>
internal sealed unsafe partial class AlignedBlock : IDisposable
{
    /// <summary>Floats per 64-byte line; every view into a block starts at a multiple of it.</summary>
    public const int Line = 16;

    private const nuint LineBytes = 64;
    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePages = 14;

    private void* _allocation;

    /// <summary>Allocates <paramref name="length"/> zeroed floats.</summary>
    public AlignedBlock(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var bytes = checked((nuint)length * sizeof(float));
        var large = bytes >= 2 * HugePage;
        var alignment = large ? HugePage : LineBytes;
        // calloc hands out untouched zero pages, which an aligned allocation followed by a clear would not
        _allocation = NativeMemory.AllocZeroed(checked(bytes + alignment));
        Pointer = (float*)(((nuint)_allocation + alignment - 1) & ~(alignment - 1));
        // rows of a table lie anywhere: with small pages nearly each of them would wait for its address before it waits for its memory
        if (large && OperatingSystem.IsLinux()) _ = Advise(Pointer, bytes & ~(HugePage - 1), AdviseHugePages);
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

    // a wish: a kernel that does not grant it gives small pages
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);

    private void Free()
    {
        if (_allocation is null) return;
        NativeMemory.Free(_allocation);
        _allocation = null;
        Pointer = null;
    }
}
