using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Sundry.Data;

/// <summary>
/// A 64-bit hash of bytes or of a number after wyhash (Wang Yi): the same on every machine and in every version, since splits, hashed features and
/// caches depend on it. Not for secrets.
/// </summary>
internal static class ByteHash
{
    private const ulong First = 0xa0761d6478bd642f;
    private const ulong Second = 0xe7037ed1a0b428db;

    /// <summary>Hashes bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        ulong a, b;
        int length = bytes.Length;
        seed ^= First;
        if (length <= 16)
        {
            if (length >= 4)
            {
                int middle = length >> 3 << 2;
                a = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(bytes[middle..]);
                b = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4)..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4 - middle)..]);
            }
            else if (length > 0)
            {
                a = ((ulong)bytes[0] << 16) | ((ulong)bytes[length >> 1] << 8) | bytes[length - 1];
                b = 0;
            }
            else
            {
                a = b = 0;
            }
        }
        else
        {
            var rest = bytes;
            while (rest.Length > 16)
            {
                seed = Mix(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ Second, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ seed);
                rest = rest[16..];
            }

            a = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 16)..]);
            b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 8)..]);
        }

        return Mix(Second ^ (ulong)length, Mix(a ^ Second, b ^ seed));
    }

    /// <summary>Hashes a number.</summary>
    public static ulong Of(long number, ulong seed) => Mix(Mix((ulong)number ^ First, seed ^ Second), Second);

    /// <summary>A hash as a number in 0..1, 1 excluded.</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
