namespace Sundry.Serving;

/// <summary>
/// Lets many read or one write. Held by whoever took it, on whatever thread it is given back. A reader passes a writer who has only just come, so that short reads do not queue behind each
/// other; a writer who has waited for <see cref="Patience"/> goes first.
/// </summary>
internal sealed class ShopGate
{
    /// <summary>How long readers may go before a writer who waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    private readonly object _turn = new();
    private int _readers;
    private bool _writing;
    private long _since;

    /// <summary>Comes in as a reader.</summary>
    public IDisposable Read()
    {
        lock (_turn)
        {
            while (_writing || (_since != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(_since) >= Patience)) Monitor.Wait(_turn);
            _readers++;
        }

        return new Reader(this);
    }

    /// <summary>Comes in as the only one; there is one who writes at all.</summary>
    public void EnterWrite()
    {
        lock (_turn)
        {
            _since = System.Diagnostics.Stopwatch.GetTimestamp();
            while (_readers > 0) Monitor.Wait(_turn);
            (_writing, _since) = (true, 0);
        }
    }

    /// <summary>Lets others in again.</summary>
    public void ExitWrite()
    {
        lock (_turn)
        {
            _writing = false;
            Monitor.PulseAll(_turn);
        }
    }

    private void ExitRead()
    {
        lock (_turn)
            if (--_readers == 0) Monitor.PulseAll(_turn);
    }

    private sealed class Reader(ShopGate gate) : IDisposable
    {
        private ShopGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.ExitRead();
    }
}
