namespace Sundry.Data;

/// <summary>A log's events in order, some thousand at a time.</summary>
internal struct LogChunks(EventLog log)
{
    private readonly ShopEvent[] _buffer = new ShopEvent[4096];
    private int _next;
    private int _count;

    /// <summary>The number of the chunk's first event.</summary>
    public readonly int Start => _next - _count;

    public readonly ReadOnlySpan<ShopEvent> Current => _buffer.AsSpan(0, _count);

    public readonly LogChunks GetEnumerator() => this;

    public bool MoveNext()
    {
        _count = log.Read(_next, _buffer);
        _next += _count;
        return _count > 0;
    }
}
