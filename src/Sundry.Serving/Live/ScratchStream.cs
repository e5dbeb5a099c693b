using Sundry.Compute;

namespace Sundry.Serving;

/// <summary>
/// Bytes that are wanted for a moment, in memory that is given back at once: a checkpoint is a hundred megabytes and more, which as arrays would stay until the next full collection, and bring it about.
/// </summary>
internal sealed class ScratchStream : Stream
{
    private const int Page = 4096;

    private readonly List<NativeBytes> _blocks = [];
    private long _length;

    /// <summary>Makes room for as many bytes; more may come. The system gives pages when they are touched, and they are touched here, so that who writes later need not wait for them.</summary>
    public ScratchStream(long expected)
    {
        for (var left = expected; left > 0; left -= NativeBytes.Least)
        {
            var block = new NativeBytes(NativeBytes.Least);
            _blocks.Add(block);
            for (var at = 0L; at < Math.Min(left, NativeBytes.Least); at += Page) block.Span[(int)at] = 0;
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <summary>Forgets all of it; the memory stays, to be used again.</summary>
    public void Clear() => (_length, Position) = (0, 0);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, _length - Position));
        for (var rest = buffer[..count]; !rest.IsEmpty;)
        {
            var from = Here(rest.Length);
            from.CopyTo(rest);
            rest = rest[from.Length..];
            Position += from.Length;
        }

        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            while (Position / NativeBytes.Least >= _blocks.Count) _blocks.Add(new NativeBytes(NativeBytes.Least));
            var into = Here(buffer.Length);
            buffer[..into.Length].CopyTo(into);
            buffer = buffer[into.Length..];
            Position += into.Length;
        }

        _length = Math.Max(_length, Position);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : _length);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var block in _blocks) block.Dispose();
        base.Dispose(disposing);
    }

    private Span<byte> Here(int most)
    {
        var rest = _blocks[(int)(Position / NativeBytes.Least)].Span[(int)(Position % NativeBytes.Least)..];
        return rest[..Math.Min(most, rest.Length)];
    }
}
