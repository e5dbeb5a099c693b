using System.Buffers.Binary;
using System.Text;

namespace Sundry.Data;

/// <summary>
/// The file of an <see cref="EncodedTable"/>, little-endian: a header, then one section of records, then two sections a bag. Sections begin at multiples of 64
/// bytes. A record is one row: F ids (int32), N numbers, T labels and one weight (float32 each), so that a shuffled row is one read. A bag's sections are
/// [rows + 1] offsets (int64) and its ids (int32). Where a bag's rows are windows into a stream the offsets are [rows] of start, end and the row's time in seconds since 1970
/// (int32, int32, uint32), empty where another bag's are its own, and the ids are the stream.
/// <code>
/// header   magic[8] version:int32 length:int32 rows:int64 ids:int32 numbers:int32 tasks:int32 bags:int32 layout:uint64
///          then for each section offset:int64 length:int64 crc32c:uint32, and last the crc32c of all that
/// </code>
/// </summary>
internal sealed class EncodedTableFormat
{
    private const int Version = 1;
    private const int FixedLength = 48;
    private const int SectionLength = 20;
    private const int Alignment = 64;
    private const int MostBags = 4096;

    private EncodedTableFormat(long rows, int ids, int numbers, int tasks, int bags, ulong layout)
    {
        Rows = rows;
        Ids = ids;
        Numbers = numbers;
        Tasks = tasks;
        Bags = bags;
        LayoutHash = layout;
        Offsets = new long[1 + 2 * bags];
        Lengths = new long[1 + 2 * bags];
        Windows = new int[bags];
        Array.Fill(Windows, -1);
        Checksums = new uint[1 + 2 * bags];
    }

    public static ReadOnlySpan<byte> Magic => "SUNDRYTB"u8;

    public long Rows { get; }

    public int Ids { get; }

    public int Numbers { get; }

    public int Tasks { get; }

    public int Bags { get; }

    public ulong LayoutHash { get; }

    public long[] Offsets { get; }

    public long[] Lengths { get; }

    public uint[] Checksums { get; }

    /// <summary>[bags] the bag whose windows a bag's rows are; -1 where its rows are no windows.</summary>
    public int[] Windows { get; }

    /// <summary>Values of four bytes in a record.</summary>
    public int Stride => Ids + Numbers + Tasks + 1;

    public int HeaderLength => FixedLength + SectionLength * Offsets.Length + 4;

    public long FileLength => Offsets[^1] + Lengths[^1];

    /// <summary>A format for rows of this layout.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="bagIds">For each bag, how many ids all rows hold.</param>
    public static EncodedTableFormat Of(Layout layout, long rows, ReadOnlySpan<long> bagIds)
    {
        var format = new EncodedTableFormat(rows, layout.Ids.Count, layout.Numbers.Count, layout.Tasks.Count, layout.Bags.Count, Hash(layout));
        format.Lengths[0] = rows * format.Stride * 4;
        format.FindWindows(layout);
        for (int bag = 0; bag < format.Bags; bag++)
        {
            format.Lengths[1 + 2 * bag] = format.BoundsLength(bag);
            format.Lengths[2 + 2 * bag] = bagIds[bag] * 4;
        }

        long offset = Align(format.HeaderLength);
        for (int i = 0; i < format.Offsets.Length; i++)
        {
            format.Offsets[i] = offset;
            offset = Align(offset + format.Lengths[i]);
        }

        return format;
    }

    /// <summary>Reads a header and holds it against the layout and the file's length; every length is checked before it is used.</summary>
    /// <exception cref="InvalidDataException">It is no such file, of another version or layout, damaged, or shorter than it says.</exception>
    public static EncodedTableFormat Read(ReadOnlySpan<byte> start, long fileLength, Layout layout)
    {
        if (start.Length < FixedLength || !start.StartsWith(Magic)) throw new InvalidDataException("it is no table of encoded rows");
        int version = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        if (version != Version) throw new InvalidDataException($"it is of version {version}, and this program reads version {Version}");
        int bags = BinaryPrimitives.ReadInt32LittleEndian(start[36..]);
        if (bags is < 0 or > MostBags) throw new InvalidDataException("its header is damaged");
        long rows = BinaryPrimitives.ReadInt64LittleEndian(start[16..]);
        var format = new EncodedTableFormat(
            rows,
            BinaryPrimitives.ReadInt32LittleEndian(start[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(start[28..]),
            BinaryPrimitives.ReadInt32LittleEndian(start[32..]),
            bags,
            BinaryPrimitives.ReadUInt64LittleEndian(start[40..]));
        int length = format.HeaderLength;
        if (BinaryPrimitives.ReadInt32LittleEndian(start[12..]) != length || start.Length < length) throw new InvalidDataException("its header is damaged");
        if (BinaryPrimitives.ReadUInt32LittleEndian(start[(length - 4)..]) != Crc32C.Append(Crc32C.Start, start[..(length - 4)])) throw new InvalidDataException("its header is damaged");
        for (int i = 0; i < format.Offsets.Length; i++)
        {
            var section = start[(FixedLength + SectionLength * i)..];
            format.Offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(section);
            format.Lengths[i] = BinaryPrimitives.ReadInt64LittleEndian(section[8..]);
            format.Checksums[i] = BinaryPrimitives.ReadUInt32LittleEndian(section[16..]);
            long end = i == 0 ? length : format.Offsets[i - 1] + format.Lengths[i - 1];
            if (format.Offsets[i] < end || format.Lengths[i] < 0 || format.Offsets[i] > fileLength || format.Lengths[i] > fileLength - format.Offsets[i])
                throw new InvalidDataException("it is shorter than its header says");
        }

        if (format.Ids != layout.Ids.Count || format.Numbers != layout.Numbers.Count || format.Tasks != layout.Tasks.Count || bags != layout.Bags.Count || format.LayoutHash != Hash(layout))
            throw new InvalidDataException("it was made for other columns");
        bool fits = rows is >= 0 and <= int.MaxValue && format.Lengths[0] == rows * format.Stride * 4;
        format.FindWindows(layout);
        for (int bag = 0; bag < bags && fits; bag++)
        {
            fits = format.Lengths[1 + 2 * bag] == format.BoundsLength(bag) && format.Lengths[2 + 2 * bag] % 4 == 0;
            // one window is read from all streams that share it
            if (format.Windows[bag] >= 0) fits &= format.Lengths[2 + 2 * bag] == format.Lengths[2 + 2 * format.Windows[bag]];
        }

        if (!fits) throw new InvalidDataException("its header is damaged");
        return format;
    }

    /// <summary>The header's bytes.</summary>
    public byte[] Header()
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), Rows);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Ids);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Numbers);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(32), Tasks);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(36), Bags);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(40), LayoutHash);
        for (int i = 0; i < Offsets.Length; i++)
        {
            var section = header.AsSpan(FixedLength + SectionLength * i);
            BinaryPrimitives.WriteInt64LittleEndian(section, Offsets[i]);
            BinaryPrimitives.WriteInt64LittleEndian(section[8..], Lengths[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(section[16..], Checksums[i]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(header.Length - 4), Crc32C.Append(Crc32C.Start, header.AsSpan(0, header.Length - 4)));
        return header;
    }

    private void FindWindows(Layout layout)
    {
        for (int bag = 0; bag < Bags; bag++)
            for (int other = 0; other < Bags && layout.Bags[bag].Window is not null; other++)
                if (layout.Bags[other].Name == layout.Bags[bag].Window) Windows[bag] = other;
    }

    private long BoundsLength(int bag) => Windows[bag] < 0 ? (Rows + 1) * 8 : Windows[bag] == bag ? Rows * 12 : 0;

    private static long Align(long offset) => (offset + Alignment - 1) / Alignment * Alignment;

    private static ulong Hash(Layout layout)
    {
        ulong hash = 0;
        foreach (var field in layout.Ids) hash = ByteHash.Of(Encoding.UTF8.GetBytes($"{field.Name}\n{field.Rows}"), hash);
        foreach (var field in layout.Bags) hash = ByteHash.Of(Encoding.UTF8.GetBytes(field.Window is null ? $"{field.Name}\n{field.Rows}" : $"{field.Name}\n{field.Rows}\n{field.Window}\n{field.Ages}\n{field.Length}"), hash + 1);
        foreach (var name in layout.Numbers) hash = ByteHash.Of(Encoding.UTF8.GetBytes(name), hash + 2);
        foreach (var task in layout.Tasks) hash = ByteHash.Of(Encoding.UTF8.GetBytes(task.Name), hash + 3);
        return hash;
    }
}
