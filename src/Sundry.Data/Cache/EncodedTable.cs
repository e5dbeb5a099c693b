using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sundry.Data;

/// <summary>
/// Encoded rows on disk, memory-mapped: they are read as they are needed, and count as the system's file cache rather than as this program's memory. Any
/// number of threads may fill batches of their own at once.
/// </summary>
public sealed class EncodedTable : IDisposable
{
    private readonly EncodedTableFormat _format;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeMemoryMappedViewHandle _memory;
    private readonly long _origin;

    private EncodedTable(Layout layout, EncodedTableFormat format, string path, IReadOnlyList<SourceRange> sources)
    {
        Layout = layout;
        _format = format;
        Count = (int)format.Rows;
        Sources = sources;
        _map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _map.CreateViewAccessor(0, format.FileLength, MemoryMappedFileAccess.Read);
        _memory = _view.SafeMemoryMappedViewHandle;
        _origin = _view.PointerOffset;
    }

    /// <summary>How many rows it holds.</summary>
    public int Count { get; }

    /// <summary>The columns.</summary>
    public Layout Layout { get; }

    /// <summary>Where the rows of each source lie, the main one first; empty where it is the only one.</summary>
    public IReadOnlyList<SourceRange> Sources { get; }

    /// <summary>Where the rows of a task's source lie; all rows where there is one source alone.</summary>
    public SourceRange RowsOf(TaskSchema task)
    {
        foreach (var range in Sources)
            if (range.Source == task.Source) return range;
        return new SourceRange(task.Source, 0, Count);
    }

    /// <summary>A text that is another wherever any value of any row is another.</summary>
    public string Fingerprint => $"{Count}-{string.Join('-', _format.Checksums.Select(c => c.ToString("x8")))}";

    /// <summary>Replaces the batch's rows with rows <paramref name="start"/>..<paramref name="start"/>+<paramref name="count"/>-1.</summary>
    public void Fill(Batch batch, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        Begin(batch, count);
        using (var records = Records())
            for (int i = 0; i < count; i++) FillRow(batch, i, records.Of(start + i));
        if (_format.Bags > 0) FillBags(batch, start, default, count);
    }

    /// <summary>Replaces the batch's rows with these rows, in this order.</summary>
    public void Fill(Batch batch, ReadOnlySpan<int> rows) => Fill(batch, rows, 0, rows.Length);

    /// <summary>
    /// Replaces part of the batch's rows, <paramref name="first"/>..<paramref name="first"/>+<paramref name="count"/>-1, with those that <paramref name="rows"/>
    /// names there. Several threads may fill the parts of one batch side by side.
    /// </summary>
    public void Fill(Batch batch, ReadOnlySpan<int> rows, int first, int count)
    {
        Begin(batch, rows.Length);
        using (var records = Records())
        {
            for (int i = first; i < first + count; i++)
            {
                int row = rows[i];
                if ((uint)row >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(rows), row, "There is no such row.");
                FillRow(batch, i, records.Of(row));
            }
        }

        // a bag's rows begin where those before them end, so one thread fills all of them
        if (_format.Bags > 0 && first == 0) FillBags(batch, 0, rows, rows.Length);
    }

    /// <summary>Copies a task's whole label column; <paramref name="destination"/> holds <see cref="Count"/> values or more.</summary>
    public void ReadLabels(int task, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, _format.Tasks);
        ReadColumn(_format.Ids + _format.Numbers + task, destination);
    }

    /// <summary>Copies the whole column of sample weights; <paramref name="destination"/> holds <see cref="Count"/> values or more.</summary>
    public void ReadWeights(Span<float> destination) => ReadColumn(_format.Stride - 1, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    /// <summary>Opens a file after its checksums were found right.</summary>
    /// <exception cref="InvalidDataException">It is no such file, of another version or layout, or damaged.</exception>
    internal static EncodedTable Open(string path, Layout layout, IReadOnlyList<SourceRange>? sources = null)
    {
        EncodedTableFormat format;
        using (var file = File.OpenHandle(path, options: FileOptions.SequentialScan))
        {
            long length = RandomAccess.GetLength(file);
            var start = new byte[(int)Math.Min(length, 1 << 17)];
            var read = start.AsSpan(0, ReadFully(file, start, 0));
            format = EncodedTableFormat.Read(read, length, layout);
            if (format.FileLength != length) throw new InvalidDataException("its length is not what its header says");
            Verify(file, format);
        }

        return new EncodedTable(layout, format, path, sources ?? []);
    }

    private static void Verify(SafeFileHandle file, EncodedTableFormat format)
    {
        // a multiple of an offset's and of a window's length
        var buffer = new byte[3 << 16];
        for (int i = 0; i < format.Offsets.Length; i++)
        {
            uint crc = 0;
            for (long done = 0; done < format.Lengths[i];)
            {
                int read = ReadFully(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, format.Lengths[i] - done)), format.Offsets[i] + done);
                if (read == 0) throw new InvalidDataException("it is shorter than its header says");
                crc = Crc32C.Append(crc, buffer.AsSpan(0, read));
                if (i > 0 && i % 2 == 1 && format.Windows[i / 2] < 0) CheckOffsets(buffer.AsSpan(0, read), format.Lengths[i + 1] / 4);
                else if (i > 0 && i % 2 == 1) CheckWindows(buffer.AsSpan(0, read), format.Lengths[i + 1] / 4);
                done += read;
            }

            if (crc != format.Checksums[i]) throw new InvalidDataException("its checksum is wrong, so it was changed or damaged");
        }
    }

    // offsets are indexes later, so they are looked at once
    private static void CheckOffsets(ReadOnlySpan<byte> bytes, long ids)
    {
        long before = 0;
        foreach (long offset in MemoryMarshal.Cast<byte, long>(bytes))
        {
            if (offset < before || offset > ids) throw new InvalidDataException("its bags are damaged");
            before = offset;
        }
    }

    private static void CheckWindows(ReadOnlySpan<byte> bytes, long ids)
    {
        foreach (ref readonly var window in MemoryMarshal.Cast<byte, RowWindow>(bytes))
            if (window.Start < 0 || window.Start > window.End || window.End > ids) throw new InvalidDataException("its windows are damaged");
    }

    private static int ReadFully(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = RandomAccess.Read(file, buffer[total..], offset + total);
            if (read == 0) break;
            total += read;
        }

        return total;
    }

    private void Begin(Batch batch, int count)
    {
        if (batch.Layout.Ids.Count != _format.Ids || batch.Layout.Numbers.Count != _format.Numbers || batch.Layout.Tasks.Count != _format.Tasks || batch.Layout.Bags.Count != _format.Bags)
            throw new ArgumentException("The batch has other columns.", nameof(batch));
        batch.Count = count;
    }

    // the table cannot be closed under the one who holds them
    private MappedRecords Records() => new(_memory, _origin + _format.Offsets[0], _format.Stride * 4L);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillRow(Batch batch, int index, nint record)
    {
        int ids = _format.Ids;
        int numbers = _format.Numbers;
        int tasks = _format.Tasks;
        if (ids > 0) Marshal.Copy(record, batch.Ids, index * ids, ids);
        if (numbers > 0) Marshal.Copy(record + 4 * ids, batch.Numbers, index * numbers, numbers);
        if (tasks > 0) Marshal.Copy(record + 4 * (ids + numbers), batch.Labels, index * tasks, tasks);
        Marshal.Copy(record + 4 * (_format.Stride - 1), batch.Weights, index, 1);
    }

    private void FillBags(Batch batch, int start, ReadOnlySpan<int> rows, int count)
    {
        Span<long> bounds = stackalloc long[2];
        for (int bag = 0; bag < _format.Bags; bag++)
        {
            if (_format.Windows[bag] >= 0)
            {
                FillWindows(batch, bag, start, rows, count);
                continue;
            }

            long offsets = _origin + _format.Offsets[1 + 2 * bag];
            long ids = _origin + _format.Offsets[2 + 2 * bag];
            var ends = batch.BagOffsets[bag];
            ends[0] = 0;
            for (int i = 0; i < count; i++)
            {
                int row = rows.IsEmpty ? start + i : rows[i];
                _memory.ReadSpan((ulong)(offsets + (long)row * 8), bounds);
                int length = (int)(bounds[1] - bounds[0]);
                ends[i + 1] = ends[i] + length;
                if (length == 0) continue;
                batch.GrowBag(bag, ends[i + 1]);
                _memory.ReadSpan((ulong)(ids + bounds[0] * 4), batch.BagIds[bag].AsSpan(ends[i], length));
            }
        }
    }

    private void FillWindows(Batch batch, int bag, int start, ReadOnlySpan<int> rows, int count)
    {
        // copied through pointers: reading spans from the handle goes value by value
        using var windows = new MappedRecords(_memory, _origin + _format.Offsets[1 + 2 * _format.Windows[bag]], 12);
        using var stream = new MappedRecords(_memory, _origin + _format.Offsets[2 + 2 * bag], 4);
        int most = Layout.Bags[bag].Length;
        bool ages = Layout.Bags[bag].Ages;
        var ends = batch.BagOffsets[bag];
        ends[0] = 0;
        for (int i = 0; i < count; i++)
        {
            nint window = windows.Of(rows.IsEmpty ? start + i : rows[i]);
            int to = Marshal.ReadInt32(window, 4);
            int from = Math.Max(Marshal.ReadInt32(window), to - most);
            ends[i + 1] = ends[i] + to - from;
            if (to == from) continue;
            batch.GrowBag(bag, ends[i + 1]);
            Marshal.Copy(stream.Of(from), batch.BagIds[bag], ends[i], to - from);
            if (!ages) continue;
            uint time = (uint)Marshal.ReadInt32(window, 8);
            foreach (ref int id in batch.BagIds[bag].AsSpan(ends[i], to - from)) id = RowWindow.Age(time, (uint)id);
        }
    }

    private void ReadColumn(int column, Span<float> destination)
    {
        if (destination.Length < Count) throw new ArgumentException("The destination is too short.", nameof(destination));
        int stride = _format.Stride;
        int chunk = Math.Max(1, 8192 / stride);
        var records = new float[chunk * stride];
        for (int row = 0; row < Count; row += chunk)
        {
            int rows = Math.Min(chunk, Count - row);
            _memory.ReadSpan((ulong)(_origin + _format.Offsets[0] + (long)row * stride * 4), records.AsSpan(0, rows * stride));
            for (int i = 0; i < rows; i++) destination[row + i] = records[i * stride + column];
        }
    }

    /// <summary>Where the rows' records lie, for as long as somebody reads them.</summary>
    private readonly ref struct MappedRecords
    {
        private readonly SafeHandle _memory;
        private readonly nint _start;
        private readonly long _length;

        public MappedRecords(SafeHandle memory, long offset, long length)
        {
            bool held = false;
            memory.DangerousAddRef(ref held);
            _memory = memory;
            _start = memory.DangerousGetHandle() + (nint)offset;
            _length = length;
        }

        public nint Of(int row) => _start + (nint)(row * _length);

        public void Dispose() => _memory.DangerousRelease();
    }
}
