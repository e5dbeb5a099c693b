using System.Data.Common;

namespace Sundry.Serving;

/// <summary>
/// What writes: one connection, one transaction at a time. Whatever followers must learn of takes a position within its transaction. Positions come from one row that is locked
/// from the first one taken until the commit, so that they become visible in their order, on however many servers.
/// </summary>
internal sealed class WriteSession(StoreConnection connection, StoreEngine engine, Action<StoreStep>? before) : IDisposable
{
    private long _position = -1;
    private long _first;
    private long _events;
    private bool _changed;

    /// <summary>The clock at the transaction's beginning: Unix time in milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Whether what was deleted must not stay readable in the database's own files.</summary>
    public bool Purge { get; set; }

    /// <summary>Whether the commit was sent: what failed before it was not done, what fails from then on may have been.</summary>
    public bool CommitSent { get; private set; }

    public StoreConnection Connection => connection;

    /// <summary>The last position before the first that the transaction took.</summary>
    public long From => _first;

    /// <summary>The last position that it took.</summary>
    public long UpTo => _position;

    /// <summary>Whether a change other than that events came took a position.</summary>
    public bool HasOthers { get; private set; }

    public void Begin(long now)
    {
        (Now, _position, _changed, Purge, CommitSent, HasOthers) = (now, -1, false, false, false, false);
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

    /// <summary>Makes a change, and notes whether it took a position.</summary>
    public void Apply(ChangeWork change)
    {
        var changed = _changed;
        _changed = false;
        change.Apply(this);
        HasOthers |= _changed;
        _changed |= changed;
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

    /// <summary>Says that a statement is about to run that is not run here.</summary>
    public void Step() => before?.Invoke(StoreStep.Command);

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
        _first = _position;
    }
}
