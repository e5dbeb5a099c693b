using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sundry.Data;

/// <summary>
/// A matrix in a <c>.npy</c> file, as NumPy's <c>save</c> writes it (format versions 1 to 3): float16, float32 or float64, little-endian, row by row. Rows are read as
/// they are asked for.
/// </summary>
public sealed partial class NpyFile : IDisposable
{
    private const int LongestHeader = 1 << 16;

    private readonly FileStream _file;
    private readonly string _path;
    private readonly NumberCode _code;
    private readonly long _start;
    private readonly byte[] _row;

    private NpyFile(FileStream file, string path, NumberCode code, long rows, int width, long start)
    {
        _file = file;
        _path = path;
        _code = code;
        _start = start;
        Rows = rows;
        Width = width;
        _row = new byte[width * code.Bytes()];
    }

    /// <summary>How many rows there are.</summary>
    public long Rows { get; }

    /// <summary>Numbers a row.</summary>
    public int Width { get; }

    /// <summary>Opens a file and checks what it says of itself against its length.</summary>
    /// <exception cref="InputException">It cannot be opened, is no <c>.npy</c> file, is of another type or shape, or is cut short.</exception>
    public static NpyFile Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be opened ({e.Message.TrimEnd('.')}); give a .npy file that exists", path, inner: e);
        }

        try
        {
            return Read(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">0..<see cref="Rows"/>-1.</param>
    /// <param name="numbers">[<see cref="Width"/>] receives its numbers.</param>
    /// <exception cref="InputException">A number is not finite.</exception>
    public void Read(long row, Span<float> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        long at = _start + row * _row.Length;
        if (_file.Position != at) _file.Position = at;
        _file.ReadExactly(_row);
        _code.Read(_row, numbers[..Width]);
        foreach (float number in numbers[..Width])
            if (!float.IsFinite(number)) throw new InputException($"row {row} holds {number.ToString(CultureInfo.InvariantCulture)}; replace it by a number, or leave the row's key out", _path);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static NpyFile Read(FileStream file, string path)
    {
        Span<byte> start = stackalloc byte[12];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < 10 || start[0] != 0x93 || !start[1..].StartsWith("NUMPY"u8))
            throw new InputException("it is no .npy file; write the matrix with numpy.save", path);
        if (start[6] is < 1 or > 3) throw new InputException($"it is of version {start[6]}, and this program reads versions 1 to 3; write it again with numpy.save", path);
        int prefix = start[6] == 1 ? 10 : 12;
        long length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestHeader || prefix + length > file.Length) throw new InputException("its header is longer than the file; it is cut short or damaged", path);
        var header = new byte[(int)length];
        file.Position = prefix;
        file.ReadExactly(header);
        var text = Encoding.Latin1.GetString(header);
        var (descr, order, shape) = (Descr().Match(text), Order().Match(text), Shape().Match(text));
        if (!descr.Success || !order.Success || !shape.Success) throw new InputException("its header does not say type, order and shape; write it again with numpy.save", path);
        if (Code(descr.Groups[1].Value) is not { } code) throw new InputException($"its numbers are of type '{descr.Groups[1].Value}'; save them as little-endian float16, float32 or float64, such as with .astype('<f4')", path);
        if (order.Groups[1].Value == "True") throw new InputException("it is written column by column; save numpy.ascontiguousarray of it", path);
        var sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (sizes.Length != 2 || !long.TryParse(sizes[0], CultureInfo.InvariantCulture, out long rows) || !int.TryParse(sizes[1], CultureInfo.InvariantCulture, out int width))
            throw new InputException($"its shape is ({shape.Groups[1].Value}), and a matrix of two dimensions is needed: one row a key", path);
        if (width is < 1 or > 1 << 16) throw new InputException($"its rows have {width} numbers, and 1 to 65536 can be used", path);
        long room = file.Length - prefix - length;
        if (rows < 0 || rows > room / ((long)width * code.Bytes())) throw new InputException($"it says that it has {rows} rows of {width} numbers, and is too short for them; it is cut short or damaged", path);
        return new NpyFile(file, path, code, rows, width, prefix + length);
    }

    private static NumberCode? Code(string descr) => descr switch
    {
        "<f4" => NumberCode.Single,
        "<f8" => NumberCode.Double,
        "<f2" => NumberCode.Half,
        _ => null,
    };

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]{1,16})['"]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Descr();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Order();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([0-9, ]{0,64})\)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
