using System.Text.Json;

namespace Sundry.Tests.Cli;

[Collection(CommandLine.Name)]
public sealed class ImportVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ImportVerbTests()
    {
        Directory.CreateDirectory(_folder.Path("files"));
        _folder.Write("files/Taobao_buy.train.txt", "uid\tsid\n0\t6\n0\t7\n1\t6\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_imported_is_a_log_that_can_be_read()
    {
        var (code, output, error) = CommandLine.Run("import", "taobao", _folder.Path("files"), "--out", _folder.Path("shop"), "--json");
        Assert.True(code == 0, error);
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(3, summary.RootElement.GetProperty("files").GetProperty("events.csv.gz").GetInt64());
        Assert.Contains("no times", summary.RootElement.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("next: sundry log -c", error, StringComparison.Ordinal);
        (code, output, error) = CommandLine.Run("log", "-c", _folder.Path("shop/sundry.yaml"), "--json");
        Assert.True(code == 0, error);
        using var log = JsonDocument.Parse(output);
        Assert.Equal(3, log.RootElement.GetProperty("types").GetProperty("purchase").GetInt64());
    }

    /// <summary>A few hundred rows in each data set's own form.</summary>
    public static TheoryData<string, string, string> Sets => new()
    {
        { "movielens", "u.data", Rows((i, r) => $"{r.Next(20)}\t{r.Next(30)}\t{r.Next(1, 6)}\t{881_250_949 + i * 60}") },
        { "retailrocket", "events.csv", "timestamp,visitorid,event,itemid,transactionid\n" + Rows((i, r) => $"{1_433_221_332_117L + i * 3_600_000L},{r.Next(5)},{Word(r, "view", "addtocart", "transaction")},{r.Next(4)},") },
        { "retailrocket", "view_ecommerce.dat|add_to_cart_ecommerce.dat|purchase_ecommerce.dat", "visitorid\titemid\tevent\n" + Rows((i, r) => $"{r.Next(20)}\t{i % 400 * 7 % 30}\t1") },
        { "online-retail", "online_retail.csv", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" + Rows((i, r) => $"{5000 + i},{r.Next(9)},LAMP,{1 + r.Next(3)},{new DateTime(2010, 12, 1).AddHours(i * 12):yyyy-MM-dd HH:mm:ss},2.5,{(int)(60 * r.NextDouble() * r.NextDouble())}.0,France") },
        { "lastfm", "user_artists.dat", "userID\tartistID\tweight\n" + Rows((i, r) => $"{r.Next(200)}\t{r.Next(300)}\t{i}") },
        { "taobao", "Taobao_cart.csv", "uid\tsid\t3\n" + Rows((i, r) => $"{r.Next(20)}\t{r.Next(30)}\tcart") },
        { "taobao", "UserBehavior.csv", Rows((i, r) => $"{r.Next(5)},{r.Next(4)},{i % 3},{Word(r, "pv", "cart", "buy")},{1_511_544_070 + i * 1000}") },
        { "clothing-reviews", "Womens Clothing E-Commerce Reviews.csv", ",Clothing ID,Age,Title,Review Text,Rating,Recommended IND,Positive Feedback Count,Division Name,Department Name,Class Name\n"
            + Rows((i, r) => $"{i},{r.Next(30)},{20 + r.Next(50)},Fine,Good,{r.Next(1, 6)},{r.Next(2)},0,General,{(r.Next(2) == 0 ? "Tops" : "Dresses")},Knits") },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void What_is_imported_trains_as_it_stands(string name, string files, string text)
    {
        Directory.CreateDirectory(_folder.Path("set"));
        foreach (var file in files.Split('|')) _folder.Write("set/" + file, text);
        // of the two files of one taobao import the other has the purchases
        if (name == "taobao" && files.EndsWith("cart.csv", StringComparison.Ordinal)) _folder.Write("set/Taobao_buy.train.txt", "uid\tsid\n" + Rows((_, r) => $"{r.Next(20)}\t{r.Next(30)}"));
        var (code, _, error) = CommandLine.Run("import", name, _folder.Path("set"), "--out", _folder.Path("shop"));
        Assert.True(code == 0, error);
        (code, var output, error) = CommandLine.Run("train", "-c", _folder.Path("shop/sundry.yaml"), "--set", "training.epochs=1", "--set", "model.experts={count: 2, layers: [4]}", "--set", "model.tower=[4]", "--json");
        Assert.True(code == 0, error);
        using var trained = JsonDocument.Parse(output);
        Assert.NotEmpty(trained.RootElement.GetProperty("tasks").EnumerateObject());
        Assert.True(trained.RootElement.GetProperty("rows").GetProperty("test").GetInt32() > 0);
        var yaml = File.ReadAllText(_folder.Path("shop/sundry.yaml"));
        Assert.Equal(yaml.Contains("The times are made up", StringComparison.Ordinal), yaml.Contains("by: random", StringComparison.Ordinal));
        Assert.Equal(name is "lastfm" or "clothing-reviews" || files.EndsWith(".dat", StringComparison.Ordinal) || files.Contains("Taobao_", StringComparison.Ordinal), yaml.Contains("The times are made up", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("there is no import 'taobo'; did you mean 'taobao'?", "taobo", "files")]
    [InlineData("--mapping is for 'generic' alone", "taobao", "files", "--mapping", "x.yaml")]
    [InlineData("needs --mapping", "generic", "files")]
    [InlineData("no such folder or file", "taobao", "nowhere")]
    public void Wrong_command_lines_are_refused(string part, string name, string path, params string[] more)
    {
        Assert.Contains(part, CommandLine.Refusal(["import", name, _folder.Path(path), "--out", _folder.Path("shop"), .. more]), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Path("shop")));
    }

    private static string Rows(Func<int, Random, string> row)
    {
        // by chance, so that nothing tells a label and the guard against leaks has nothing to refuse
        var random = new Random(4);
        return string.Concat(Enumerable.Range(0, 600).Select(i => row(i, random) + "\n"));
    }

    private static string Word(Random random, string look, string cart, string buy) => random.Next(10) switch { < 6 => look, < 8 => cart, _ => buy };
}
