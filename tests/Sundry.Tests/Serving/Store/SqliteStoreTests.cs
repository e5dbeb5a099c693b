using Microsoft.Data.Sqlite;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class SqliteStoreTests : StoreContract
{
    // in memory where that can be had: what is tested here is not the disk's speed
    private readonly string _folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory("/dev/shm/" + Path.GetFileName(Directory.CreateTempSubdirectory("sundry-store-").FullName)).FullName
        : Directory.CreateTempSubdirectory("sundry-store-").FullName;

    private int _places;

    protected override string TablesSql => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override string NewPlace() => Path.Combine(_folder, $"{++_places}.db");

    protected override Exception Failure() => new SqliteException("disk I/O error", 10);

    [Fact]
    public async Task No_byte_of_a_forgotten_user_stays_in_the_files()
    {
        var place = NewPlace();
        var store = Open(place);
        await FillWithSomebody(store);
        // rows of the user between those of others, in pages that are split and merged
        for (var i = 0; i < 40; i++)
        {
            await store.Events.Append([.. Enumerable.Range(0, 50).Select(n => Event($"u{n}", $"{i}+{n}") with { Text = new string('t', n) }), Event(Forgotten, $"forget-me-{i}") with { Text = $"forget-me {i}" }]);
            await store.Answers.Put(new($"r{i}", i % 2 == 0 ? Forgotten : "u", null, "{}"), TimeSpan.FromDays(1));
            await store.Users.Put([(Forgotten, $$"""{"about":"forget-me {{new string('x', i)}}"}""")]);
        }

        var before = Occurrences(place);
        await store.Forget(Forgotten);
        Assert.Equal(0, new FileInfo(place + "-wal").Length);
        // deleted cells are zeros; what pages that were split earlier left in their gaps goes with the next compaction
        Assert.InRange(Occurrences(place), 0, before / 10);
        await store.Compact();
        Assert.Equal(0, Occurrences(place));
        Assert.Equal(EventOutcome.Duplicate, (await store.Events.Append([Event("u0", "0+0")]))[0].Outcome);
    }

    [Fact]
    public async Task A_reader_in_the_middle_delays_the_emptying_of_the_log_alone()
    {
        var place = NewPlace();
        var store = Open(place, options: new() { Patience = TimeSpan.FromMilliseconds(50) });
        await FillWithSomebody(store);
        using (var reader = Connect(place))
        {
            Run(reader, "BEGIN; SELECT count(*) FROM events");
            Assert.True(await store.Forget(Forgotten));
            Assert.Empty(await Rows(store, "forget-me"));
        }

        Assert.NotEqual(0, new FileInfo(place + "-wal").Length);
        await store.Events.Append([Event("u")]);
        Assert.Equal(0, new FileInfo(place + "-wal").Length);
    }

    [Fact]
    public async Task A_lock_of_another_program_is_waited_for_or_said()
    {
        var place = NewPlace();
        var store = Open(place, options: new() { Patience = TimeSpan.FromMilliseconds(50) });
        await store.Events.Append([Event("u")]);
        using (var other = Connect(place))
        {
            Run(other, "BEGIN IMMEDIATE");
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.Append([Event("v")]));
            Assert.Contains("locked", error.Message, StringComparison.Ordinal);
            Assert.Single(await store.Events.After(0, 9));
            Run(other, "ROLLBACK");
        }

        Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("v")]))[0].Outcome);
    }

    [Fact]
    public async Task A_full_file_refuses_writes_until_there_is_room()
    {
        var place = NewPlace();
        var store = Open(place);
        await store.Events.Append([Event("u", "first")]);
        await store.Engine.Write(s => s.List("PRAGMA max_page_count = 60", r => r.GetInt64(0)));
        await FillUntilFull(store);
        await store.Engine.Write(s => s.List("PRAGMA max_page_count = 1000000", r => r.GetInt64(0)));
        Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("u", "last")]))[0].Outcome);
        Assert.Equal("ok", (await store.Engine.Read("PRAGMA integrity_check", r => r.GetString(0), default))[0]);
    }

    [SkippableFact]
    public async Task A_full_disk_refuses_writes_until_there_is_room()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root on Linux, to mount a small disk");
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Skip.If(Mount("-t", "tmpfs", "-o", "size=2m", "none", disk) != 0, "mounting is not allowed here");
        try
        {
            var ballast = Path.Combine(disk, "ballast");
            File.WriteAllBytes(ballast, new byte[800_000]);
            using (var store = Open(Path.Combine(disk, "shop.db")))
            {
                await store.Events.Append([Event("u", "first")]);
                await FillUntilFull(store);
                File.Delete(ballast);
                Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("u", "last")]))[0].Outcome);
                Assert.Equal("ok", (await store.Engine.Read("PRAGMA integrity_check", r => r.GetString(0), default))[0]);
            }

            using var again = Open(Path.Combine(disk, "shop.db"));
            Assert.Equal("last", (await again.Events.OfUser("u", 1))[0].Event.Id);
        }
        finally
        {
            Assert.Equal(0, System.Diagnostics.Process.Start("umount", [disk]) is var process && process.WaitForExit(10_000) ? process.ExitCode : -1);
        }
    }

    [Fact]
    public async Task Two_programs_on_one_file_do_not_mix_their_positions()
    {
        var place = NewPlace();
        var (one, two) = (Open(place), Open(place, options: new() { LookEvery = TimeSpan.FromMilliseconds(20) }));
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Events.Append([Event("u", $"{i}a"), Event("u", $"{i}b")]))));
        Assert.Equal(Enumerable.Range(1, 80).Select(i => (long)i), all.SelectMany(r => r).Select(r => r.Position).Order());
        var waiting = two.WaitAfter(80);
        await one.Events.Append([Event("v")]);
        Assert.Equal(81, await waiting.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void What_is_no_store_is_refused_and_left_alone()
    {
        var database = NewPlace();
        using (var other = Connect(database)) Run(other, "CREATE TABLE mine (x INTEGER)");
        var bytes = File.ReadAllBytes(database);
        Assert.Contains("no store of Sundry", Assert.Throws<InputException>(() => Open(database)).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(database));
        var text = NewPlace();
        File.WriteAllText(text, new string('x', 5000));
        Assert.Contains("no store of Sundry", Assert.Throws<InputException>(() => Open(text)).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<InputException>(() => Open(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<InputException>(() => Open(Path.Combine(_folder, "no", "shop.db"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_disk_has_it_before_it_is_acknowledged()
    {
        var store = New();
        var settings = await store.Engine.Write(s => new[] { "journal_mode", "synchronous", "secure_delete", "foreign_keys" }.Select(name => s.List($"PRAGMA {name}", r => r.GetValue(0).ToString()!)[0]).ToArray());
        Assert.Equal(["wal", "2", "1", "1"], settings);
    }

    private async Task FillUntilFull(ShopStore store)
    {
        var (accepted, refusals) = (1, 0);
        for (var i = 0; refusals < 3; i++)
        {
            Assert.True(i < 10_000);
            try
            {
                accepted += (await store.Events.Append([.. Enumerable.Range(0, 20).Select(n => Event("u", $"{i}-{n}") with { Text = new string('x', 200) })])).Count;
            }
            catch (StoreUnavailableException e)
            {
                Assert.Contains("full", e.Message, StringComparison.Ordinal);
                Assert.True(e.RetryAfter > TimeSpan.Zero);
                refusals++;
            }
        }

        // reads go on, and what was acknowledged is there
        Assert.Equal(accepted, (await store.Counts()).Events);
        Assert.Equal(accepted, (await store.Events.After(0, 1_000_000)).Count);
    }

    private static int Mount(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static SqliteConnection Connect(string place)
    {
        var connection = new SqliteConnection($"Data Source={place};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }

    private static int Occurrences(string place)
    {
        var count = 0;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(place)!, Path.GetFileName(place) + "*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            for (var rest = bytes.AsSpan(); rest.IndexOf("forget-me"u8) is >= 0 and var at; rest = rest[(at + 1)..]) count++;
        }

        return count;
    }
}
