using System.Buffers.Binary;
using System.Text;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// States of folds as bytes, little-endian: a magic number, the version and how many there are; then for each its name, the length of its state, the state, and
/// the CRC-32C of all three. What is cut short or changed is refused, and no length is believed before its bytes are there.
/// </summary>
public static class FoldFile
{
    private const ulong Magic = 0x444C_4F46_5944_4E53;     // "SNDYFOLD"
    private const int Version = 1;
    private const int MostNameBytes = 256;
    private const int Piece = 1 << 20;

    /// <summary>Writes the states.</summary>
    public static void Save(Stream stream, params ReadOnlySpan<IEventFold> folds)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], folds.Length);
        stream.Write(head);
        foreach (var fold in folds)
        {
            using var state = new MemoryStream();
            using (var writer = new BinaryWriter(state, Encoding.UTF8, leaveOpen: true)) fold.Save(writer);
            var bytes = state.GetBuffer().AsSpan(0, (int)state.Length);
            var section = Head(fold.Name, bytes.Length);
            stream.Write(section);
            stream.Write(bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(head, Crc32C.Append(Crc32C.Append(Crc32C.Start, section), bytes));
            stream.Write(head[..4]);
        }
    }

    /// <summary>Reads the states that <see cref="Save"/> wrote of the same folds; where it throws, a fold may have been loaded and another not.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut short, changed, of another version, or of other folds.</exception>
    public static void Load(Stream stream, params ReadOnlySpan<IEventFold> folds)
    {
        Span<byte> head = stackalloc byte[16];
        Fill(stream, head);
        if (BinaryPrimitives.ReadUInt64LittleEndian(head) != Magic) throw new InvalidDataException("it is no saved state");
        if (BinaryPrimitives.ReadInt32LittleEndian(head[8..]) is not Version and var version) throw new InvalidDataException($"it is of version {version}, and this program reads version {Version}");
        if (BinaryPrimitives.ReadInt32LittleEndian(head[12..]) != folds.Length) throw new InvalidDataException("it was saved under other settings");
        foreach (var fold in folds)
        {
            Fill(stream, head[..12]);
            var length = BinaryPrimitives.ReadInt64LittleEndian(head[4..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(head) is < 0 or > MostNameBytes || length is < 0 or > int.MaxValue) throw new InvalidDataException("it is damaged");
            var expected = Head(fold.Name, length);
            if (BinaryPrimitives.ReadInt32LittleEndian(head) != expected.Length - 12) throw new InvalidDataException("it was saved under other settings");
            head[..12].CopyTo(expected);
            var name = new byte[expected.Length - 12];
            Fill(stream, name);
            if (!expected.AsSpan(12).SequenceEqual(name)) throw new InvalidDataException("it was saved under other settings");
            var state = Read(stream, (int)length);
            var crc = Crc32C.Append(Crc32C.Append(Crc32C.Start, expected), (state.TryGetBuffer(out var content) ? content : default).AsSpan(0, (int)length));
            Fill(stream, head[..4]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != crc) throw new InvalidDataException($"the checksum of '{fold.Name}' is wrong");
            state.Position = 0;
            using var reader = new BinaryReader(state, Encoding.UTF8);
            try
            {
                fold.Load(reader);
            }
            catch (EndOfStreamException e)
            {
                throw new InvalidDataException($"'{fold.Name}' ends early", e);
            }

            if (state.Position != length) throw new InvalidDataException($"'{fold.Name}' is longer than what it says");
        }

        if (stream.ReadByte() >= 0) throw new InvalidDataException("it is longer than what it says");
    }

    private static byte[] Head(string name, long length)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var head = new byte[12 + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(head, text.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(4), length);
        text.CopyTo(head, 12);
        return head;
    }

    private static MemoryStream Read(Stream stream, int length)
    {
        // what is in memory need not be copied
        if (stream is MemoryStream all && all.TryGetBuffer(out var bytes))
        {
            if (all.Length - all.Position < length) throw new InvalidDataException("it ends early");
            var part = new MemoryStream(bytes.Array!, bytes.Offset + (int)all.Position, length, writable: false, publiclyVisible: true);
            all.Position += length;
            return part;
        }

        var state = new MemoryStream();
        var piece = new byte[Math.Min(length, Piece)];
        for (var left = length; left > 0; left -= piece.Length)
        {
            var part = piece.AsSpan(0, Math.Min(left, piece.Length));
            Fill(stream, part);
            state.Write(part);
        }

        return state;
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException("it ends early");
    }
}
