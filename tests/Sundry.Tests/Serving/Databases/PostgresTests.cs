using Sundry.Data;

namespace Sundry.Tests;

public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public void A_query_over_postgresql_is_read_as_a_file_is()
    {
        var url = server.Url;
        server.Execute("""
            create table events (id bigint, kind text, who int, what text, at timestamptz, amount numeric(10, 2), bulk boolean, tags text[]);
            insert into events values (1, 'view', 7, 'lamp', '2025-03-03 10:00:00.5+01', null, null, '{a,b}'), (2, 'purchase', 7, 'lamp', '2025-03-03 09:05:00Z', 9.25, true, null);
            """);
        using var files = new TinyLog();
        var (log, _) = files.Read($"log: {{events: {{database: \"{url}\", query: \"select id, kind as type, who as user, what as item, at as time, amount as price, bulk, tags from events order by id\"}}}}");
        files.Folder.Write("events.csv", "id,type,user,item,time,price,bulk,tags\n1,view,7,lamp,2025-03-03T09:00:00.5Z,,,a|b\n2,purchase,7,lamp,2025-03-03T09:05:00Z,9.25,1,\n");
        Assert.Equal(TinyLog.Lines(files.Read("{log: events.csv}").Log), TinyLog.Lines(log));
    }

    [SkippableFact]
    public void A_query_that_fails_midway_is_one_sentence()
    {
        var query = "select 'view' as type, n as user, '2025-03-03' as time, 1 / (20000 - n) as value from generate_series(1, 20001) n";
        using var files = new TinyLog();
        var error = Assert.Throws<InputException>(() => files.Read($"log: {{events: {{database: \"{server.Url}\", query: \"{query}\"}}}}"));
        Assert.StartsWith("postgres://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("the query failed after ", error.Message, StringComparison.Ordinal);
        Assert.Contains("division by zero", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [SkippableTheory]
    [InlineData("create table spoils (x int)", "read-only transaction")]
    [InlineData("select * from nowhere", "nowhere")]
    public void Nothing_is_written_and_wrong_queries_are_refused(string query, string part)
    {
        using var files = new TinyLog();
        var error = Assert.Throws<InputException>(() => files.Read($"log: {{events: {{database: \"{server.Url}\", query: \"{query}\"}}}}"));
        Assert.Contains("the query cannot be run", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_database_that_is_not_there_is_refused()
    {
        using var files = new TinyLog();
        var url = server.Url[..^"postgres".Length] + "nowhere";
        var error = Assert.Throws<InputException>(() => files.Read($"log: {{events: {{database: \"{url}\", query: select 1}}}}"));
        Assert.Contains("the database cannot be opened", error.Message, StringComparison.Ordinal);
    }
}
