namespace Sundry.Data;

/// <summary>
/// The bytes of one text file, inflated where it is gzipped, in a window that moves over it. The window grows until a whole row fits,
/// up to <see cref="MaximumRow"/>.
/// </summary>
internal sealed class TextBuffer : IDisposable
{
    /// <summary>The longest row in bytes; what is longer is no table.</summary>
    public const int MaximumRow = 1 << 24;

    /// <summary>Bytes after the text that vector loads may touch.</summary>
    public const int Padding = 64;

    private const int FirstWindow = 1 << 18;

    private readonly string _name;
    private readonly FileStream _file;
    private readonly Stream _stream;
    private bool _begun;

    public TextBuffer(string path, string name)
    {
        _name = name;
        try
        {
            _file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"the file cannot be opened ({e.Message}); check its permissions", name, inner: e);
        }

        FileLength = _file.Length;
        _stream = new ReadAheadStream(IsGzip() ? new GzipText(_file) : _file);
    }

    /// <summary>The window; text lies at <see cref="Start"/>..<see cref="Limit"/>-1.</summary>
    public byte[] Bytes { get; private set; } = new byte[FirstWindow + Padding];

    /// <summary>Where the unread text begins; the reader moves it.</summary>
    public int Start { get; set; }

    /// <summary>Where the text in the window ends.</summary>
    public int Limit { get; private set; }

    /// <summary>Whether the file ends at <see cref="Limit"/>.</summary>
    public bool Ended { get; private set; }

    /// <summary>The file's size on disk.</summary>
    public long FileLength { get; }

    /// <summary>How much of the file on disk has been read.</summary>
    public long FilePosition => _file.CanRead ? _file.Position : FileLength;

    /// <summary>Whether the unread text has reached the longest row's length, so that <see cref="More"/> cannot help.</summary>
    public bool Full => Limit - Start >= MaximumRow;

    /// <summary>Keeps the unread text, moved to the front, and reads more behind it; false where the file has ended.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public bool More()
    {
        if (Ended) return false;
        if (Start > 0)
        {
            Bytes.AsSpan(Start, Limit - Start).CopyTo(Bytes);
            Limit -= Start;
            Start = 0;
        }

        int room = Bytes.Length - Padding - Limit;
        if (room < FirstWindow / 2)
        {
            var larger = new byte[Math.Min(2L * (Bytes.Length - Padding), MaximumRow + FirstWindow) + Padding];
            Bytes.AsSpan(0, Limit).CopyTo(larger);
            Bytes = larger;
            room = Bytes.Length - Padding - Limit;
        }

        int before = Limit;
        while (room > 0)
        {
            int read = Read(Bytes.AsSpan(Limit, room));
            if (read == 0)
            {
                Ended = true;
                break;
            }

            Limit += read;
            room -= read;
        }

        if (!_begun) Begin();
        return Limit > before;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _file.Dispose();
    }

    private int Read(Span<byte> destination)
    {
        try
        {
            return _stream.Read(destination);
        }
        catch (IOException e) when (e.InnerException is InvalidDataException inner)
        {
            throw new InputException($"the gzip data is damaged or cut short ({inner.Message.TrimEnd('.')}); copy or download the file again", _name, inner: e);
        }
        catch (IOException e)
        {
            throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})", _name, inner: e);
        }
    }

    private bool IsGzip()
    {
        Span<byte> magic = stackalloc byte[2];
        int read = _file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        _file.Position = 0;
        return read == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
    }

    // marks of the encoding stand at the file's very start
    private void Begin()
    {
        _begun = true;
        var text = Bytes.AsSpan(0, Limit);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf])) Start = 3;
        else if (text.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || text.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            throw new InputException("the file is UTF-16; save it as UTF-8", _name);
        else if (text.StartsWith("PK\u0003\u0004"u8)) throw new InputException("the file is a zip archive or a workbook; unpack it, or save it as CSV", _name);
        else if (text.StartsWith("PAR1"u8)) throw new InputException("the file is Parquet; write it as CSV or JSON Lines", _name);
    }
}
