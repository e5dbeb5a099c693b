using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sundry.Serving;

/// <summary>Puts events into the table, by SQLite's own calls: through the driver's parameters, which are named, boxed and bound anew, a row costs three times as much.</summary>
internal sealed class SqliteAppender : IDisposable
{
    private const string Insert = $"INSERT INTO events ({EventRows.Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private byte[] _bytes = new byte[1024];

    public SqliteAppender(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, Insert, raw.SQLITE_PREPARE_PERSISTENT, out _insert));
    }

    /// <summary>Puts an event in; gives whether it was new.</summary>
    public bool Add(long position, EventRecord e, long received)
    {
        Check(raw.sqlite3_bind_int64(_insert, 1, position));
        Bind(2, e.Id);
        Bind(3, e.Type);
        Bind(4, e.User);
        Bind(5, e.Session);
        Bind(6, e.Item);
        Check(raw.sqlite3_bind_int64(_insert, 7, e.Time));
        Bind(8, e.Quantity);
        Bind(9, e.Price);
        Bind(10, e.Value);
        if (e.Position is { } place) Check(raw.sqlite3_bind_int(_insert, 11, place));
        Bind(12, e.Scenario);
        Bind(13, e.Recommendation);
        Bind(14, e.Text);
        Bind(15, e.Context);
        Check(raw.sqlite3_bind_int64(_insert, 16, received));
        try
        {
            Check(raw.sqlite3_step(_insert));
            return raw.sqlite3_changes(_database) == 1;
        }
        finally
        {
            // it says once more what went wrong, which was said
            _ = raw.sqlite3_reset(_insert);
            _ = raw.sqlite3_clear_bindings(_insert);
        }
    }

    public void Dispose() => _insert.Dispose();

    private void Bind(int place, string? text)
    {
        if (text is null) return;
        if (text.Length == 0)
        {
            // of no bytes a span would be nothing at all
            Check(raw.sqlite3_bind_text(_insert, place, text));
            return;
        }

        if (Encoding.UTF8.GetMaxByteCount(text.Length) is var most && most > _bytes.Length) _bytes = new byte[most];
        Check(raw.sqlite3_bind_text(_insert, place, _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes))));
    }

    private void Bind(int place, double? number)
    {
        if (number is { } value) Check(raw.sqlite3_bind_double(_insert, place, value));
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)) SqliteException.ThrowExceptionForRC(code, _database);
    }
}
