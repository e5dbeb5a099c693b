using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// The store in one SQLite file, in WAL mode with <c>synchronous=FULL</c>: a commit is on the disk before it is acknowledged. Readers have connections of their own and
/// see the last commit without waiting for the writer.
/// </summary>
internal sealed class SqliteEngine : StoreEngine
{
    private const int ApplicationId = 0x53_55_4E_44;    // "SUND"
    private const int CacheKilobytes = 65_536;
    private const int ReaderCacheKilobytes = 8_192;
    private const int RowsPerCheckpoint = 16_000;
    private const int EventsPerMove = 500;
    private const int MostPagesInLog = 32_000;
    private const int MostReaders = 32;
    private const string Tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    private const int NoTransaction = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NoDatabase = 26;

    // with NOMEM, READONLY, CANTOPEN and PROTOCOL: what may pass
    private static readonly int[] s_passing = [Busy, Locked, 7, 8, IoError, Full, 14, 15];

    private readonly ConcurrentBag<StoreConnection> _readers = [];
    private readonly string _path;
    private readonly SqliteCheckpointer _checkpoints;
    private bool _purgePending;
    private int _rows;
    private int _unmoved;
    private volatile bool _disposed;

    /// <summary>Names the file; it is made where it is missing.</summary>
    public SqliteEngine(string path, StoreOptions options)
        : base(options)
    {
        _path = Path.GetFullPath(path);
        _checkpoints = new SqliteCheckpointer(Connect);
    }

    public override string Place => _path;

    public override string BeginSql => "BEGIN IMMEDIATE";

    public override string LockSql => "SELECT position, events FROM store";

    public override string PastTables => SqlitePasts.Tables;

    public override string OfUser => Options.Version < StoreMigrations.Newest ? base.OfUser : SqlitePasts.OfUser;

    public override string OfVisits => Options.Version < StoreMigrations.Newest ? base.OfVisits : SqlitePasts.OfVisits;

    public override async Task<List<T>> Past<T>(string columns, Func<DbDataReader, T> row, string? filter, bool ofUser, string id, long before, int limit, CancellationToken cancel)
    {
        if (Options.Version < StoreMigrations.Newest) return await base.Past(columns, row, filter, ofUser, id, before, limit, cancel);
        var who = (ofUser ? "u" : "s") + id;
        var events = await Read(SqlitePasts.Young(columns, filter), row, cancel, ("@who", who), ("@before", before), ("@limit", limit));
        // nothing is merged into what was there before there were eras
        if (events.Count < limit) events.AddRange(await Read(SqlitePasts.Old(columns, filter), row, cancel, ("@who", who), ("@before", before), ("@limit", limit - events.Count)));
        return events;
    }

    // where they lie: a copy of a megabyte is a large object, and enough of them bring about full collections
    public override ReadOnlySpan<byte> Bytes(DbDataReader reader, int column) => SQLitePCL.raw.sqlite3_column_blob(((SqliteDataReader)reader).Handle, column);

    public override void Start()
    {
        if (Directory.Exists(_path)) throw new InputException("this is a folder; name the store's file in it, such as shop.db", _path);
        if (Path.GetDirectoryName(_path) is { } folder && !Directory.Exists(folder)) throw new InputException("there is no such folder; make it, or name another place for the store", folder);
        try
        {
            if (File.Exists(_path)) Look();
            base.Start();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is NoDatabase or Corrupt)
        {
            throw new InputException($"the file is no store of Sundry, or damaged ({e.Message.TrimEnd('.')}); name another one", _path, inner: e);
        }
    }

    public override string Dialect(string sql) =>
        sql.Replace("{position}", "INTEGER", StringComparison.Ordinal).Replace("{bytes}", "BLOB", StringComparison.Ordinal);

    public override bool HasTables(WriteSession session)
    {
        if (session.List(Tables, r => r.GetInt32(0))[0] > 0) return true;
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        return false;
    }

    public override StoreUnavailableException? Unavailable(Exception error)
    {
        if (error is StoreUnavailableException known) return known;
        if (error is not SqliteException e || !s_passing.Contains(e.SqliteErrorCode)) return null;
        return e.SqliteErrorCode switch
        {
            Busy or Locked => new("the store's file is locked by another program", TimeSpan.FromSeconds(1), e),
            Full => new("the disk with the store is full", TimeSpan.FromSeconds(10), e),
            _ => new($"the store's file cannot be used just now ({e.Message.TrimEnd('.')})", TimeSpan.FromSeconds(5), e),
        };
    }

    // after an error of the disk nothing that the connection holds is trusted: the next one recovers from the log
    protected override bool Survives(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked or Full };

    protected override bool IsUndone(DbException error) => error is SqliteException { SqliteErrorCode: NoTransaction };

    public override void Compact()
    {
        try
        {
            using var connection = Connect();
            connection.Command("VACUUM").ExecuteNonQuery();
            _checkpoints.Between(() => connection.Command("PRAGMA wal_checkpoint(TRUNCATE)").ExecuteNonQuery());
        }
        catch (SqliteException e) when (Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _checkpoints.Dispose();
        _disposed = true;
        while (_readers.TryTake(out var reader)) reader.Dispose();
    }

    protected override void Append(WriteSession session, IReadOnlyList<AppendWork> works)
    {
        var appender = (SqliteAppender)(session.Connection.Beside ??= new SqliteAppender((SqliteConnection)session.Connection.Connection));
        long position = -1;
        var added = 0;
        foreach (var work in works)
        {
            for (var i = 0; i < work.Records.Length; i++)
            {
                if (position < 0) position = session.TakePosition();
                session.Step();
                work.Positions[i] = appender.Add(position, work.Records[i], session.Now) ? position : 0;
                if (work.Positions[i] == 0) continue;
                position = -1;
                added++;
            }
        }

        session.CountEvents(added);
        if ((_unmoved += added) < EventsPerMove || Options.Version < StoreMigrations.Newest) return;
        // half as many again as came: so eras are merged faster than they come
        SqlitePasts.Move(session, session.UpTo, 3 * _unmoved / 2);
        _unmoved = 0;
    }

    protected override void Committed(WriteSession session, int rows)
    {
        _rows += rows;
        _purgePending |= session.Purge;
        if (_purgePending) _purgePending = !_checkpoints.Between(() => Purge(session));
    }

    protected override void Tidy(WriteSession session)
    {
        if (_checkpoints.TakeFinished())
        {
            SqliteCheckpointer.Carry(session.Connection);
            _rows = 0;
        }
        else if (_rows >= RowsPerCheckpoint)
        {
            _checkpoints.Begin();
        }
    }

    protected override StoreConnection Connect() => Open(SqliteOpenMode.ReadWriteCreate,
        $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = {MostPagesInLog}; PRAGMA cache_size = -{CacheKilobytes}");

    protected override ValueTask<StoreConnection> Borrow(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, typeof(ShopStore));
        return new(_readers.TryTake(out var reader) ? reader : Open(SqliteOpenMode.ReadWrite, $"PRAGMA query_only = ON; PRAGMA cache_size = -{ReaderCacheKilobytes}"));
    }

    protected override void GiveBack(StoreConnection connection, bool broken)
    {
        if (broken || _disposed || _readers.Count >= MostReaders) connection.Dispose();
        else _readers.Add(connection);
    }

    // before anything is written, be it only the mode of the journal: the file may be somebody else's
    private void Look()
    {
        using var connection = Open(SqliteOpenMode.ReadOnly, "PRAGMA query_only = ON");
        var tables = connection.List(Tables, r => r.GetInt32(0), default).GetAwaiter().GetResult()[0];
        var mark = connection.List("PRAGMA application_id", r => r.GetInt32(0), default).GetAwaiter().GetResult()[0];
        if (tables > 0 && mark != ApplicationId) throw new InputException("the file is a database, but no store of Sundry; name another one", _path);
    }

    // a reader in the middle of the log keeps it: then once more behind the next commit
    private static bool Purge(WriteSession session)
    {
        try
        {
            using var result = session.Connection.Command("PRAGMA wal_checkpoint(TRUNCATE)").ExecuteReader();
            return result.Read() && result.GetInt32(0) == 0;
        }
        catch (SqliteException)
        {
            // what was deleted is committed; only the log could not be emptied yet
            return false;
        }
    }

    private StoreConnection Open(SqliteOpenMode mode, string settings)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false, DefaultTimeout = Math.Max(1, (int)Options.Patience.TotalSeconds) };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // numbers and constants of this file
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)Options.Patience.TotalMilliseconds}; {settings}");
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return new StoreConnection(connection, prepare: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
