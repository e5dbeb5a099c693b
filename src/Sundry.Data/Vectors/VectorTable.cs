using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sundry.Data;

/// <summary>Vectors made elsewhere, one a row: zeros in row 0 (unknown) and row 1 (missing), then those of the keys, as they were scaled.</summary>
public sealed class VectorTable
{
    private readonly string? _path;
    private readonly int _rows;
    // opened when the first row is read, and closed with the last that knows it
    private readonly Lazy<SafeFileHandle>? _file;

    internal VectorTable(int width, int rows, string? path = null)
    {
        Width = width;
        _rows = rows;
        _path = path;
        if (path is not null) _file = new Lazy<SafeFileHandle>(Open);
    }

    /// <summary>Numbers a vector.</summary>
    public int Width { get; }

    /// <summary>Whether the vectors are at hand; those of a trained model lie with its weights.</summary>
    public bool IsOpen => _path is not null;

    /// <summary>Reads a row; one beyond the last is zeros. Several threads may read at once.</summary>
    /// <param name="row">The row.</param>
    /// <param name="vector">[<see cref="Width"/>] receives its numbers.</param>
    /// <exception cref="InputException">The file is gone or cut short.</exception>
    public void Read(int row, Span<float> vector)
    {
        if (_file is null) throw new InvalidOperationException("The vectors are not at hand.");
        var bytes = MemoryMarshal.AsBytes(vector[..Width]);
        if (row >= _rows) bytes.Clear();
        else if (RandomAccess.Read(_file.Value, bytes, (long)row * bytes.Length) != bytes.Length) throw new InputException("the prepared vectors are cut short; prepare the data again", _path);
    }

    /// <summary>The same vectors where they lie in a folder of prepared data.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    internal VectorTable In(string folder, string feature)
    {
        var file = new FileInfo(Path.Combine(folder, FileName(feature)));
        if (!file.Exists || file.Length != (long)_rows * Width * sizeof(float)) throw new InvalidDataException($"the vectors of '{feature}' are missing or cut short");
        return new VectorTable(Width, _rows, file.FullName);
    }

    /// <summary>The file's name in a folder of prepared data.</summary>
    internal static string FileName(string feature) => $"{ByteHash.Of(System.Text.Encoding.UTF8.GetBytes(feature)):x16}.vectors";

    private SafeFileHandle Open()
    {
        try
        {
            return File.OpenHandle(_path!, share: FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the prepared vectors cannot be opened ({e.Message.TrimEnd('.')}); prepare the data again", _path, inner: e);
        }
    }
}
