using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;

namespace Sundry.Serving;

/// <summary>
/// The store in PostgreSQL, for several servers on one shop. Whoever takes positions holds a lock on the row that counts them until its commit is visible, so that no server ever
/// sees a later position before an earlier one; a notification tells the others.
/// </summary>
internal sealed class PostgresEngine : StoreEngine
{
    private const int StatementsKept = 64;
    private const string Known = "SELECT id FROM events WHERE id = ANY (@ids)";
    private const string Insert = $"""
        INSERT INTO events ({EventRows.Columns})
        SELECT * FROM unnest(@position, @id, @type, @user, @session, @item, @time, @quantity, @price, @value, @place, @scenario, @recommendation, @text, @context, @received)
        """;

    private static readonly string[] s_compact =
    [
        "SET statement_timeout = 0", "VACUUM events", "VACUUM items", "VACUUM users", "VACUUM friends", "VACUUM answers", "VACUUM checkpoints", "VACUUM checkpoint_parts", "RESET statement_timeout",
    ];

    private readonly PostgresUrl _url;
    private readonly NpgsqlDataSource _source;
    private PostgresListener? _listener;

    /// <summary>Names the place.</summary>
    public PostgresEngine(PostgresUrl url, StoreOptions options)
        : base(options)
    {
        _url = url;
        var patience = Math.Max(1, (int)Math.Ceiling(options.Patience.TotalSeconds));
        var settings = url.Settings;
        settings.Options = $"-c synchronous_commit=on -c lock_timeout={patience}s -c statement_timeout={10 * patience}s";
        settings.Timeout = patience;
        settings.CommandTimeout = 5 * patience;
        settings.CancellationTimeout = 1000 * patience;
        settings.MaxAutoPrepare = StatementsKept;
        settings.AutoPrepareMinUsages = 2;
        _source = NpgsqlDataSource.Create(settings);
    }

    public override string Place => _url.Place;

    public override string BeginSql => "BEGIN";

    public override string LockSql => "SELECT position, events FROM store FOR UPDATE";

    public override string NotifySql => $"SELECT pg_notify('{Channel}', @position)";

    private string Channel => "sundry_" + _url.Schema;

    public override void Start()
    {
        base.Start();
        _listener = new PostgresListener(_source, Channel, Heard, Options.Clock);
    }

    public override string Dialect(string sql) =>
        sql.Replace("{position}", "BIGINT", StringComparison.Ordinal).Replace("{bytes}", "BYTEA", StringComparison.Ordinal);

    public override bool HasTables(WriteSession session)
    {
        // servers that start at the same time wait for each other here
        session.List("SELECT 1 FROM pg_advisory_xact_lock(hashtext(@name))", r => r.GetInt32(0), ("@name", Channel));
        session.Execute($"CREATE SCHEMA IF NOT EXISTS \"{_url.Schema}\"");
        return session.List("SELECT to_regclass(@name) IS NOT NULL", r => r.GetBoolean(0), ("@name", $"\"{_url.Schema}\".store"))[0];
    }

    public override StoreUnavailableException? Unavailable(Exception error) => error switch
    {
        StoreUnavailableException known => known,
        PostgresException e when IsPassing(e.SqlState) => new($"PostgreSQL cannot do it just now ({e.SqlState}: {e.MessageText})", TimeSpan.FromSeconds(2), e),
        PostgresException => null,
        NpgsqlException or SocketException or TimeoutException or IOException => new($"PostgreSQL cannot be reached ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')})", TimeSpan.FromSeconds(2), error),
        _ => null,
    };

    protected override bool Survives(Exception error) => error is PostgresException e && !e.SqlState.StartsWith("08", StringComparison.Ordinal) && !e.SqlState.StartsWith("57P", StringComparison.Ordinal);

    public override void Compact()
    {
        try
        {
            using var connection = _source.OpenConnection();
            using var command = connection.CreateCommand();
            command.CommandTimeout = 0;
            foreach (var statement in s_compact)
            {
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }
        }
        catch (NpgsqlException e) when (Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _listener?.Dispose();
        _source.Dispose();
    }

    protected override void Append(WriteSession session, IReadOnlyList<AppendWork> works)
    {
        session.CountEvents(0);
        var known = new HashSet<string>(StringComparer.Ordinal);
        known.UnionWith(session.List(Known, r => r.GetString(0), ("@ids", works.SelectMany(w => w.Records).Select(e => e.Id!).Distinct(StringComparer.Ordinal).ToArray())));
        var fresh = new List<EventRecord>();
        var positions = new List<long>();
        foreach (var work in works)
        {
            for (var i = 0; i < work.Records.Length; i++)
            {
                var added = known.Add(work.Records[i].Id!);
                work.Positions[i] = added ? session.TakePosition() : 0;
                if (!added) continue;
                fresh.Add(work.Records[i]);
                positions.Add(work.Positions[i]);
            }
        }

        if (fresh.Count == 0) return;
        using var insert = (NpgsqlCommand)session.Connection.Connection.CreateCommand();
        insert.CommandText = Insert;
        Add(insert, "position", NpgsqlDbType.Bigint, positions.ToArray());
        Add(insert, "id", NpgsqlDbType.Text, Column(fresh, e => e.Id));
        Add(insert, "type", NpgsqlDbType.Text, Column(fresh, e => e.Type));
        Add(insert, "user", NpgsqlDbType.Text, Column(fresh, e => e.User));
        Add(insert, "session", NpgsqlDbType.Text, Column(fresh, e => e.Session));
        Add(insert, "item", NpgsqlDbType.Text, Column(fresh, e => e.Item));
        Add(insert, "time", NpgsqlDbType.Bigint, Column(fresh, e => e.Time));
        Add(insert, "quantity", NpgsqlDbType.Double, Column(fresh, e => e.Quantity));
        Add(insert, "price", NpgsqlDbType.Double, Column(fresh, e => e.Price));
        Add(insert, "value", NpgsqlDbType.Double, Column(fresh, e => e.Value));
        Add(insert, "place", NpgsqlDbType.Integer, Column(fresh, e => e.Position));
        Add(insert, "scenario", NpgsqlDbType.Text, Column(fresh, e => e.Scenario));
        Add(insert, "recommendation", NpgsqlDbType.Text, Column(fresh, e => e.Recommendation));
        Add(insert, "text", NpgsqlDbType.Text, Column(fresh, e => e.Text));
        Add(insert, "context", NpgsqlDbType.Text, Column(fresh, e => e.Context));
        Add(insert, "received", NpgsqlDbType.Bigint, Column(fresh, _ => session.Now));
        session.Execute(insert);
        session.CountEvents(fresh.Count);
    }

    private void Heard()
    {
        Changed.Pulse();
        Tails.Look();
    }

    protected override StoreConnection Connect() => new(_source.OpenConnection(), prepare: false);

    protected override async ValueTask<StoreConnection> Borrow(CancellationToken cancel) => new(await _source.OpenConnectionAsync(cancel), prepare: false);

    protected override void GiveBack(StoreConnection connection, bool broken) => connection.Dispose();

    // connection lost, out of resources, stopped by an operator, I/O, deadlock or lock held too long, a standby, a statement that took too long
    private static bool IsPassing(string state) => state[..2] is "08" or "53" or "57" or "58" or "40" || state is "55P03" or "25006";

    private static T[] Column<T>(List<EventRecord> records, Func<EventRecord, T> value)
    {
        var column = new T[records.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(records[i]);
        return column;
    }

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, T[] values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values });
}
