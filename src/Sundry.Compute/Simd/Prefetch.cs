using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

/// <summary>Asks for memory before it is needed; where the hardware cannot be asked, nothing happens.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Rows that are asked for ahead of the one in work: enough to cover the way to memory, few enough for the line buffers.</summary>
    public const int Ahead = 12;

    /// <summary>The line that a value lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref T value) where T : unmanaged
    {
        // an address that the collector moves away from is a line asked for in vain, no more
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref value));
    }

    /// <summary>The lines that hold <paramref name="floats"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row(float* row, int floats)
    {
        if (!Sse.IsSupported) return;
        for (var i = 0; i < floats; i += AlignedBlock.Line) Sse.Prefetch0(row + i);
        Sse.Prefetch0(row + floats - 1);
    }
}
