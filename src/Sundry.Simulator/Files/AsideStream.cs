using System.Collections.Concurrent;

namespace Sundry.Simulator;

/// <summary>Writes to another stream on a thread of its own, so that compressing and simulating take a core each. A failure there is thrown at the next write.</summary>
internal sealed class AsideStream : Stream
{
    private const int MostWaiting = 16;

    private readonly Stream _target;
    private readonly BlockingCollection<byte[]> _waiting = new(MostWaiting);
    private readonly Task _writing;
    private volatile Exception? _failure;
    private bool _disposed;

    public AsideStream(Stream target)
    {
        _target = target;
        _writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_failure is not null) throw new IOException(_failure.Message, _failure);
        _waiting.Add(buffer.AsSpan(offset, count).ToArray());
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _disposed) return;
        _disposed = true;
        _waiting.CompleteAdding();
        try
        {
            _writing.GetAwaiter().GetResult();
        }
        finally
        {
            _waiting.Dispose();
            base.Dispose(disposing);
        }
    }

    private void WriteAll()
    {
        // what follows a failure is taken and dropped, so that nobody waits for room
        foreach (var part in _waiting.GetConsumingEnumerable())
        {
            if (_failure is not null) continue;
            try
            {
                _target.Write(part);
            }
            catch (IOException e)
            {
                _failure = e;
            }
        }

        try
        {
            _target.Dispose();
        }
        catch (IOException e)
        {
            _failure ??= e;
        }

        if (_failure is not null) throw new IOException(_failure.Message, _failure);
    }
}
