using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests;

public sealed class LogInitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_log_in_other_words_is_recognised_mapped_and_prepared()
    {
        var file = _folder.Write("visits.csv", Events("timestamp,visitorid,event,itemid,device", (i, type) => $"{1_740_000_000_000L + i * 600_000L},v{i % 7},{type switch { 0 => "view", 1 => "addtocart", 2 => "transaction", _ => "wish" }},p{i % 11},phone"));
        var result = LogInit.Write(new InitRequest([file], _folder.Root))!;
        Assert.Equal("view, cart, purchase, wish", result.Log);
        Assert.Equal(["cart", "buy"], result.Tasks);
        foreach (var part in new[]
        {
            "events: visits.csv", "columns: {type: event, time: timestamp, user: visitorid, item: itemid}", "types: {addtocart: cart, transaction: purchase, wish: wish}", "context of each event: device", "rows: views",
        })
            Assert.Contains(part, result.Yaml, StringComparison.Ordinal);
        var options = ConfigReader.Read<SundryOptions>(result.Yaml, "sundry.yaml");
        using var data = Dataset.Prepare(options.Request(_folder.Root));
        Assert.Equal(["cart", "buy"], data.Summary.Tasks.Select(t => t.Name));
        Assert.Equal(800, data.Summary.Log!.Events);
    }

    [Fact]
    public void A_log_in_our_words_needs_no_mapping()
    {
        var file = _folder.Write("log.csv", Events("type,time,user,item,quantity", (i, type) => $"{type switch { 0 => "impression", 1 => "click", 2 => "purchase", _ => "search" }},{1_740_000_000 + i},u{i % 5},x{i % 9},1"));
        var result = LogInit.Write(new InitRequest([file], _folder.Root))!;
        Assert.Equal(["click", "buy"], result.Tasks);
        Assert.DoesNotContain("columns:", result.Yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("types:", result.Yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time,user,item,click", "5,u,i,1", "no column says what happened")]
    [InlineData("type,time,item", "view,5,i", "nobody is named")]
    [InlineData("type,time,user", "shoes,5,u", "the words mean no event")]
    [InlineData("type,user,item", "view,u,i", "there is no time")]
    public void A_table_stays_a_table(string header, string row, string why)
    {
        var file = _folder.Write("table.csv", header + "\n" + string.Concat(Enumerable.Repeat(row + "\n", 20)));
        Assert.True(LogInit.Write(new InitRequest([file], _folder.Root)) is null, why);
    }

    [Fact]
    public void Who_names_labels_has_a_table()
    {
        var file = _folder.Write("log.csv", Events("type,time,user,item", (i, type) => $"{(type == 0 ? "view" : "purchase")},{i},u,i"));
        Assert.Null(LogInit.Write(new InitRequest([file], _folder.Root) { Labels = ["type"] }));
    }

    // of ten events seven are looks
    private static string Events(string header, Func<int, int, string> row) =>
        header + "\n" + string.Concat(Enumerable.Range(0, 800).Select(i => row(i, i % 10 < 7 ? 0 : i % 10 - 6) + "\n"));
}
