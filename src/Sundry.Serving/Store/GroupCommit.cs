using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Commits what many callers want written together: one thread takes whatever waits, writes it in one transaction, and tells each caller after the commit. While one commit waits for the
/// disk the next group gathers, so that the rate does not depend on how long the disk takes.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<StoreWork> _waiting = [];
    private readonly Action<IReadOnlyList<StoreWork>> _commit;
    private readonly Action _tidy;
    private readonly StoreOptions _options;
    private readonly Thread _thread;
    private int _weight;
    private bool _closed;

    /// <summary>Starts the thread.</summary>
    /// <param name="commit">Writes a group in one transaction: all of it is durable when this returns, or none of it acknowledged when it throws.</param>
    /// <param name="tidy">Called when everybody was told.</param>
    /// <param name="options">How much may wait, and how much is committed together.</param>
    public GroupCommit(Action<IReadOnlyList<StoreWork>> commit, Action tidy, StoreOptions options)
    {
        (_commit, _tidy, _options) = (commit, tidy, options);
        _thread = new Thread(Run) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    /// <summary>Has something written.</summary>
    /// <exception cref="StoreUnavailableException">Too much is waiting.</exception>
    public void Add(StoreWork work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ShopStore));
            if (_weight > 0 && _weight + work.Weight > _options.MostWaiting)
                throw new StoreUnavailableException($"{_weight} rows wait to be written, and {_options.MostWaiting} are the most", TimeSpan.FromSeconds(1));
            _weight += work.Weight;
            _waiting.Enqueue(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes what still waits, and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        var group = new List<StoreWork>();
        while (Take(group))
        {
            Commit(group);
            group.Clear();
            _tidy();
        }
    }

    private bool Take(List<StoreWork> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed) Monitor.Wait(_gate);
            var weight = 0;
            while (_waiting.TryPeek(out var next) && (group.Count == 0 || weight + next.Weight <= _options.MostPerCommit))
            {
                weight += next.Weight;
                group.Add(_waiting.Dequeue());
            }

            _weight -= weight;
            return group.Count > 0;
        }
    }

    private void Commit(List<StoreWork> group)
    {
        try
        {
            _commit(group);
        }
#pragma warning disable CA1031 // whatever it is, somebody waits to be told
        catch (Exception e)
        {
            // what is wrong with one caller's rows is no reason to fail the others
            if (group.Count > 1 && e is not StoreUnavailableException)
                foreach (var work in group) Commit([work]);
            else
                foreach (var work in group) work.Fail(group.Count > 1 && e is StoreUnavailableException u ? new StoreUnavailableException(u.Message, u.RetryAfter, u.InnerException) : Own(e));
            return;
        }
#pragma warning restore CA1031

        foreach (var work in group) work.Succeed();
    }

    private static Exception Own(Exception e) => e is InputException or StoreUnavailableException ? e : new InvalidOperationException("the store refused a change: " + e.Message, e);
}
