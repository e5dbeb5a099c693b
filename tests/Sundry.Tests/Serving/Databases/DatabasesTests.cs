using Microsoft.Data.Sqlite;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class DatabasesTests : IDisposable
{
    private readonly TinyLog _log = new();

    public DatabasesTests() => Write("""
        create table events (id integer primary key, kind text, who text, what text, at text, amount real, stars integer, device text);
        insert into events values (1, 'view', 'anna', 'lamp', '2025-03-03T09:00:00Z', null, null, 'phone');
        insert into events values (2, 'bought', 'anna', 'lamp', '2025-03-03 09:05:00', 9.25, null, null);
        insert into events values (3, 'stars', 'ben', 'sofa', '2025-03-02T00:00:00Z', null, 4, null);
        create table goods (item text, brand text);
        insert into goods values ('lamp', 'Lux'), ('sofa', null);
        """);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_query_over_sqlite_is_read_as_a_file_is()
    {
        var (log, summary) = _log.Read("""
            log:
              events:
                database: shop.db
                query: select id, kind as type, who, what as item, at as time, amount as price, stars as value, device from events
                columns: {user: who}
                types: {bought: purchase, stars: rating}
              items: {database: shop.db, query: select * from goods order by item}
            """);
        _log.Folder.Write("events.csv", """
            id,kind,who,what,at,amount,stars,device
            1,view,anna,lamp,2025-03-03T09:00:00Z,,,phone
            2,bought,anna,lamp,2025-03-03 09:05:00,9.25,,
            3,stars,ben,sofa,2025-03-02T00:00:00Z,,4,
            """);
        _log.Folder.Write("items.csv", "item,brand\nlamp,Lux\nsofa,\n");
        var (expected, _) = _log.Read("{log: {events: events.csv, columns: {type: kind, user: who, item: what, time: at, price: amount, value: stars}, types: {bought: purchase, stars: rating}, items: items.csv}}");
        Assert.Equal(TinyLog.Lines(expected), TinyLog.Lines(log));
        Assert.Equal(expected.ItemColumns.Single().Numbers, log.ItemColumns.Single().Numbers);
        Assert.Equal((3L, 1L), (summary.RowsRead, summary.OutOfOrder));
    }

    [Fact]
    public void A_query_that_fails_midway_is_one_sentence()
    {
        var error = Assert.Throws<InputException>(() => Events("select 'view' as type, who as user, at as time, case when id < 3 then 1 else abs(-9223372036854775807 - 1) end as value from events"));
        Assert.Equal("shop.db (query): the query failed after 2 rows (SQLite Error 1: 'integer overflow'); mend the query or the rows that it stumbles over", error.Message);
    }

    [Theory]
    [InlineData("select who as usr from events", "no column 'type'")]
    [InlineData("select nowhere from events", "no such column: nowhere")]
    [InlineData("selct 1", "the query cannot be run")]
    [InlineData("delete from events", "cannot be run (SQLite Error 8: 'attempt to write a readonly database')")]
    [InlineData("select 'wish' as type, who as user, at as time from events", "(query) line 1, column 1: 'wish' is not a known type")]
    [InlineData("select 'view' as type, who as user, at as time, x'00ff' as value from events", "the column 'value' holds bytes")]
    [InlineData("select 'view' as type, who as user, at as time from events where id > 9", "no event that can be used")]
    public void Queries_that_are_of_no_use_are_refused(string query, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Events(query)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_written()
    {
        var before = File.ReadAllBytes(_log.Folder.Path("shop.db"));
        Assert.Throws<InputException>(() => Events("delete from events"));
        Events("select 'view' as type, who as user, at as time from events");
        Assert.Equal(before, File.ReadAllBytes(_log.Folder.Path("shop.db")));
        Assert.Equal(["shop.db"], Directory.GetFiles(_log.Folder.Root).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("shop.dbx", "no such database file")]
    [InlineData(".", "this is a folder")]
    [InlineData("text.db", "is it an SQLite file?")]
    [InlineData("mysql://host/shop", "the database's URL is not understood")]
    [InlineData("postgres://anna:secret@127.0.0.1:1/shop", "postgres://127.0.0.1/shop: the database cannot be opened")]
    public void A_database_that_cannot_be_opened_is_refused_without_its_password(string database, string part)
    {
        _log.Folder.Write("text.db", new string('x', 5000));
        var error = Assert.Throws<InputException>(() => _log.Read($"log: {{events: {{database: \"{database}\", query: select 1}}}}"));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private LogSummary Events(string query) => _log.Read($"log: {{events: {{database: shop.db, query: \"{query}\"}}}}").Summary;

    private void Write(string script)
    {
        using var connection = new SqliteConnection($"Data Source={_log.Folder.Path("shop.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }
}
