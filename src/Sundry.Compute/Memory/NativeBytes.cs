using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>
/// Bytes outside the managed heap, for what is large and wanted for a moment only: they are given back to the system when they are disposed, not by some later collection. Blocks of
/// <see cref="Least"/> and more the C library takes from the system and gives back each for itself; untouched pages cost nothing.
/// </summary>
public sealed unsafe class NativeBytes : IDisposable
{
    /// <summary>The least length at which memory is given back at once.</summary>
    public const int Least = 64 << 20;

    private void* _start;

    /// <summary>Takes as many bytes, of any content.</summary>
    public NativeBytes(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _start = NativeMemory.Alloc((nuint)length);
        Length = length;
    }

    /// <summary>Gives them back.</summary>
    ~NativeBytes() => NativeMemory.Free(_start);

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>The bytes, until they are given back.</summary>
    /// <exception cref="ObjectDisposedException">They were.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new(_start, Length);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
        GC.SuppressFinalize(this);
    }
}
