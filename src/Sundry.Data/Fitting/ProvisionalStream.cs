using Microsoft.Win32.SafeHandles;

namespace Sundry.Data;

/// <summary>
/// A temporary file that is written once and then read several times from the beginning. The file's side of it happens on another thread: while one buffer is filled the other
/// is written, and while one is read from the other is filled.
/// </summary>
internal sealed class ProvisionalStream : Stream
{
    private const int BufferLength = 1 << 19;

    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[BufferLength];
    private byte[] _other = new byte[BufferLength];
    // the other buffer's writing, or its reading and how much was there
    private Task<int>? _pending;
    private int _at;
    private int _filled;
    private long _position;
    private bool _reads;

    /// <summary>Creates an empty file, which is gone when this is disposed.</summary>
    public ProvisionalStream(string path) => _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => !_reads;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Goes back to the beginning, to read; nothing can be written from then on.</summary>
    public void Rewind()
    {
        if (!_reads) Turn();
        _reads = true;
        Await();
        (_at, _filled, _position) = (0, 0, 0);
        Ahead();
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (_reads) throw new NotSupportedException();
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(bytes.Length, BufferLength - _at);
            bytes[..length].CopyTo(_buffer.AsSpan(_at));
            _at += length;
            bytes = bytes[length..];
            if (_at == BufferLength) Turn();
        }
    }

    public override int Read(Span<byte> bytes)
    {
        if (_at == _filled)
        {
            _filled = Await();
            _at = 0;
            (_buffer, _other) = (_other, _buffer);
            if (_filled == 0) return 0;
            Ahead();
        }

        int length = Math.Min(bytes.Length, _filled - _at);
        _buffer.AsSpan(_at, length).CopyTo(bytes);
        _at += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // an error of the last writing was told before, or nobody reads what it wrote
            _pending?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    // hands the full buffer to be written
    private void Turn()
    {
        Await();
        (_buffer, _other) = (_other, _buffer);
        var (bytes, length, position) = (_other, _at, _position);
        _position += length;
        _at = 0;
        _pending = Task.Run(() =>
        {
            RandomAccess.Write(_file, bytes.AsSpan(0, length), position);
            return 0;
        });
    }

    private void Ahead()
    {
        var (bytes, position) = (_other, _position);
        _position += BufferLength;
        _pending = Task.Run(() =>
        {
            int filled = 0;
            for (int read = 1; filled < bytes.Length && read > 0; filled += read) read = RandomAccess.Read(_file, bytes.AsSpan(filled), position + filled);
            return filled;
        });
    }

    private int Await()
    {
        var pending = _pending;
        _pending = null;
        return pending?.GetAwaiter().GetResult() ?? 0;
    }
}
