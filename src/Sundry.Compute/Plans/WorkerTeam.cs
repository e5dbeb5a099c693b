using System.Runtime.ExceptionServices;

namespace Sundry.Compute;

/// <summary>
/// Persistent threads that run one piece of work side by side, the caller being one of them. A waiting worker looks for work for a few
/// microseconds and then sleeps, so that an idle team costs nothing.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int Looks = 400;

    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private Action<int> _work = _ => { };
    private volatile Exception? _failure;
    private volatile int _round;
    private volatile int _running;
    private volatile int _meeting;
    private volatile bool _closed;
    private volatile int _sleeping;
    private int _arrived;

    public WorkerTeam(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        Working = size;
        _threads = new Thread[size - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"sundry worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads, the caller included.</summary>
    public int Size { get; }

    /// <summary>Workers that take part in the present piece of work: all, or one alone.</summary>
    public int Working { get; private set; }

    /// <summary>Runs <paramref name="work"/> for every worker number from 0 to <c>Size − 1</c> and returns when all are done.</summary>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    public void Run(Action<int> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Size == 1)
        {
            work(0);
            return;
        }

        _work = work;
        _arrived = 0;
        _running = _threads.Length;
        Interlocked.Increment(ref _round);
        WakeSleepers();

        Attempt(work, 0);
        var looks = 0;
        while (_running != 0 && looks++ < Looks) Thread.SpinWait(20);
        if (_running != 0) Sleep(static (team, _) => team._running == 0, 0);

        if (_failure is not { } failure) return;
        _failure = null;
        ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Runs <paramref name="work"/> for worker 0 only, on the calling thread; the others sleep on.</summary>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    public void RunAlone(Action<int> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        Working = 1;
        try
        {
            work(0);
        }
        finally
        {
            Working = Size;
        }
    }

    /// <summary>To be called within a piece of work, by every worker equally often: returns when all have called it.</summary>
    /// <exception cref="OperationCanceledException">Another worker has failed and will not come.</exception>
    public void Meet()
    {
        if (Working == 1) return;
        var meeting = _meeting;
        if (Interlocked.Increment(ref _arrived) == Size)
        {
            _arrived = 0;
            Interlocked.Increment(ref _meeting);
            WakeSleepers();
            return;
        }

        var looks = 0;
        while (_meeting == meeting && _failure is null && looks++ < Looks) Thread.SpinWait(20);
        if (_meeting == meeting && _failure is null) Sleep(static (team, m) => team._meeting != m || team._failure is not null, meeting);
        if (_meeting == meeting) throw new OperationCanceledException("another worker has failed");
    }

    public void Dispose()
    {
        _closed = true;
        lock (_gate) Monitor.PulseAll(_gate);
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Serve(int worker)
    {
        var seen = 0;
        while (true)
        {
            var looks = 0;
            while (_round == seen && !_closed && looks++ < Looks) Thread.SpinWait(20);
            if (_round == seen && !_closed) Sleep(static (team, s) => team._round != s || team._closed, seen);
            if (_closed) return;
            seen = _round;
            Attempt(_work, worker);
            if (Interlocked.Decrement(ref _running) == 0) WakeSleepers();
        }
    }

    private void Sleep(Func<WorkerTeam, int, bool> done, int seen)
    {
        lock (_gate)
        {
            // counted before the last look: whoever changes something after that look sees the count, and comes to wake
            Interlocked.Increment(ref _sleeping);
            while (!done(this, seen)) Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleeping);
        }
    }

    private void WakeSleepers()
    {
        if (_sleeping == 0) return;
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Attempt(Action<int> work, int worker)
    {
#pragma warning disable CA1031 // whatever fails in a worker is thrown again in the caller
        try
        {
            work(worker);
        }
        catch (Exception e)
        {
            // woken, so that nobody waits at a meeting for a worker that will not come
            lock (_gate)
            {
                _failure ??= e;
                Monitor.PulseAll(_gate);
            }
        }
#pragma warning restore CA1031
    }
}
