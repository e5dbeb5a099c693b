using System.IO.Compression;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class LogReaderTests : IDisposable
{
    private const string Header = "id,type,user,session,item,time,quantity,price,value,position,scenario,recommendation,text\n";

    private readonly TinyLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Every_column_of_an_event_arrives()
    {
        var (log, summary) = _log.Read(
            Header + "1,purchase,anna,s1,lamp,2025-03-03T09:00:00.250Z,2,9.5,,3,home,r7,\n2,search,,s1,,2025-03-03T09:00:01Z,,,,,,,\"red lamp, small\"\n", "");
        Assert.Equal(
            [
                "2025-03-03T09:00:00.250,purchase,anna,s1,lamp,2,9.5,NaN,3,home,r7,-",
                "2025-03-03T09:00:01.000,search,-,s1,-,1,NaN,NaN,0,-,-,red lamp, small",
            ],
            TinyLog.Lines(log));
        Assert.Equal((2, 1, 1, 1), (summary.Events, summary.Users, summary.Items, summary.Sessions));
        Assert.Equal([KeyValuePair.Create("purchase", 1L), KeyValuePair.Create("search", 1L)], summary.Types);
        Assert.Equal(new DateTimeOffset(2025, 3, 3, 9, 0, 0, 250, TimeSpan.Zero), summary.First);
    }

    [Fact]
    public void Columns_types_and_tables_are_mapped()
    {
        _log.Folder.Write("retail.csv", "timestamp,visitorid,event,itemid,device\n1741000000000,7,addtocart,i1,phone\n1741000001000,7,transaction,i1,\n");
        _log.Folder.Write("stars.tsv", "who\twhat\tstars\twhen\n8\ti2\t4\t2025-03-03 12:00\n");
        var (log, summary) = _log.Read("""
            log:
              events:
                - {files: retail.csv, columns: {time: timestamp, user: visitorid, type: event, item: itemid}, types: {addtocart: cart, transaction: purchase}, time_format: unix_ms}
                - {files: stars.tsv, columns: {user: who, item: what, value: stars, time: when}, type: rating}
            """);
        Assert.Equal(
            [
                "2025-03-03T11:06:40.000,cart,7,-,i1,1,NaN,NaN,0,-,-,-,device=phone",
                "2025-03-03T11:06:41.000,purchase,7,-,i1,1,NaN,NaN,0,-,-,-,device=-",
                "2025-03-03T12:00:00.000,rating,8,-,i2,1,NaN,4,0,-,-,-,device=-",
            ],
            TinyLog.Lines(log));
        Assert.Equal(3, summary.RowsRead);
    }

    [Fact]
    public void Json_lines_and_csv_are_one_log()
    {
        _log.Folder.Write("a.jsonl", "{\"type\":\"view\",\"user\":1,\"item\":\"x\",\"time\":\"2025-03-03T09:00:00Z\",\"tags\":[\"a\",\"b\"]}\n{\"type\":\"view\",\"user\":2,\"item\":\"x\",\"time\":1741000000}\n");
        var (fromJson, _) = _log.Read("{log: a.jsonl}");
        _log.Folder.Write("a.csv", "type,user,item,time,tags\nview,1,x,2025-03-03T09:00:00Z,a|b\nview,2,x,1741000000,\n");
        var (fromCsv, _) = _log.Read("{log: a.csv}");
        Assert.Equal(TinyLog.Lines(fromCsv), TinyLog.Lines(fromJson));
        Assert.Contains("tags=a|b", TinyLog.Lines(fromJson)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Deliveries_and_what_is_left_stand_beside_the_events()
    {
        const string events = "type,user,item,time\nview,carl,lamp,2025-03-03\n";
        _log.Folder.Write("stock.csv", "sku,time,quantity\nlamp,2025-03-01T00:00:00Z,5\nnone,2025-03-01,1\nlamp,2025-03-02,-2.5\n");
        var (log, summary) = _log.Read(events, "stock: {files: stock.csv, columns: {item: sku}}");
        var first = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal([new(0, first, 5), new(0, first + 86_400_000, -2.5f)], log.Stock!);
        Assert.Equal(2, summary.Stock);
        _log.Folder.Write("left.csv", "item,quantity\nlamp,3\n");
        Assert.Equal([new StockRow(0, null, 3)], _log.Read(events, "stock: left.csv").Log.Stock!);
        Assert.Null(_log.Read(events, "").Log.Stock);

        _log.Folder.Write("bad.csv", "item,time,quantity\nlamp,2025-03-01,many\nlamp,soon,1\n");
        Assert.Contains("'many' is not a number", Assert.Throws<InputException>(() => _log.Read(events, "stock: bad.csv")).Message, StringComparison.Ordinal);
        var refused = _log.Read(events, "stock: bad.csv", "on_bad_row: skip, max_bad_rows: 90%").Summary.Refused;
        Assert.Equal(2, refused.Count);
        Assert.Contains("'soon' is not a time", refused[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_customers_friends_and_categories_stand_beside_the_events()
    {
        _log.Folder.Write("items.csv", "item,category,brand\nlamp,lights,Lux\nsofa,seats,\nlamp,other,other\n");
        _log.Folder.Write("users.csv", "user,age\nanna,30\nben,\n");
        _log.Folder.Write("friends.csv", "user,friend\nanna,ben\nben,anna\nanna,carl\n");
        _log.Folder.Write("categories.csv", "category,parent\nlights,home\nseats,home\nhome,\n");
        var (log, summary) = _log.Read(
            "type,user,item,time\nview,carl,lamp,2025-03-03\nview,anna,vase,2025-03-04\n", "items: items.csv, users: users.csv, friends: friends.csv, categories: categories.csv");
        Assert.Equal(["lamp", "sofa", "vase"], Enumerable.Range(0, log.Items.Count).Select(log.Items.Text));
        Assert.Equal(["anna", "ben", "carl"], Enumerable.Range(0, log.Users.Count).Select(log.Users.Text));
        var brand = log.ItemColumns.Single(c => c.Name == "brand");
        Assert.Equal("Lux", brand.Values.Text(brand[0]));
        Assert.Equal([-1, -1], new[] { brand[1], brand[2] });
        Assert.Equal([(0, 1), (0, 2)], log.Friends);
        Assert.Equal("home", log.CategoryParents["seats"]);
        Assert.Equal((2, 2, 1L, 1L, 1L, 2, 2), (summary.CatalogueItems, summary.ListedUsers, summary.ListedTwice, summary.UnknownItems, summary.UnknownUsers, summary.Categories, summary.Friends));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shuffling_the_lines_gives_the_same_log(int seed)
    {
        var (log, summary) = _log.Read(Header + string.Concat(Rows(500)), "");
        var lines = Rows(500);
        new Random(seed).Shuffle(lines);
        var (shuffled, second) = _log.Read(Header + string.Concat(lines), "");
        // rows of one moment keep the order of the file: none of these are
        Assert.Equal(TinyLog.Lines(log), TinyLog.Lines(shuffled));
        Assert.Equal(0, summary.OutOfOrder);
        Assert.True(second.OutOfOrder > 100);
        Assert.Equal(summary.Types, second.Types);
    }

    [Fact]
    public void Events_of_one_moment_keep_the_order_of_the_file()
    {
        var rows = Enumerable.Range(0, 300).Select(i => $"view,u{i},x,2025-03-0{1 + i * 7 % 3}\n").ToArray();
        var (log, _) = _log.Read("type,user,item,time\n" + string.Concat(rows), "");
        var expected = Enumerable.Range(0, 300).OrderBy(i => i * 7 % 3).Select(i => $"u{i}");
        var events = new ShopEvent[300];
        log.Read(0, events);
        Assert.Equal(expected, events.Select(e => log.Users.Text(e.User)));
    }

    [Fact]
    public void Duplicates_change_nothing()
    {
        var rows = Rows(300);
        var (log, _) = _log.Read(Header + string.Concat(rows), "");
        var (twice, summary) = _log.Read(Header + string.Concat(rows) + string.Concat(rows.Reverse()), "");
        Assert.Equal(TinyLog.Lines(log), TinyLog.Lines(twice));
        Assert.Equal((300, log.Users.Count), (summary.Duplicates, twice.Users.Count));
    }

    [Fact]
    public void Of_two_events_with_one_id_the_first_that_can_be_used_is_kept()
    {
        var (log, summary) = _log.Read("id,type,user,item,time\n1,view,a,x,never\n1,view,a,y,2025-03-02\n1,view,b,z,2025-03-01\n", "", "on_bad_row: skip");
        Assert.Equal("2025-03-02T00:00:00.000,view,a,-,y,1,NaN,NaN,0,-,-,-", Assert.Single(TinyLog.Lines(log)));
        Assert.Equal((1L, 1L, 1), (summary.Duplicates, summary.RowsRefused, summary.Users));
    }

    [Fact]
    public void Tables_of_one_kind_of_events_number_their_rows_each_for_itself()
    {
        _log.Folder.Write("views.csv", "id,user,item,time\n1,a,x,2025-03-01\n2,a,y,2025-03-01\n2,a,y,2025-03-01\n");
        _log.Folder.Write("carts.csv", "id,user,item,time\n1,a,x,2025-03-02\n");
        var (_, summary) = _log.Read("log: {events: [{files: views.csv, type: view}, {files: carts.csv, type: cart}]}");
        Assert.Equal((3L, 1L), (summary.Events, summary.Duplicates));
    }

    [Fact]
    public void A_gzipped_file_gives_the_same_log()
    {
        var text = Header + string.Concat(Rows(400));
        var (plain, _) = _log.Read(text, "");
        using (var gzip = new GZipStream(File.Create(_log.Folder.Path("packed.csv.gz")), CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        var (packed, _) = _log.Read("{log: packed.csv.gz}");
        Assert.Equal(TinyLog.Lines(plain), TinyLog.Lines(packed));
    }

    [Fact]
    public void Several_files_are_one_log_and_a_new_file_is_not_late()
    {
        _log.Folder.Write("day-1.csv", "type,user,item,time\nview,a,x,2025-03-01T00:00:00Z\nview,a,y,2025-03-03T00:00:00Z\n");
        _log.Folder.Write("day-2.csv", "item,time,type,user\nz,2025-03-02T02:00:00Z,view,a\nx,2025-03-02T00:30:00Z,view,a\nx,2025-03-02T01:59:00Z,view,a\n");
        var (log, summary) = _log.Read("{log: day-*.csv}");
        Assert.Equal([1, 2, 2, 2, 3], TinyLog.Lines(log).Select(l => int.Parse(l[8..10])));
        Assert.Equal((2L, 1L, 5400.0), (summary.OutOfOrder, summary.Late, summary.LatestBySeconds));
    }

    [Fact]
    public void Who_does_more_in_an_hour_than_people_do_is_left_out()
    {
        // bot: 5 within 59 minutes; fast: 5, but the fifth comes after exactly an hour; the session without a user is a bot too
        string[] rows =
        [
            .. Enumerable.Range(0, 5).Select(i => $"view,bot,,x,2025-03-01T10:{i * 14:00}:00Z,c{i}\n"),
            .. Enumerable.Range(0, 5).Select(i => $"view,fast,,x,2025-03-01T{10 + i / 4}:{i % 4 * 15:00}:00Z,f{i}\n"),
            .. Enumerable.Range(0, 5).Select(i => $"view,,s9,x,2025-03-01T12:0{i}:00Z,s{i}\n"),
            "view,slow,s9,x,2025-03-01T12:03:30Z,z\n",
        ];
        var (log, summary) = _log.Read("type,user,session,item,time,device\n" + string.Concat(rows), "bots: 4");
        Assert.Equal((2, 10L, 6L), (summary.Bots, summary.BotEvents, summary.Events));
        Assert.Equal(["f0", "f1", "f2", "f3", "f4", "z"], TinyLog.Lines(log).Select(l => l.Split("device=")[1]).Order());
        Assert.Equal(6, _log.Read("type,user,session,item,time,device\n" + string.Concat(rows), "bots: {events_per_hour: 4}").Summary.Events);
        Assert.Equal(16, _log.Read("type,user,session,item,time,device\n" + string.Concat(rows), "bots: 5").Summary.Events);
    }

    [Fact]
    public void Context_can_be_chosen()
    {
        const string Text = "type,user,item,time,device,agent\nview,a,x,2025-03-01,phone,Mozilla\n";
        Assert.Equal(["device", "agent"], _log.Read(Text, "").Summary.Context);
        Assert.Equal(["agent"], _log.Read(Text, "context: [agent]").Summary.Context);
        Assert.Empty(_log.Read(Text, "context: []").Summary.Context);
        Assert.Equal(["place", "agent"], _log.Read(Text, "columns: {place: device}").Summary.Context);
    }

    [Fact]
    public void Events_from_until_on_are_left_out()
    {
        var (_, summary) = _log.Read("type,user,item,time\nview,a,x,2025-03-01T23:59:59Z\nview,a,x,2025-03-02\nview,a,x,2031-01-01\n", "until: 2025-03-02");
        Assert.Equal((1L, 2L), (summary.Events, summary.AfterUntil));
    }

    [Fact]
    public void Times_a_little_ahead_of_the_clock_are_counted()
    {
        var (_, summary) = _log.Read("type,user,item,time\nview,a,x,2025-03-10T11:59:59Z\nview,a,x,2025-03-10T12:04:00Z\n", "");
        Assert.Equal((2L, 1L), (summary.Events, summary.AheadOfClock));
    }

    [Fact]
    public void Returns_are_counted_and_matched()
    {
        var (log, summary) = _log.Read(
            "type,user,item,time,quantity\npurchase,a,x,2025-03-01,3\npurchase,a,x,2025-03-02,-2\nreturn,a,y,2025-03-02,1\nreturn,b,x,2025-03-03,-1\n", "negative_quantity: return");
        Assert.Equal([KeyValuePair.Create("purchase", 1L), KeyValuePair.Create("return", 3L)], summary.Types);
        Assert.Equal((2L, 2L), (summary.ReturnsByQuantity, summary.ReturnsUnmatched));
        Assert.Contains("2025-03-02T00:00:00.000,return,a,-,x,2,NaN,NaN,0,-,-,-", TinyLog.Lines(log));
    }

    [Theory]
    [InlineData("create", 3, 0, 4)]
    [InlineData("count", 1, 2, 3)]
    public void Unknown_names_are_created_or_counted(string rule, int events, int left, int types)
    {
        _log.Folder.Write("items.csv", "item\nx\n");
        _log.Folder.Write("users.csv", "user\na\n");
        const string Text = "type,user,item,time\nview,a,x,2025-03-01\nview,a,new,2025-03-01\nview,new,x,2025-03-01\n";
        var (log, summary) = _log.Read(Text, $"items: items.csv, users: users.csv, on_unknown_item: {rule}, on_unknown_user: {rule}");
        Assert.Equal((events, 1L, 1L, 3 - left), (summary.Events, summary.UnknownItems, summary.UnknownUsers, log.Count));
        var (_, byType) = _log.Read(Text.Replace("view,a,new", "wish,a,new", StringComparison.Ordinal) + "cart,a,x,2025-03-01\n", $"on_unknown_type: {rule}");
        Assert.Equal((types, rule == "count" ? 1L : 0L, rule == "create"), (byType.Events, byType.UnknownTypes, byType.Types.ContainsKey("wish")));
    }

    [Fact]
    public void Progress_is_told_and_the_reading_can_be_ended()
    {
        var told = new List<PrepareProgress>();
        _log.Folder.Write("events.csv", Header + string.Concat(Rows(20_000)));
        var data = ConfigReader.Read<DataOptions>("{log: events.csv}", "sundry.yaml");
        LogReader.Read(new LogRequest(data, _log.Folder.Root, TimeProvider.System), new Teller(told.Add));
        Assert.True(told.Count >= 3);
        Assert.Equal(("reading", 20_000L, 1.0), (told[^1].Stage, told[^1].Rows, told[^1].Share));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => LogReader.Read(new LogRequest(data, _log.Folder.Root, TimeProvider.System), null, stop.Token));
    }

    private static string[] Rows(int count)
    {
        var random = new Random(5);
        string[] types = ["impression", "view", "click", "cart", "purchase", "rating"];
        var start = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, count).Select(i =>
            $"e{i},{types[random.Next(types.Length)]},u{random.Next(40)},s{i / 9},i{random.Next(60)},{start.AddSeconds(i * 61.5):yyyy-MM-ddTHH:mm:ss.fffZ},{random.Next(1, 4)},{random.Next(100, 999) / 100.0},,{i % 9 + 1},home,r{i / 9},\n")];
    }

    private sealed class Teller(Action<PrepareProgress> tell) : IProgress<PrepareProgress>
    {
        public void Report(PrepareProgress value) => tell(value);
    }
}
