using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>The groups and kept numbers of all rows while a table is prepared, in a temporary file beside the provisional one and in its order.</summary>
internal sealed class GroupFile : IDisposable
{
    private readonly ProvisionalStream _file;
    private readonly GroupedRows?[] _parts = new GroupedRows?[3];
    private readonly float[] _numbers;

    public GroupFile(string path, GroupColumns columns)
    {
        Columns = columns;
        _numbers = new float[columns.Numbers.Count];
        _file = new ProvisionalStream(path);
        _parts[(int)Part.Validation] = new GroupedRows(columns);
        _parts[(int)Part.Test] = new GroupedRows(columns);
    }

    public GroupColumns Columns { get; }

    /// <summary>How a part's file is called.</summary>
    public static string FileName(Part part) => part.ToString().ToLowerInvariant() + ".groups";

    /// <summary>Adds a row.</summary>
    public void Append(GroupReader row) => Append(row.Group, row.Numbers);

    /// <summary>Adds a row.</summary>
    /// <param name="group">The hash of its group.</param>
    /// <param name="numbers">One number a column.</param>
    public void Append(ulong group, ReadOnlySpan<float> numbers)
    {
        _file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in group)));
        _file.Write(MemoryMarshal.AsBytes(numbers));
    }

    /// <summary>Goes back to the first row.</summary>
    public void Rewind() => _file.Rewind();

    /// <summary>Gives the next rows to the parts that they belong to; nothing is ranked on training rows.</summary>
    public void Deal(ReadOnlySpan<Part> parts)
    {
        ulong group = 0;
        foreach (var part in parts)
        {
            _file.ReadExactly(MemoryMarshal.AsBytes(new Span<ulong>(ref group)));
            _file.ReadExactly(MemoryMarshal.AsBytes(_numbers.AsSpan()));
            if (part is Part.Validation or Part.Test) _parts[(int)part]!.Add(group, _numbers);
        }
    }

    /// <summary>Writes the parts that have rows.</summary>
    public void Save(string folder)
    {
        foreach (var part in new[] { Part.Validation, Part.Test })
            if (_parts[(int)part]!.Count > 0) _parts[(int)part]!.Save(Path.Combine(folder, FileName(part)));
    }

    public void Dispose() => _file.Dispose();
}
