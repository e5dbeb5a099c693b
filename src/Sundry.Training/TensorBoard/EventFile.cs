using System.Buffers.Binary;
using System.Text;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Writes a TensorBoard event file: TFRecord frames (length, masked CRC-32C of it, bytes, masked CRC-32C of them) around <c>Event</c> messages in
/// protobuf, of which scalars need five fields.
/// </summary>
internal sealed class EventFile
{
    private readonly Stream _stream;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="time">When it was begun, in seconds since 1970.</param>
    public EventFile(Stream stream, double time)
    {
        _stream = stream;
        var version = new MemoryStream();
        Double(version, 1, time);
        Bytes(version, 3, "brain.Event:2"u8);
        Frame(version);
    }

    /// <summary>Adds scalars of one moment.</summary>
    /// <param name="time">When, in seconds since 1970.</param>
    /// <param name="step">The step that TensorBoard draws them over.</param>
    /// <param name="scalars">Tags, which TensorBoard groups by what stands before the first slash, and values.</param>
    public void Add(double time, long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        var summary = new MemoryStream();
        foreach (var (tag, value) in scalars)
        {
            var scalar = new MemoryStream();
            Bytes(scalar, 1, Encoding.UTF8.GetBytes(tag));
            Float(scalar, 2, (float)value);
            Bytes(summary, 1, Written(scalar));
        }

        var message = new MemoryStream();
        Double(message, 1, time);
        Key(message, 2, 0);
        Varint(message, (ulong)step);
        Bytes(message, 5, Written(summary));
        Frame(message);
    }

    private static ReadOnlySpan<byte> Written(MemoryStream message) => message.GetBuffer().AsSpan(0, (int)message.Length);

    // CRCs of data that itself holds CRCs are weak, so TFRecord turns and shifts them
    private static uint Mask(uint crc) => unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);

    private static void Double(MemoryStream message, int field, double value)
    {
        Key(message, field, 1);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        message.Write(bytes);
    }

    private static void Float(MemoryStream message, int field, float value)
    {
        Key(message, field, 5);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        message.Write(bytes);
    }

    private static void Bytes(MemoryStream message, int field, ReadOnlySpan<byte> bytes)
    {
        Key(message, field, 2);
        Varint(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void Key(MemoryStream message, int field, int wire) => Varint(message, (ulong)((field << 3) | wire));

    private static void Varint(MemoryStream message, ulong value)
    {
        for (; value >= 0x80; value >>= 7) message.WriteByte((byte)(value | 0x80));
        message.WriteByte((byte)value);
    }

    private void Frame(MemoryStream message)
    {
        var bytes = Written(message);
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Mask(Crc32C.Append(Crc32C.Start, head[..8])));
        _stream.Write(head);
        _stream.Write(bytes);
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Mask(Crc32C.Append(Crc32C.Start, bytes)));
        _stream.Write(tail);
    }
}
