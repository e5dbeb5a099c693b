using System.IO.Compression;

namespace Sundry.Data;

/// <summary>
/// Inflates a gzip file and notices where it was cut short, which <see cref="GZipStream"/> takes for its end. A member that holds a mark is read behind the
/// file's own: the mark comes out last if, and only if, all members before it were whole.
/// </summary>
internal sealed class GzipText : Stream
{
    private const int BlockSize = 1 << 16;

    private readonly GZipStream _inflated;
    private readonly byte[] _block = new byte[BlockSize];
    private int _begin;
    private int _end;

    public GzipText(Stream file) => _inflated = new GZipStream(new Followed(file), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    private static ReadOnlySpan<byte> Mark => [0xe7, 0x3a, 0x91, 0x5c, 0x0d, 0xb8, 0x66, 0xf2, 0x1b, 0xc4, 0x7e, 0x29, 0xa0, 0x53, 0xdf, 0x88];

    // header, one stored block of 16 bytes, CRC-32 and length
    private static ReadOnlySpan<byte> MarkMember =>
    [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1, 16, 0, 0xef, 0xff,
        0xe7, 0x3a, 0x91, 0x5c, 0x0d, 0xb8, 0x66, 0xf2, 0x1b, 0xc4, 0x7e, 0x29, 0xa0, 0x53, 0xdf, 0x88,
        0xea, 0x5e, 0x9e, 0x09, 16, 0, 0, 0,
    ];

    /// <exception cref="InvalidDataException">The file is damaged or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        // what may be the mark is held back
        while (_end - _begin <= Mark.Length)
        {
            if (_begin > 0)
            {
                _block.AsSpan(_begin, _end - _begin).CopyTo(_block);
                _end -= _begin;
                _begin = 0;
            }

            int read = _inflated.Read(_block.AsSpan(_end));
            if (read == 0)
            {
                if (_block.AsSpan(_begin, _end - _begin).SequenceEqual(Mark)) return 0;
                throw new InvalidDataException("It ends before its last block.");
            }

            _end += read;
        }

        int length = Math.Min(buffer.Length, _end - _begin - Mark.Length);
        _block.AsSpan(_begin, length).CopyTo(buffer);
        _begin += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflated.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A file's bytes, and then the mark's member.</summary>
    private sealed class Followed(Stream file) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int read = _given > 0 ? 0 : file.Read(buffer);
            if (read > 0) return read;
            int length = Math.Min(buffer.Length, MarkMember.Length - _given);
            MarkMember.Slice(_given, length).CopyTo(buffer);
            _given += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
