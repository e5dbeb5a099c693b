using System.Runtime.InteropServices;

namespace Sundry.Tests;

/// <summary>
/// Memory that ends at a page nobody may touch (on Linux) and has NaNs in front of it: a kernel that reads or writes
/// behind its end faults, one that writes in front is caught on disposal, one that uses what it read there returns NaN.
/// </summary>
internal sealed unsafe class Guarded<T> : IDisposable where T : unmanaged
{
    private const int Front = 256;

    private readonly byte* _block;
    private readonly nuint _size;
    private readonly bool _mapped;

    public Guarded(int length)
    {
        Length = length;
        var page = (nuint)Environment.SystemPageSize;
        var bytes = Front + (nuint)length * (nuint)sizeof(T);
        _size = (bytes + page - 1) / page * page + page;
        _mapped = OperatingSystem.IsLinux();
        if (_mapped)
        {
            _block = Pages.Map(null, _size, 3, 0x22, -1, 0);
            if ((nint)_block == -1 || Pages.Protect(_block + _size - page, page, 0) != 0) throw new InvalidOperationException("mmap failed");
        }
        else
        {
            _block = (byte*)NativeMemory.Alloc(_size);
        }

        new Span<byte>(_block, (int)(_size - page)).Fill(0xFF);
        Pointer = (T*)(_block + _size - page - (nuint)length * (nuint)sizeof(T));
        Span.Clear();
    }

    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);

    public static implicit operator T*(Guarded<T> guarded) => guarded.Pointer;

    public T[] ToArray() => Span.ToArray();

    public void Dispose()
    {
        var intact = new ReadOnlySpan<byte>((byte*)Pointer - Front, Front).IndexOfAnyExcept((byte)0xFF) < 0;
        if (_mapped) _ = Pages.Unmap(_block, _size);
        else NativeMemory.Free(_block);
        if (!intact) throw new InvalidOperationException("a kernel wrote in front of its memory");
    }
}
