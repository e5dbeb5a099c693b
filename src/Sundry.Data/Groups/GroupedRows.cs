using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>The group and the kept numbers of every row of a table, in the order of its rows.</summary>
public sealed class GroupedRows
{
    private readonly List<ulong> _groups = [];
    private readonly List<float>[] _numbers;

    /// <summary>No rows yet.</summary>
    public GroupedRows(GroupColumns columns)
    {
        Columns = columns;
        _numbers = [.. columns.Numbers.Select(_ => new List<float>())];
    }

    /// <summary>The columns.</summary>
    public GroupColumns Columns { get; }

    /// <summary>Rows.</summary>
    public int Count => _groups.Count;

    /// <summary>[Count] a hash of each row's group; equal for rows of one group.</summary>
    public ReadOnlySpan<ulong> Groups => CollectionsMarshal.AsSpan(_groups);

    /// <summary>[Count] one of the columns of numbers.</summary>
    /// <param name="column">Its place in <see cref="GroupColumns.Numbers"/>.</param>
    public ReadOnlySpan<float> Numbers(int column) => CollectionsMarshal.AsSpan(_numbers[column]);

    /// <summary>Adds a row.</summary>
    /// <param name="group">The hash of its group.</param>
    /// <param name="numbers">One number a column.</param>
    public void Add(ulong group, ReadOnlySpan<float> numbers)
    {
        _groups.Add(group);
        for (int i = 0; i < _numbers.Length; i++) _numbers[i].Add(numbers[i]);
    }

    /// <summary>Writes all rows and a checksum.</summary>
    internal void Save(string path)
    {
        using var file = File.Create(path);
        uint crc = 0;
        Write(MemoryMarshal.AsBytes(Groups));
        foreach (var numbers in _numbers) Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
        file.Write(BitConverter.GetBytes(crc));
        file.Flush(flushToDisk: true);

        void Write(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            crc = Crc32C.Append(crc, bytes);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It has another number of rows, or is damaged.</exception>
    internal static GroupedRows Load(string path, GroupColumns columns, int rows)
    {
        var result = new GroupedRows(columns);
        if (!File.Exists(path) || new FileInfo(path).Length != rows * (8L + 4L * columns.Numbers.Count) + 4) throw new InvalidDataException("the groups of its rows are not as many as its rows");
        using var file = File.OpenRead(path);
        uint crc = 0;
        CollectionsMarshal.SetCount(result._groups, rows);
        Read(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(result._groups)));
        foreach (var numbers in result._numbers)
        {
            CollectionsMarshal.SetCount(numbers, rows);
            Read(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
        }

        Span<byte> end = stackalloc byte[4];
        file.ReadExactly(end);
        return BitConverter.ToUInt32(end) == crc ? result : throw new InvalidDataException("the checksum of its groups is wrong, so they were changed or damaged");

        void Read(Span<byte> bytes)
        {
            file.ReadExactly(bytes);
            crc = Crc32C.Append(crc, bytes);
        }
    }
}
