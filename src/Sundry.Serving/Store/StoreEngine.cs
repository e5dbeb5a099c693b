using System.Data.Common;

namespace Sundry.Serving;

/// <summary>A database as the store needs it: one thread that writes in groups, readers beside it, and the few things that databases do each in their own way.</summary>
internal abstract class StoreEngine(StoreOptions options) : IDisposable
{
    private const string Harmless = "nothing was sent to be committed";

    private GroupCommit? _commits;
    private WriteSession? _session;

    /// <summary>How the store was opened.</summary>
    public StoreOptions Options => options;

    /// <summary>Pulses when something was committed that followers must learn of.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>What was committed lately, for followers in this process.</summary>
    public CommitTails Tails { get; } = new();

    /// <summary>The place in words, without secrets.</summary>
    public abstract string Place { get; }

    /// <summary>Begins a transaction that writes.</summary>
    public abstract string BeginSql { get; }

    /// <summary>Reads position and count of events, so that nobody else changes them before the commit.</summary>
    public abstract string LockSql { get; }

    /// <summary>Tells other servers of <c>@position</c> at the commit; null where there are none.</summary>
    public virtual string? NotifySql => null;

    /// <summary>The words of this database in the migrations.</summary>
    public abstract string Dialect(string sql);

    /// <summary>Statements that make tables beside the events by which those of a user are found; empty where an index does that.</summary>
    public virtual string PastTables => "";

    /// <summary>The condition that an event is of the user <c>@user</c>.</summary>
    public virtual string OfUser => "user_id = @user";

    /// <summary>The condition that an event is of one of <c>{visits}</c>, a select of visits, while no user was known.</summary>
    public virtual string OfVisits => "user_id IS NULL AND session_id IN ({visits})";

    /// <summary>The last events before a position of a user, or of a visit while no user was known, newest first.</summary>
    /// <param name="columns">What is read of each; the position comes first.</param>
    /// <param name="row">Reads that.</param>
    /// <param name="filter">A further condition; null for none.</param>
    /// <param name="ofUser">Whether a user is meant; else a visit.</param>
    /// <param name="id">Who.</param>
    /// <param name="before">The position.</param>
    /// <param name="limit">The most events.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The database cannot read just now.</exception>
    public virtual Task<List<T>> Past<T>(string columns, Func<DbDataReader, T> row, string? filter, bool ofUser, string id, long before, int limit, CancellationToken cancel) => Read(
        $"SELECT {columns} FROM events WHERE {(ofUser ? "user_id = @id" : "user_id IS NULL AND session_id = @id")} AND position < @before{(filter is null ? "" : " AND " + filter)} ORDER BY position DESC LIMIT @limit",
        row, cancel, ("@id", id), ("@before", before), ("@limit", limit));

    /// <summary>Whether the store's first table is there.</summary>
    public abstract bool HasTables(WriteSession session);

    /// <summary>Puts new events in; leaves out those whose id is there already.</summary>
    protected abstract void Append(WriteSession session, IReadOnlyList<AppendWork> works);

    /// <summary>Opens the connection that writes.</summary>
    protected abstract StoreConnection Connect();

    /// <summary>Lends a connection that reads.</summary>
    protected abstract ValueTask<StoreConnection> Borrow(CancellationToken cancel);

    /// <summary>Takes it back.</summary>
    protected abstract void GiveBack(StoreConnection connection, bool broken);

    /// <summary>The error to tell where a failure is the database's and may pass; null for any other.</summary>
    public abstract StoreUnavailableException? Unavailable(Exception error);

    /// <summary>Whether the connection can go on after this failure, its transaction undone.</summary>
    protected abstract bool Survives(Exception error);

    /// <summary>Whether undoing failed for want of anything to undo: some failures end a transaction by themselves.</summary>
    protected virtual bool IsUndone(DbException error) => false;

    /// <summary>Called on the writing thread behind a commit, before anybody is told of it.</summary>
    /// <param name="session">The transaction that was committed; it says whether what it deleted should not stay readable in the files.</param>
    /// <param name="rows">About how many rows it wrote.</param>
    protected virtual void Committed(WriteSession session, int rows)
    {
    }

    /// <summary>Called on the writing thread when everybody was told of a commit: for what nobody waits for.</summary>
    protected virtual void Tidy(WriteSession session)
    {
    }

    /// <summary>Gives the space of what was deleted back, and leaves nothing of it readable as far as the database can.</summary>
    public abstract void Compact();

    /// <summary>Opens the database, brings its tables to the present version, and begins to write.</summary>
    /// <exception cref="Data.InputException">It is no store, or one of a later version.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached just now.</exception>
    public virtual void Start()
    {
        try
        {
            Retrying([]);
        }
        catch (Exception e) when (Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }

        _commits = new GroupCommit(Commit, Tidy, options);
    }

    /// <summary>Makes a change together with whatever else waits; done after the commit.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot write just now, or too much waits.</exception>
    public Task<T> Write<T>(Func<WriteSession, T> change, int weight = 1)
    {
        var work = new ChangeWork<T>(change, weight);
        _commits!.Add(work);
        return Traced(work.Done);
    }

    /// <summary>Puts events in, together with whatever else waits; gives their positions after the commit.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot write just now, or too much waits.</exception>
    public Task<long[]> Append(EventRecord[] records)
    {
        var work = new AppendWork(records);
        _commits!.Add(work);
        return Traced(work.Done);
    }

    /// <summary>The bytes of a row's column, until the reader goes on.</summary>
    public virtual ReadOnlySpan<byte> Bytes(DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Reads rows.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot read just now.</exception>
    public async Task<List<T>> Read<T>(string sql, Func<DbDataReader, T> row, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        for (var attempt = 0; ; attempt++)
        {
            StoreConnection? connection = null;
            var broken = true;
            try
            {
                options.Before?.Invoke(StoreStep.Read);
                connection = await Borrow(cancel);
                var rows = await connection.List(sql, row, cancel, values);
                broken = false;
                return rows;
            }
            catch (Exception e) when (connection is not null && attempt == 0 && Unavailable(e) is not null)
            {
                // the connection may have been one that its server had closed meanwhile
            }
            catch (Exception e) when (Unavailable(e) is { } unavailable)
            {
                throw unavailable;
            }
            finally
            {
                if (connection is not null) GiveBack(connection, broken);
            }
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _commits?.Dispose();
        _session?.Dispose();
        _session = null;
        Changed.Pulse();
        GC.SuppressFinalize(this);
    }

    private void Commit(IReadOnlyList<StoreWork> works)
    {
        try
        {
            Retrying(works);
        }
        catch (Exception e) when (Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private void Tidy()
    {
        if (_session is not { } session) return;
        try
        {
            Tidy(session);
        }
        catch (DbException e)
        {
            // nothing was lost: another time, with another connection where this one is not good any more
            Undo(session, e);
        }
    }

    private void Retrying(IReadOnlyList<StoreWork> works)
    {
        var fresh = _session is null;
        try
        {
            Transact(works);
        }
        catch (Exception e) when (!fresh && _session is null && e.Data[Harmless] is true && Unavailable(e) is not null)
        {
            // the connection that was kept is gone, and nothing was sent to be committed: once more with another
            Transact(works);
        }
    }

    private void Transact(IReadOnlyList<StoreWork> works)
    {
        var session = _session ??= Open();
        try
        {
            session.Begin(options.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            for (var i = 0; i < works.Count; i++)
            {
                if (works[i] is ChangeWork change)
                {
                    session.Apply(change);
                    continue;
                }

                var appends = new List<AppendWork>();
                for (; i < works.Count && works[i] is AppendWork append; i++) appends.Add(append);
                i--;
                Append(session, appends);
            }

            if (session.Commit())
            {
                Tails.Add(session, works);
                Changed.Pulse();
            }
        }
        catch (Exception e)
        {
            e.Data[Harmless] = !session.CommitSent;
            Undo(session, e);
            throw;
        }

        Committed(session, works.Sum(w => w.Weight));
    }

    // the wait for the commit as a span, where somebody listens
    private static Task<T> Traced<T>(Task<T> done)
    {
        return Instruments.Activities.HasListeners() ? Watch(done) : done;

        static async Task<T> Watch(Task<T> done)
        {
            using var span = Instruments.Activities.StartActivity("commit");
            try
            {
                return await done;
            }
            catch
            {
                span?.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
                throw;
            }
        }
    }

    private WriteSession Open()
    {
        options.Before?.Invoke(StoreStep.Open);
        var session = new WriteSession(Connect(), this, options.Before);
        try
        {
            if (_commits is null) StoreMigrations.Apply(session, this);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Undo(WriteSession session, Exception error)
    {
        if (Unavailable(error) is null || Survives(error))
        {
            try
            {
                session.Rollback();
                return;
            }
            catch (DbException e)
            {
                if (IsUndone(e)) return;
                // then the connection goes, and the transaction with it
            }
        }

        _session = null;
        session.Dispose();
    }
}
