using System.Numerics;
using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>The CRC-32C of bytes, eight at a time; parts can be appended one after the other.</summary>
public static class Crc32C
{
    /// <summary>The checksum of no bytes.</summary>
    public const uint Start = 0;

    /// <summary>The checksum of what <paramref name="crc"/> stands for, followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
