using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>Arrays in the file of a <see cref="ShopState"/>.</summary>
internal static class StateFile
{
    /// <summary>Reads an array; its length is held against what is left before it is allocated.</summary>
    /// <exception cref="InvalidDataException">It is longer than the file.</exception>
    public static T[] Read<T>(BinaryReader reader, int length)
        where T : unmanaged
    {
        long bytes = (long)length * Marshal.SizeOf<T>();
        if (length < 0 || (reader.BaseStream.CanSeek && bytes > reader.BaseStream.Length - reader.BaseStream.Position)) throw new InvalidDataException("the state is damaged: it is shorter than it says");
        var items = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }
}
