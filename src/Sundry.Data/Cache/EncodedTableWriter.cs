using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sundry.Data;

/// <summary>
/// Writes the file of an <see cref="EncodedTable"/>. The number of rows and of bag ids is known beforehand, so that all sections grow side by side; the header
/// is written last, so that an unfinished file is none.
/// </summary>
internal sealed class EncodedTableWriter : IDisposable
{
    private const int BufferSize = 1 << 18;

    private readonly EncodedTableFormat _format;
    private readonly SafeFileHandle _file;
    private readonly byte[][] _buffers;
    // a section's full buffer is written on another thread while its other one is filled
    private readonly byte[][] _others;
    private readonly Task?[] _writing;
    private readonly int[] _used;
    private readonly long[] _written;
    private readonly long[] _bagEnds;

    public EncodedTableWriter(string path, Layout layout, long rows, ReadOnlySpan<long> bagIds)
    {
        if (rows > int.MaxValue) throw new InputException($"a part has {rows} rows; {int.MaxValue} are the most that are held");
        _format = EncodedTableFormat.Of(layout, rows, bagIds);
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        int sections = _format.Offsets.Length;
        _buffers = new byte[sections][];
        _others = new byte[sections][];
        _writing = new Task?[sections];
        for (int i = 0; i < sections; i++) _buffers[i] = new byte[(int)Math.Min(BufferSize, Math.Max(64, _format.Lengths[i] + 7 & ~7L))];
        _used = new int[sections];
        _written = new long[sections];
        _bagEnds = new long[_format.Bags];
        for (int bag = 0; bag < _format.Bags; bag++)
            if (_format.Windows[bag] < 0) Append(1 + 2 * bag, BitConverter.GetBytes(0L));
    }

    /// <summary>Appends a row's record, or those of several.</summary>
    public void Append(ReadOnlySpan<int> records) => Append(0, MemoryMarshal.AsBytes(records));

    /// <summary>Appends a row's ids of one bag.</summary>
    public void AppendBag(int bag, ReadOnlySpan<int> ids)
    {
        Append(2 + 2 * bag, MemoryMarshal.AsBytes(ids));
        long end = _bagEnds[bag] += ids.Length;
        Append(1 + 2 * bag, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in end)));
    }

    /// <summary>Appends where rows' windows lie in the streams of a bag and of those that share it.</summary>
    public void AppendWindows(int bag, ReadOnlySpan<RowWindow> windows) => Append(1 + 2 * bag, MemoryMarshal.AsBytes(windows));

    /// <summary>Appends to the stream that a bag's rows are windows into.</summary>
    public void AppendStream(int bag, ReadOnlySpan<int> ids) => Append(2 + 2 * bag, MemoryMarshal.AsBytes(ids));

    /// <summary>Writes what is buffered, and the header.</summary>
    public void Finish()
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            Flush(i);
            Await(i);
            if (_written[i] != _format.Lengths[i]) throw new InvalidOperationException("The rows are not as many as were announced.");
        }

        // the file's length also where the last section is empty
        RandomAccess.SetLength(_file, _format.FileLength);
        RandomAccess.Write(_file, _format.Header(), 0);
    }

    public void Dispose()
    {
        foreach (var writing in _writing)
            writing?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _file.Dispose();
    }

    private void Append(int section, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var buffer = _buffers[section];
            int length = Math.Min(bytes.Length, buffer.Length - _used[section]);
            bytes[..length].CopyTo(buffer.AsSpan(_used[section]));
            _used[section] += length;
            bytes = bytes[length..];
            if (_used[section] == buffer.Length) Flush(section);
        }
    }

    private void Flush(int section)
    {
        int length = _used[section];
        if (length == 0) return;
        Await(section);
        var full = _buffers[section];
        _buffers[section] = _others[section] ?? new byte[full.Length];
        _others[section] = full;
        long position = _format.Offsets[section] + _written[section];
        _written[section] += length;
        _used[section] = 0;
        _writing[section] = Task.Run(() =>
        {
            var bytes = full.AsSpan(0, length);
            RandomAccess.Write(_file, bytes, position);
            _format.Checksums[section] = Crc32C.Append(_format.Checksums[section], bytes);
        });
    }

    private void Await(int section)
    {
        var writing = _writing[section];
        _writing[section] = null;
        writing?.GetAwaiter().GetResult();
    }
}
