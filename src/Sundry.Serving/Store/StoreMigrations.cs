using System.Security.Cryptography;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// The store's tables, version by version. A store is brought forward step by step, in one transaction, when it is opened; never backward. A step that was released is never changed.
/// In the statements <c>{position}</c> is the type of a numbered key and <c>{bytes}</c> that of bytes.
/// </summary>
internal static class StoreMigrations
{
    /// <summary>The version that this program writes.</summary>
    public const int Newest = 4;

    private const int SaltBytes = 16;

    // what a shop tells, and who may tell it
    private const string First = """
        CREATE TABLE store (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, position BIGINT NOT NULL, events BIGINT NOT NULL);
        INSERT INTO store (one, version, position, events) VALUES (1, 1, 0, 0);
        CREATE TABLE events (
            position {position} PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            user_id TEXT,
            session_id TEXT,
            item_id TEXT,
            time BIGINT NOT NULL,
            quantity DOUBLE PRECISION,
            price DOUBLE PRECISION,
            value DOUBLE PRECISION,
            place INTEGER,
            scenario TEXT,
            recommendation TEXT,
            text TEXT,
            context TEXT,
            received BIGINT NOT NULL);
        CREATE INDEX events_user ON events (user_id, position) WHERE user_id IS NOT NULL;
        CREATE INDEX events_visit ON events (session_id, position) WHERE user_id IS NULL;
        CREATE TABLE items (id TEXT NOT NULL PRIMARY KEY, attributes TEXT, changed BIGINT NOT NULL);
        CREATE INDEX items_changed ON items (changed);
        CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, attributes TEXT, changed BIGINT NOT NULL);
        CREATE INDEX users_changed ON users (changed);
        CREATE TABLE friends (user_id TEXT NOT NULL, friend_id TEXT NOT NULL, removed INTEGER NOT NULL, changed BIGINT NOT NULL, PRIMARY KEY (user_id, friend_id));
        CREATE INDEX friends_friend ON friends (friend_id);
        CREATE INDEX friends_changed ON friends (changed);
        CREATE TABLE documents (kind TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, content TEXT, changed BIGINT NOT NULL, PRIMARY KEY (kind, name));
        CREATE TABLE api_keys (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash {bytes} NOT NULL, scopes INTEGER NOT NULL, created BIGINT NOT NULL, revoked BIGINT);
        """;

    // what is derived or passes: answers, checkpoints, and whom to forget
    private const string Second = """
        ALTER TABLE store ADD COLUMN salt {bytes};
        CREATE TABLE answers (id TEXT NOT NULL PRIMARY KEY, user_id TEXT, session_id TEXT, created BIGINT NOT NULL, expires BIGINT NOT NULL, content TEXT NOT NULL);
        CREATE INDEX answers_expires ON answers (expires);
        CREATE INDEX answers_user ON answers (user_id) WHERE user_id IS NOT NULL;
        CREATE INDEX answers_visit ON answers (session_id) WHERE session_id IS NOT NULL;
        CREATE TABLE checkpoints (id {position} PRIMARY KEY, name TEXT NOT NULL, position BIGINT NOT NULL, created BIGINT NOT NULL, length BIGINT NOT NULL, complete INTEGER NOT NULL);
        CREATE TABLE checkpoint_parts (checkpoint BIGINT NOT NULL REFERENCES checkpoints (id) ON DELETE CASCADE, part INTEGER NOT NULL, crc BIGINT NOT NULL, content {bytes} NOT NULL,
            PRIMARY KEY (checkpoint, part));
        CREATE TABLE forgotten (position {position} PRIMARY KEY, mark {bytes} NOT NULL, time BIGINT NOT NULL);
        """;

    // when an item or user was first described: the order in which followers number them, which no later change may alter
    private const string Third = """
        ALTER TABLE items ADD COLUMN first BIGINT;
        UPDATE items SET first = changed;
        ALTER TABLE users ADD COLUMN first BIGINT;
        UPDATE users SET first = changed;
        """;

    /// <summary>Brings the tables to the version that the options ask for.</summary>
    /// <exception cref="InputException">The store was written by a later version.</exception>
    public static void Apply(WriteSession session, StoreEngine engine)
    {
        session.Begin(engine.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var there = engine.HasTables(session) ? session.List("SELECT version FROM store", r => r.GetInt32(0))[0] : 0;
        if (there > Newest)
            throw new InputException($"the store is of version {there}, and this program knows versions up to {Newest}; use the program that wrote it, or a later one", engine.Place);
        var steps = Steps(engine);
        for (var version = there + 1; version <= engine.Options.Version; version++)
        {
            foreach (var statement in engine.Dialect(steps[version - 1]).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) session.Execute(statement);
            session.Execute("UPDATE store SET version = @version", ("@version", version));
            if (version == 2) session.Execute("UPDATE store SET salt = @salt", ("@salt", RandomNumberGenerator.GetBytes(SaltBytes)));
        }

        session.Commit();
    }

    // the last: by what an event is found whose user or visit is known
    private static string[] Steps(StoreEngine engine) => [First, Second, Third, engine.PastTables];
}
