using Microsoft.Data.Sqlite;

namespace Sundry.Serving;

/// <summary>
/// Carries SQLite's write-ahead log over into the file beside the writer, on a thread and a connection of its own: the writer then has only the last few pages to carry itself, after which it
/// begins the log anew. Done by the writer alone, every hundredth acknowledgement or so would wait for thousands of pages.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private readonly Func<StoreConnection> _connect;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _carrying = new();
    private readonly Thread _thread;
    private volatile bool _closed;
    private volatile bool _busy;
    private volatile bool _finished;

    public SqliteCheckpointer(Func<StoreConnection> connect)
    {
        _connect = connect;
        _thread = new Thread(Run) { IsBackground = true, Name = "store checkpoints" };
        _thread.Start();
    }

    /// <summary>Carries over what is in the log now, unless that goes on already.</summary>
    public void Begin()
    {
        if (_busy) return;
        _busy = true;
        _wake.Set();
    }

    /// <summary>Whether it was carried over since this was asked last.</summary>
    public bool TakeFinished()
    {
        if (!_finished) return false;
        _finished = false;
        return true;
    }

    /// <summary>Does something while nothing is carried over here: SQLite refuses a second one at the same time at once, whatever time the connection may wait for locks.</summary>
    public T Between<T>(Func<T> action)
    {
        lock (_carrying) return action();
    }

    /// <summary>Carries over what is in the log, as far as readers allow; what cannot be done now will be done another time.</summary>
    public static void Carry(StoreConnection connection)
    {
        try
        {
            connection.Command("PRAGMA wal_checkpoint(PASSIVE)").ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // the log only grows
        }
    }

    public void Dispose()
    {
        _closed = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        StoreConnection? connection = null;
        while (_wake.WaitOne() && !_closed)
        {
            try
            {
                connection ??= _connect();
                lock (_carrying) Carry(connection);
                _finished = true;
            }
            catch (SqliteException)
            {
                // it could not be opened: another time
            }

            _busy = false;
        }

        connection?.Dispose();
    }
}
