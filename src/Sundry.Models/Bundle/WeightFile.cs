using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Weights as bytes, little-endian: a magic number, the version, whether the optimiser's moments are there, and one section for each
/// parameter and table: its name, rows and floats a row, its values, and their CRC-32C. A reader knows from the graph what must come, so a
/// file can never make it allocate.
/// </summary>
public static class WeightFile
{
    private const ulong Magic = 0x5354_4857_5944_4E53; // "SNDYWHTS"
    private const int Version = 1;
    private const int BufferFloats = 1 << 16;
    private const int HeaderBytes = 20;
    private const int SectionHeadBytes = 12;

    /// <summary>Writes every parameter and table.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="store">The weights.</param>
    /// <param name="moments">Whether to write the optimiser's moments too, as a checkpoint needs.</param>
    public static void Write(Stream stream, ParameterStore store, bool moments)
    {
        var graph = store.Graph;
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], moments ? store.Moments : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], graph.Parameters.Count + graph.Tables.Count);
        stream.Write(header);
        foreach (var parameter in graph.Parameters)
        {
            WriteHead(stream, parameter.Name, 1, parameter.Length * (1 + (moments ? store.Moments : 0)));
            var crc = WriteValues(stream, store.Values(parameter), Crc32C.Start);
            for (var m = 0; moments && m < store.Moments; m++)
                crc = WriteValues(stream, store.MomentValues(parameter, m), crc);
            WriteTail(stream, crc);
        }

        foreach (var table in graph.Tables)
        {
            WriteHead(stream, table.Name, table.Rows, table.Width * (1 + (moments ? store.MomentsOf(table) : 0)));
            var crc = Crc32C.Start;
            for (var row = 0; row < table.Rows; row++)
                crc = WriteValues(stream, moments ? store.ValuesAndMoments(table, row) : store.Values(table, row), crc);
            WriteTail(stream, crc);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same graph.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="store">Takes the weights, and the moments where the file has them and the store keeps them.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="InputException">The file is cut short, changed, of another version, or of another model.</exception>
    public static void Read(Stream stream, ParameterStore store, string file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Fill(stream, header, file);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
            throw new InputException("this is not a weights file; give a model folder that 'sundry train' wrote", file);
        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != Version)
            throw new InputException($"it is of version {version}, this program reads version {Version}; train the model again or use the program that wrote it", file);
        var moments = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (moments != 0 && moments != store.Moments)
            throw new InputException($"it keeps {moments} moments a weight, the optimiser needs {store.Moments}; resume with the optimiser that it was trained with", file);
        var graph = store.Graph;
        if (BinaryPrimitives.ReadInt32LittleEndian(header[16..]) != graph.Parameters.Count + graph.Tables.Count)
            throw Foreign(file);
        foreach (var parameter in graph.Parameters)
        {
            ReadHead(stream, parameter.Name, 1, (long)parameter.Length * (1 + moments), file);
            var crc = ReadValues(stream, store.Values(parameter), Crc32C.Start, file);
            for (var m = 0; m < moments; m++)
                crc = ReadValues(stream, store.MomentValues(parameter, m), crc, file);
            ReadTail(stream, crc, parameter.Name, file);
        }

        foreach (var table in graph.Tables)
        {
            ReadHead(stream, table.Name, table.Rows, (long)table.Width * (1 + (moments == 0 ? 0 : store.MomentsOf(table))), file);
            var crc = Crc32C.Start;
            for (var row = 0; row < table.Rows; row++)
                crc = ReadValues(stream, moments == 0 ? store.Values(table, row) : store.ValuesAndMoments(table, row), crc, file);
            ReadTail(stream, crc, table.Name, file);
        }

        if (stream.ReadByte() >= 0) throw Foreign(file);
        store.Touch();
    }

    /// <summary>Refuses a file that has another length than the weights of a graph, moments left out.</summary>
    /// <exception cref="InputException">It has.</exception>
    internal static void CheckLength(string file, Graph graph)
    {
        var length = (long)HeaderBytes;
        foreach (var parameter in graph.Parameters) length += SectionBytes(parameter.Name, 1, parameter.Length);
        foreach (var table in graph.Tables) length += SectionBytes(table.Name, table.Rows, table.Width);
        if (new FileInfo(file).Length != length) throw Foreign(file);
    }

    private static long SectionBytes(string name, long rows, long floats) => SectionHeadBytes + Encoding.UTF8.GetByteCount(name) + rows * floats * sizeof(float) + sizeof(uint);

    private static void WriteHead(Stream stream, string name, int rows, int floats)
    {
        var text = Encoding.UTF8.GetBytes(name);
        Span<byte> head = stackalloc byte[SectionHeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], rows);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], floats);
        stream.Write(head);
        stream.Write(text);
    }

    private static void ReadHead(Stream stream, string name, int rows, long floats, string file)
    {
        Span<byte> head = stackalloc byte[SectionHeadBytes];
        Fill(stream, head, file);
        var expected = Encoding.UTF8.GetBytes(name);
        if (BinaryPrimitives.ReadInt32LittleEndian(head) != expected.Length
            || BinaryPrimitives.ReadInt32LittleEndian(head[4..]) != rows
            || BinaryPrimitives.ReadInt32LittleEndian(head[8..]) != floats)
            throw Foreign(file);
        var text = new byte[expected.Length];
        Fill(stream, text, file);
        if (!text.AsSpan().SequenceEqual(expected)) throw Foreign(file);
    }

    private static uint WriteValues(Stream stream, ReadOnlySpan<float> values, uint crc)
    {
        for (var at = 0; at < values.Length; at += BufferFloats)
        {
            var bytes = MemoryMarshal.AsBytes(values.Slice(at, Math.Min(BufferFloats, values.Length - at)));
            crc = Crc32C.Append(crc, bytes);
            stream.Write(bytes);
        }

        return crc;
    }

    private static uint ReadValues(Stream stream, Span<float> values, uint crc, string file)
    {
        var bytes = MemoryMarshal.AsBytes(values);
        Fill(stream, bytes, file);
        return Crc32C.Append(crc, bytes);
    }

    private static void WriteTail(Stream stream, uint crc)
    {
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, crc);
        stream.Write(tail);
    }

    private static void ReadTail(Stream stream, uint crc, string name, string file)
    {
        Span<byte> tail = stackalloc byte[4];
        Fill(stream, tail, file);
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail) != crc)
            throw new InputException($"the checksum of '{name}' is wrong, so the file was changed or damaged; copy the model again", file);
    }

    private static void Fill(Stream stream, Span<byte> bytes, string file)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InputException("the file ends early, so it was cut short; copy the model again", file);
    }

    private static InputException Foreign(string file) => new("its weights are not those of the model beside it; copy the whole model folder again", file);
}
