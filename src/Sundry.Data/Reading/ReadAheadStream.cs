namespace Sundry.Data;

/// <summary>
/// Reads a stream on a thread of its own, a few blocks ahead: inflating and parsing then share two cores. Only <see cref="Read(Span{byte})"/> is
/// supported; an error of the inner stream surfaces there.
/// </summary>
internal sealed class ReadAheadStream : Stream
{
    private const int BlockSize = 1 << 18;
    private const int Blocks = 4;

    private readonly Stream _inner;
    private readonly byte[][] _blocks = new byte[Blocks][];
    private readonly int[] _lengths = new int[Blocks];
    private readonly object _gate = new();
    private readonly Thread _thread;
    private Exception? _error;
    private bool _ended;
    private bool _closed;
    private int _filled;
    private int _next;
    private int _offset;

    public ReadAheadStream(Stream inner)
    {
        _inner = inner;
        _thread = new Thread(Fill, 256 * 1024) { IsBackground = true, Name = "sundry read-ahead" };
        _thread.Start();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        lock (_gate)
        {
            while (_filled == 0 && !_ended) Monitor.Wait(_gate);
            if (_filled == 0) return _error is null ? 0 : throw new IOException(_error.Message, _error);
        }

        // the block belongs to the reader until it is given back
        int length = Math.Min(buffer.Length, _lengths[_next] - _offset);
        _blocks[_next].AsSpan(_offset, length).CopyTo(buffer);
        _offset += length;
        if (_offset == _lengths[_next])
        {
            _offset = 0;
            lock (_gate)
            {
                _next = (_next + 1) % Blocks;
                _filled--;
                Monitor.Pulse(_gate);
            }
        }

        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _closed = true;
                Monitor.Pulse(_gate);
            }

            _thread.Join();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        int block = 0;
        Exception? error = null;
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    while (_filled == Blocks && !_closed) Monitor.Wait(_gate);
                    if (_closed) break;
                }

                var bytes = _blocks[block] ??= new byte[BlockSize];
                int length = 0;
                try
                {
                    // whole blocks: an inflater hands out small pieces
                    while (length < BlockSize)
                    {
                        int read = _inner.Read(bytes, length, BlockSize - length);
                        if (read == 0) break;
                        length += read;
                    }
                }
                catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    // what came before the error is still handed out
                    error = e;
                }

                if (length > 0)
                {
                    lock (_gate)
                    {
                        _lengths[block] = length;
                        _filled++;
                        Monitor.Pulse(_gate);
                    }

                    block = (block + 1) % Blocks;
                }

                if (length < BlockSize || error is not null) break;
            }
        }
        finally
        {
            lock (_gate)
            {
                _error = error;
                _ended = true;
                Monitor.Pulse(_gate);
            }
        }
    }
}
