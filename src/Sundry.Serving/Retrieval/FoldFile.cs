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
    private const int Buffer = 1 << 16;

    /// <summary>Writes the states.</summary>
    public static void Save(Stream stream, params ReadOnlySpan<IEventFold> folds)
    {
        if (stream is { CanSeek: true, CanRead: true })
        {
            Seal(stream, Write(stream, folds));
            return;
        }

        using var all = new MemoryStream();
        Seal(all, Write(all, folds));
        all.WriteTo(stream);
    }

    /// <summary>Writes the states without their checksums: quickly, since whoever changes them waits. The stream can be read and sought in.</summary>
    /// <returns>Where each begins, and where its checksum belongs, for <see cref="Seal"/>.</returns>
    internal static IReadOnlyList<(long Start, long End)> Write(Stream stream, params ReadOnlySpan<IEventFold> folds)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], folds.Length);
        stream.Write(head);
        var parts = new List<(long Start, long End)>();
        foreach (var fold in folds)
        {
            var start = stream.Position;
            var section = Head(fold.Name, 0);
            stream.Write(section);
            var buffer = new BufferedStream(stream, Buffer);
            using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true)) fold.Save(writer);
            buffer.Flush();
            var end = stream.Position;
            BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(4), end - start - section.Length);
            stream.Position = start;
            stream.Write(section);
            stream.Position = end;
            stream.Write(head[..4]);
            parts.Add((start, end));
        }

        return parts;
    }

    /// <summary>Writes the checksums of what <see cref="Write"/> wrote. The stream ends at its end.</summary>
    internal static void Seal(Stream stream, IReadOnlyList<(long Start, long End)> parts)
    {
        var piece = new byte[Piece];
        foreach (var (start, end) in parts)
        {
            var crc = Crc32C.Start;
            stream.Position = start;
            for (var left = end - start; left > 0;)
            {
                var part = piece.AsSpan(0, (int)Math.Min(left, piece.Length));
                stream.ReadExactly(part);
                crc = Crc32C.Append(crc, part);
                left -= part.Length;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(piece, crc);
            stream.Write(piece, 0, 4);
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
            var (state, crc) = Read(stream, (int)length, Crc32C.Append(Crc32C.Start, expected));
            Fill(stream, head[..4]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != crc) throw new InvalidDataException($"the checksum of '{fold.Name}' is wrong");
            var after = stream.CanSeek ? stream.Position : 0;
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
            if (stream.CanSeek) stream.Position = after;
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

    // what can be sought in is read where it is; of the rest a copy is made
    private static (Stream State, uint Crc) Read(Stream stream, int length, uint crc)
    {
        if (stream.CanSeek && stream.Length - stream.Position < length) throw new InvalidDataException("it ends early");
        var copy = stream.CanSeek ? null : new MemoryStream();
        var start = copy is null ? stream.Position : 0;
        var piece = new byte[Math.Min(length, Piece)];
        for (var left = length; left > 0; left -= piece.Length)
        {
            var part = piece.AsSpan(0, Math.Min(left, piece.Length));
            Fill(stream, part);
            crc = Crc32C.Append(crc, part);
            copy?.Write(part);
        }

        if (copy is not null) copy.Position = 0;
        return (copy ?? (Stream)new BufferedStream(new StreamPart(stream, start, length), Buffer), crc);
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException("it ends early");
    }
}
