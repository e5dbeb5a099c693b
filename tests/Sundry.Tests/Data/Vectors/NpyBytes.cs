using System.Buffers.Binary;
using System.Text;

namespace Sundry.Tests;

/// <summary>Writes the bytes of <c>.npy</c> files, true and lying.</summary>
internal static class NpyBytes
{
    public static byte[] Of(float[][] rows, byte version = 1) =>
        Of($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows.Length}, {(rows.Length == 0 ? 1 : rows[0].Length)}), }}", [.. rows.SelectMany(row => row).SelectMany(BitConverter.GetBytes)], version);

    public static byte[] Of(string header, byte[] data, byte version = 1)
    {
        int prefix = version == 1 ? 10 : 12;
        var text = Encoding.Latin1.GetBytes(header.PadRight(128 - prefix - 1) + "\n");
        var bytes = new byte[prefix + text.Length + data.Length];
        bytes[0] = 0x93;
        "NUMPY"u8.CopyTo(bytes.AsSpan(1));
        bytes[6] = version;
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)text.Length);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)text.Length);
        text.CopyTo(bytes, prefix);
        data.CopyTo(bytes, prefix + text.Length);
        return bytes;
    }
}
