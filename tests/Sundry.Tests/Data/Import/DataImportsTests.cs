using System.IO.Compression;
using System.Text;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests;

/// <summary>Every import on files of a few rows, and on the data sets themselves where they lie beside the checkout.</summary>
public sealed class DataImportsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Import, files, the lines of the log, files written.</summary>
    public static TheoryData<string, string[][], string[], string> Logs => new()
    {
        {
            "movielens",
            [
                ["u.data", "196\t242\t3\t881250949\n186\t302\t4\t891717742\n"], ["u.user", "196|24|M|technician|85711\n186|53|F|other|94043\n"],
                ["u.item", "242|Kolya (1996)|24-Jan-1997||http://x|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n302|L.A. Confidential (1997)|01-Jan-1997||x|0|0|0|0|0|0|1|0|0|0|1|0|0|1|0|0|1|0|0\n"],
            ],
            ["1997-12-04T15:55:49.000,rating,196,-,242,1,NaN,3,0,-,-,-", "1998-04-04T19:22:22.000,rating,186,-,302,1,NaN,4,0,-,-,-"],
            "events.csv.gz 2, users.csv 2, items.csv 2; title=Kolya year=1996 genres=Comedy"
        },
        {
            "movielens",
            [["ratings.dat", "1::1193::5::978300760\n2::661::3::978302109\n"], ["users.dat", "1::F::1::10::48067\n2::M::56::16::70072\n"], ["movies.dat", "1193::Café (1975)::Drama|War\n"]],
            ["2000-12-31T22:12:40.000,rating,1,-,1193,1,NaN,5,0,-,-,-", "2000-12-31T22:35:09.000,rating,2,-,661,1,NaN,3,0,-,-,-"],
            "events.csv.gz 2, users.csv 2, items.csv 1; title=Café year=1975 genres=Drama|War"
        },
        {
            "movielens",
            [["ml1m_pairs_in_file_order.csv", "user_id,movie_id\n1,10\n1,11\n2,10\n"], ["ncf_test_ratings_raw_ids.csv", "user_id,movie_id,rating,timestamp\n1,10,5,978824351\n"]],
            ["2000-01-01T00:00:00.000,rating,1,-,11,1,NaN,NaN,0,-,-,-", "2000-01-01T00:00:01.000,rating,2,-,10,1,NaN,NaN,0,-,-,-", "2000-01-01T00:00:02.000,rating,1,-,10,1,NaN,5,0,-,-,-"],
            "events.csv.gz 3; "
        },
        {
            "retailrocket",
            [
                ["events.csv", "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n1433224214164,257597,addtocart,355908,\n1433224244282,257597,transaction,355908,4000\n"],
                ["category_tree.csv", "categoryid,parentid\n1016,213\n213,\n"],
                ["item_properties_part1.csv", "timestamp,itemid,property,value\n1435460400000,355908,categoryid,1016\n1435460500000,355908,categoryid,213\n1435460500000,355908,available,1\n"],
            ],
            [
                "2015-06-02T05:02:12.117,view,257597,-,355908,1,NaN,NaN,0,-,-,-", "2015-06-02T05:50:14.164,cart,257597,-,355908,1,NaN,NaN,0,-,-,-",
                "2015-06-02T05:50:44.282,purchase,257597,-,355908,1,NaN,NaN,0,-,-,-",
            ],
            "events.csv.gz 3, categories.csv 2, items.csv 1; category=213"
        },
        {
            "retailrocket",
            [
                ["view_ecommerce.dat", "visitorid\titemid\tevent\n1\t5\t1\n1\t6\t1\n"], ["add_to_cart_ecommerce.dat", "visitorid\titemid\tevent\n1\t5\t1\n"], ["purchase_ecommerce.dat", "visitorid\titemid\tevent\n1\t5\t1\n"],
            ],
            [
                "2000-01-01T00:00:00.000,view,1,-,5,1,NaN,NaN,0,-,-,-", "2000-01-01T00:00:01.000,view,1,-,6,1,NaN,NaN,0,-,-,-", "2000-01-01T00:00:02.000,cart,1,-,5,1,NaN,NaN,0,-,-,-",
                "2000-01-01T00:00:03.000,purchase,1,-,5,1,NaN,NaN,0,-,-,-",
            ],
            "events.csv.gz 4; "
        },
        {
            "online-retail",
            [
                [
                    "online_retail.csv",
                    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n536365,85123A,\"LAMP, WHITE\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
                    + "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom\n536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom\n536592,22145,CRAFT,1,12/1/2010 17:06,2.1,,France\nA563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom\n",
                ],
            ],
            [
                "2010-12-01T08:26:00.000,purchase,17850,536365,85123A,6,2.55,NaN,0,-,-,-", "2010-12-01T09:41:00.000,return,14527,C536379,D,1,27.5,NaN,0,-,-,-",
                "2010-12-01T17:06:00.000,purchase,-,536592,22145,1,2.1,NaN,0,-,-,-",
            ],
            "events.csv.gz 3, items.csv 5, users.csv 2; description=LAMP, WHITE"
        },
        {
            "lastfm",
            [
                ["user_artists.dat", "userID\tartistID\tweight\n2\t51\t13883\n3\t52\t7\n"], ["artists.dat", "id\tname\turl\tpictureURL\n51\t\"Weird\" Duran\tx\ty\n52\tB\tx\ty\n"],
                ["tags.dat", "tagID\ttagValue\n1\tmetal\n2\tpop|rock\n"], ["user_taggedartists.dat", "userID\tartistID\ttagID\tday\tmonth\tyear\n2\t51\t1\t1\t4\t2009\n2\t51\t2\t1\t4\t2009\n3\t51\t2\t1\t4\t2009\n"],
                ["user_friends.dat", "userID\tfriendID\n2\t3\n3\t2\n"],
            ],
            ["2000-01-01T00:00:00.000,listen,2,-,51,1,NaN,13883,0,-,-,-", "2000-01-01T00:00:01.000,listen,3,-,52,1,NaN,7,0,-,-,-"],
            "events.csv.gz 2, items.csv 2, friends.csv 1; name=\"Weird\" Duran tags=pop rock|metal"
        },
        {
            "clothing-reviews",
            [
                [
                    "Womens Clothing E-Commerce Reviews.csv",
                    ",Clothing ID,Age,Title,Review Text,Rating,Recommended IND,Positive Feedback Count,Division Name,Department Name,Class Name\n0,767,33,Fine,\"Silky,\nand \"\"good\"\"\",4,1,0,Initmates,Intimate,Intimates\n",
                ],
            ],
            ["2000-01-01T00:00:00.000,review,-,0,767,1,NaN,4,0,-,-,Fine. Silky,\nand \"good\",age=33,recommended=1,feedback=0,division=Initmates,department=Intimate,class=Intimates"],
            "events.csv.gz 1; "
        },
        {
            "taobao",
            [["Taobao_cart.csv", "uid\tsid\t3\n0\t5\tcart\n"], ["Taobao_buy.train.txt", "uid\tsid\n0\t6\n"], ["Taobao_buy.test.txt", "uid\tsid\n0\t7\n"]],
            ["2000-01-01T00:00:00.000,cart,0,-,5,1,NaN,NaN,0,-,-,-", "2000-01-01T00:00:01.000,purchase,0,-,6,1,NaN,NaN,0,-,-,-", "2000-01-01T00:00:02.000,purchase,0,-,7,1,NaN,NaN,0,-,-,-"],
            "events.csv.gz 3; "
        },
        {
            "taobao",
            [["UserBehavior.csv", "1,2268318,2520377,pv,1511544070\n1,2333346,2520771,fav,1511561733\n1,2576651,149192,buy,15115617331\n"]],
            ["2017-11-24T17:21:10.000,view,1,-,2268318,1,NaN,NaN,0,-,-,-", "2017-11-24T22:15:33.000,favourite,1,-,2333346,1,NaN,NaN,0,-,-,-"],
            "events.csv.gz 2, items.csv 3; category=2520377"
        },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_log_is_imported_and_read_with_the_configuration_beside_it(string name, string[][] files, string[] expected, string written)
    {
        Directory.CreateDirectory(_folder.Path("source"));
        foreach (var file in files) WriteSource(file[0], file[1], packed: file[0].Length % 2 == 0);
        var summary = DataImports.Run(new ImportRequest(name, _folder.Path("source"), _folder.Path("shop")));
        var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(_folder.Path("shop/sundry.yaml"), "data");
        var (log, _) = LogReader.Read(new LogRequest(data, _folder.Path("shop"), TimeProvider.System));
        Assert.Equal(expected, TinyLog.Lines(log));
        var first = log.ItemColumns.Select(column => $"{column.Name}={column.Values.Text(column[0])}");
        Assert.Equal(written, $"{string.Join(", ", summary.Files.Select(f => $"{f.Key} {f.Value}"))}; {string.Join(' ', first)}");
        Assert.Equal(summary.Files.Keys.Append("sundry.yaml").Order(StringComparer.Ordinal), Directory.GetFiles(_folder.Path("shop")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        // what was made up is said
        Assert.Equal(expected[0].StartsWith("2000-01-01", StringComparison.Ordinal), summary.Notes.Any(note => note.Contains("no times", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_mapping_imports_anything()
    {
        Directory.CreateDirectory(_folder.Path("source"));
        WriteSource("log.csv", "when,who,did,what,number,device\n03.03.2025 09:00,a,sold,x,2,phone\n03.03.2025 09:01,a,sold,x,-1,\n03.03.2025 09:02,a,noise,x,1,\n", false);
        WriteSource("goods.csv", "sku,brand\nx,Lux\n", false);
        WriteSource("came.csv", "sku,time,quantity\nx,01.03.2025 08:00,4\n", false);
        _folder.Write("map.yaml", """
            events: {files: log.csv, columns: {time: when, user: who, type: did, item: what, quantity: number}, types: {sold: purchase}}
            time_format: dd.MM.yyyy HH:mm
            negative_quantity: return
            on_unknown_type: count
            items: {files: goods.csv, columns: {item: sku}}
            stock: {files: came.csv, columns: {item: sku}}
            """);
        var summary = DataImports.Run(new ImportRequest("generic", _folder.Path("source"), _folder.Path("shop")) { Mapping = _folder.Path("map.yaml") });
        var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(_folder.Path("shop/sundry.yaml"), "data");
        var (log, _) = LogReader.Read(new LogRequest(data, _folder.Path("shop"), TimeProvider.System));
        Assert.Equal(["2025-03-03T09:00:00.000,purchase,a,-,x,2,NaN,NaN,0,-,-,-,device=phone", "2025-03-03T09:01:00.000,return,a,-,x,1,NaN,NaN,0,-,-,-,device=-"], TinyLog.Lines(log));
        Assert.Equal("brand", Assert.Single(log.ItemColumns).Name);
        Assert.Equal([new StockRow(0, new DateTimeOffset(2025, 3, 1, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 4)], log.Stock!);
        Assert.Equal([KeyValuePair.Create("events of unknown types", 1L)], summary.LeftOut);
    }

    [Theory]
    [InlineData("hillstrom", "customers.csv.gz 240")]
    [InlineData("census", "train.csv.gz 240, test.csv.gz 240")]
    public void A_labelled_table_is_imported_and_prepared_with_the_configuration_beside_it(string name, string written)
    {
        Directory.CreateDirectory(_folder.Path("source"));
        if (name == "hillstrom")
        {
            WriteSource("hillstrom.csv", "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend\n"
                + string.Concat(Enumerable.Range(0, 240).Select(i => $"{i % 12},a,{i}.5,{i % 2},1,Rural,{i / 3 % 2},Web,No E-Mail,{(i % 5 < 3 ? 1 : 0)},{(i % 5 < 2 ? 1 : 0)},{(i % 5 < 2 ? i : 0)}\n")), true);
        }
        else
        {
            // as UCI has them: blanks behind commas, no header, the income with a period
            var rows = string.Concat(Enumerable.Range(0, 240).Select(i => string.Join(", ", Enumerable.Range(0, 42).Select(c => c switch { 0 => $"{i % 90}", 7 => i % 3 == 0 ? "Never married" : "Divorced", 24 => "1700.09", 41 => i % 7 == 0 ? "50000+." : "- 50000.", _ => $"v{i * c % 5}" })) + "\n"));
            WriteSource("census-income.data", rows, false);
            WriteSource("census-income.test", rows, true);
        }

        var summary = DataImports.Run(new ImportRequest(name, _folder.Path("source"), _folder.Path("shop")));
        Assert.Equal(written, string.Join(", ", summary.Files.Select(f => $"{f.Key} {f.Value}")));
        var options = ConfigReader.ReadFile<SundryOptions>(_folder.Path("shop/sundry.yaml"));
        using var data = Dataset.Prepare(options.Request(_folder.Path("shop")));
        Assert.Equal(options.Tasks.Keys, data.Summary.Tasks.Select(task => task.Name));
    }

    [Theory]
    [InlineData("movilens", "source", "shop", "there is no import 'movilens'; did you mean 'movielens'?")]
    [InlineData("movielens", "nowhere", "shop", "there is no such folder or file")]
    [InlineData("movielens", "source", "shop", "there is no u.data or ratings.dat")]
    [InlineData("movielens", "source", "source", "exists already")]
    [InlineData("lastfm", "source", "shop", "there is no user_artists.dat")]
    [InlineData("hillstrom", "source", "shop", "there is no hillstrom.csv")]
    [InlineData("generic", "source", "shop", "needs --mapping")]
    public void What_cannot_be_imported_is_refused(string name, string source, string folder, string part)
    {
        Directory.CreateDirectory(_folder.Path("source"));
        var error = Assert.Throws<InputException>(() => DataImports.Run(new ImportRequest(name, _folder.Path(source), _folder.Path(folder))));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(["source"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void An_import_that_fails_or_is_ended_leaves_nothing()
    {
        Directory.CreateDirectory(_folder.Path("source"));
        WriteSource("u.data", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\t1\t3\t881250949\n")), false);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => DataImports.Run(new ImportRequest("movielens", _folder.Path("source"), _folder.Path("shop")), new Ender(stop), stop.Token));
        Assert.Equal(["source"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
        WriteSource("u.data", "1\t2\t3\t881250949\n1\t2\t3\n", false);
        var error = Assert.Throws<InputException>(() => DataImports.Run(new ImportRequest("movielens", _folder.Path("source"), _folder.Path("shop"))));
        Assert.Contains("u.data line 2: the line has 3 fields and should have 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(["source"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    /// <summary>The figures of the data sets' own descriptions.</summary>
    [SkippableTheory]
    [InlineData("movielens", "movielens_100k", "rating 100000", 943, 1682, 0)]
    [InlineData("movielens", "movielens_1m_partial", "rating 1000209", 6040, 3883, 0)]
    [InlineData("retailrocket", "retailrocket_caserec", "view 78371, cart 9028, purchase 5088", 3431, 8885, 0)]
    [InlineData("online-retail", "online_retail_uci", "purchase 531283, return 9288", 4372, 4070, 0)]
    [InlineData("lastfm", "lastfm_hetrec2011", "listen 92834", 1892, 17632, 12717)]
    [InlineData("clothing-reviews", "womens_clothing_reviews", "review 23486", 0, 1206, 0)]
    [InlineData("taobao", "taobao_beibei_ehcf_partial", "cart 193747, purchase 259771", 48749, 39493, 0)]
    public void The_data_sets_themselves_have_their_published_sizes(string name, string folder, string types, int users, int items, int friends)
    {
        var summary = DataImports.Run(new ImportRequest(name, SharedFolder.Require("data/" + folder), _folder.Path("shop")));
        var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(_folder.Path("shop/sundry.yaml"), "data");
        var (_, found) = LogReader.Read(new LogRequest(data, _folder.Path("shop"), TimeProvider.System));
        Assert.Equal(types, string.Join(", ", found.Types.Select(t => $"{t.Key} {t.Value}")));
        Assert.Equal((users, items, friends), (found.Users, found.Items, found.Friends));
        if (name == "online-retail") Assert.Equal((541_909L, 1_338L), (summary.RowsRead, summary.LeftOut.Values.Sum()));
    }

    [SkippableTheory]
    [InlineData("hillstrom", "hillstrom_email", 64_000)]
    [InlineData("census", "census", 99_762)]
    public void The_tables_themselves_have_their_published_sizes(string name, string folder, long rows) =>
        Assert.Equal(rows, DataImports.Run(new ImportRequest(name, SharedFolder.Require("data/" + folder), _folder.Path("shop"))).Files.Values.Sum());

    private void WriteSource(string name, string text, bool packed)
    {
        // films have their names in Latin-1
        var bytes = name is "u.item" or "movies.dat" ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        using Stream file = File.Create(Path.Combine(_folder.Path("source"), packed ? name + ".gz" : name));
        using var stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
    }

    private sealed class Ender(CancellationTokenSource stop) : IProgress<PrepareProgress>
    {
        public void Report(PrepareProgress value) => stop.Cancel();
    }
}
