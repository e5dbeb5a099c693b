using System.Security.Cryptography;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// What a shop has told: its events, items, users and friends, its rules and scenarios, who may ask, what was answered, and checkpoints of what was made of it. In one SQLite file, or in
/// PostgreSQL for several servers on one shop; both keep the same promises (docs/store.md). Whatever a call wrote is committed to the disk when it ends. Safe for any number of callers.
/// </summary>
public sealed class ShopStore : IDisposable
{
    private const int ExpiredPerCommit = 500;
    private const int MarkBytes = 16;
    private static readonly TimeSpan s_forgottenFor = TimeSpan.FromDays(90);

    private readonly StoreEngine _engine;
    private readonly byte[] _salt;
    private bool _disposed;

    private ShopStore(StoreEngine engine)
    {
        _engine = engine;
        Events = new StoredEvents(engine);
        Items = new StoredItems(engine);
        Users = new StoredUsers(engine);
        Friends = new StoredFriends(engine);
        Documents = new StoredDocuments(engine);
        Keys = new ApiKeys(engine);
        Answers = new StoredAnswers(engine);
        Checkpoints = new StoredCheckpoints(engine);
        _salt = engine.Options.Version < 2 ? [] : engine.Read("SELECT salt FROM store", r => r.GetFieldValue<byte[]>(0), default).GetAwaiter().GetResult()[0];
    }

    /// <summary>What happened.</summary>
    public StoredEvents Events { get; }

    /// <summary>The catalogue.</summary>
    public StoredItems Items { get; }

    /// <summary>What is known of users beside their events.</summary>
    public StoredUsers Users { get; }

    /// <summary>Who is whose friend.</summary>
    public StoredFriends Friends { get; }

    /// <summary>Rules, scenarios and other named documents.</summary>
    public StoredDocuments Documents { get; }

    /// <summary>Who may ask for what.</summary>
    public ApiKeys Keys { get; }

    /// <summary>What was answered lately.</summary>
    public StoredAnswers Answers { get; }

    /// <summary>What was made of all that, to begin from.</summary>
    public StoredCheckpoints Checkpoints { get; }

    /// <summary>Where the store is, without user and password.</summary>
    public string Place => _engine.Place;

    internal StoreEngine Engine => _engine;

    /// <summary>Opens a store that is there already: a slip of the pen makes no new one.</summary>
    /// <exception cref="Data.InputException">There is no such file, or as <see cref="Open"/>.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached just now.</exception>
    public static ShopStore OpenExisting(string place)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        return PostgresUrl.Is(place) || File.Exists(place) ? Open(place) : throw new Data.InputException("there is no such store; make one with: sundry store load, or sundry serve", place);
    }

    /// <summary>Opens a store, makes it where there is none, and brings its tables to the present version.</summary>
    /// <param name="place">The path of an SQLite file, or <c>postgres://user:password@host:port/database?schema=sundry</c>.</param>
    /// <param name="options">How; default where null.</param>
    /// <exception cref="Data.InputException">The place is not understood, is something else, or was written by a later version.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached just now.</exception>
    public static ShopStore Open(string place, StoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        options ??= new();
        StoreEngine engine = PostgresUrl.Is(place) ? new PostgresEngine(PostgresUrl.Parse(place), options) : new SqliteEngine(place, options);
        try
        {
            engine.Start();
            return new ShopStore(engine);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>The last position that was used.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<long> Position(CancellationToken cancel = default) => (await _engine.Read("SELECT position FROM store", r => r.GetInt64(0), cancel))[0];

    /// <summary>Waits until a position after <paramref name="position"/> was used, by this server or another, and gives the last one.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<long> WaitAfter(long position, CancellationToken cancel = default)
    {
        while (true)
        {
            var next = _engine.Changed.Next;
            var last = await Position(cancel);
            if (last > position) return last;
            try
            {
                await next.WaitAsync(_engine.Options.LookEvery, _engine.Options.Clock, cancel);
            }
            catch (TimeoutException)
            {
                // time to look by oneself
            }
        }
    }

    /// <summary>How much there is.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<StoreCounts> Counts(CancellationToken cancel = default) => (await _engine.Read(
        "SELECT position, events, (SELECT count(*) FROM items WHERE attributes IS NOT NULL), (SELECT count(*) FROM users), (SELECT count(*) FROM answers) FROM store",
        r => new StoreCounts(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)), cancel))[0];

    /// <summary>
    /// Deletes everything of a user: events, those of the same visits before the user was known, attributes, friendships, answers, and all checkpoints, which may hold the user.
    /// What stays is a mark by which other servers learn of it, from which the id cannot be read, for 90 days. Bytes in gaps of the file go with the next <see cref="Compact"/>.
    /// </summary>
    /// <returns>Whether anything was there.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; nothing was deleted.</exception>
    public Task<bool> Forget(string user, CancellationToken cancel = default)
    {
        StoredText.Name("user", user);
        cancel.ThrowIfCancellationRequested();
        var mark = Mark(user);
        return _engine.Write(session => Forgetting.Run(session, _engine, user, mark), weight: 1000);
    }

    /// <summary>The mark that a user would leave when forgotten.</summary>
    public byte[] Mark(string user) => HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(user))[..MarkBytes];

    /// <summary>The marks of users who were forgotten after a position, oldest first.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<(long Position, byte[] Mark)>> ForgottenAfter(long position, int limit, CancellationToken cancel = default) =>
        await _engine.Read("SELECT position, mark FROM forgotten WHERE position > @after ORDER BY position LIMIT @limit",
            r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1)), cancel, ("@after", position), ("@limit", limit));

    /// <summary>Deletes answers that have expired, checkpoints that were never finished, and marks of forgotten users after their time. To be called now and then.</summary>
    /// <returns>How many answers.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task<int> Expire(CancellationToken cancel = default)
    {
        await _engine.Write(session => session.Execute("DELETE FROM forgotten WHERE time < @before", ("@before", session.Now - (long)s_forgottenFor.TotalMilliseconds)));
        await Checkpoints.DropAbandoned();
        for (var all = 0; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var count = await _engine.Write(session => session.Execute("DELETE FROM answers WHERE id IN (SELECT id FROM answers WHERE expires <= @now LIMIT @limit)",
                ("@now", session.Now), ("@limit", ExpiredPerCommit)), ExpiredPerCommit);
            all += count;
            if (count < ExpiredPerCommit) return all;
        }
    }

    /// <summary>Gives the space of what was deleted back, and leaves nothing of it in the file (SQLite) or in the tables (PostgreSQL). May take a while, during which SQLite takes no writes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot do it just now.</exception>
    public Task Compact(CancellationToken cancel = default) => Task.Run(_engine.Compact, cancel);

    /// <summary>Writes what still waits, and closes the store.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true)) _engine.Dispose();
    }
}
