using System.Data.Common;

namespace Sundry.Serving;

/// <summary>
/// What writes: one connection, one transaction at a time. Whatever followers must learn of takes a position within its transaction. Positions come from one row that is locked
/// from the first one taken until the commit, so that they become visible in their order, on however many servers.
/// </summary>
internal sealed class WriteSession(StoreConnection connection, StoreEngine engine, Action<StoreStep>? before) : IDisposable
{
    private long _position = -1;
    private long _events;
    private bool _changed;

    /// <summary>The clock at the transaction's beginning: Unix time in milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Whether what was deleted must not stay readable in the database's own files.</summary>
    public bool Purge { get; set; }

    /// <summary>Whether the commit was sent: what failed before it was not done, what fails from then on may have been.</summary>
    public bool CommitSent { get; private set; }

    public StoreConnection Connection => connection;

    public void Begin(long now)
    {
        (Now, _position, _changed, Purge, CommitSent) = (now, -1, false, false, false);
        before?.Invoke(StoreStep.Begin);
        connection.Command(engine.BeginSql).ExecuteNonQuery();
    }

    /// <summary>Takes the next position.</summary>
    public long TakePosition()
    {
        Lock();
        _changed = true;
        return ++_position;
    }

    /// <summary>Counts events that came, or went.</summary>
    public void CountEvents(long change)
    {
        Lock();
        _changed |= change != 0;
        _events += change;
    }

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        before?.Invoke(StoreStep.Command);
        return connection.Command(sql, values).ExecuteNonQuery();
    }

    /// <summary>Runs a statement with values that were set already.</summary>
    public int Execute(DbCommand command)
    {
        before?.Invoke(StoreStep.Command);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a statement.</summary>
    public List<T> List<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        before?.Invoke(StoreStep.Command);
        var rows = new List<T>();
        using var reader = connection.Command(sql, values).ExecuteReader();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>Commits.</summary>
    /// <returns>Whether followers have something to learn.</returns>
    public bool Commit()
    {
        if (_changed) Execute("UPDATE store SET position = @position, events = @events", ("@position", _position), ("@events", _events));
        if (_changed && engine.NotifySql is { } notify) List(notify, _ => 0, ("@position", _position.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        before?.Invoke(StoreStep.Commit);
        CommitSent = true;
        connection.Command("COMMIT").ExecuteNonQuery();
        before?.Invoke(StoreStep.Committed);
        return _changed;
    }

    /// <summary>Undoes what was not committed.</summary>
    public void Rollback() => connection.Command("ROLLBACK").ExecuteNonQuery();

    public void Dispose() => connection.Dispose();

    private void Lock()
    {
        if (_position >= 0) return;
        (_position, _events) = List(engine.LockSql, r => (r.GetInt64(0), r.GetInt64(1)))[0];
    }
}
