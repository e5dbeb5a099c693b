using Sundry.Data;

namespace Sundry.Tests;

public sealed class LogOptionsTests
{
    private const string Everything = """
        log:
          events:
            - files: [a.csv, "b-*.csv.gz"]
              columns: {user: visitorid}
              types: {addtocart: cart}
            - {files: c.tsv, type: rating, time_format: unix, names: [user, item, value, time], delimiter: tab}
            - {database: shop.db, query: "select 1 as user, 'x: y' as text"}
            - {database: "postgres://u@h/n", query: select 2}
          items: items.csv
          categories: {database: shop.db, query: select 3}
          bots: 600
          context: []
          until: 2025-06-01
        """;

    [Fact]
    public void A_path_alone_a_list_and_a_map_are_events()
    {
        Assert.Equal([["a.csv"]], Read("log: a.csv").Events.Select(e => e.Files));
        Assert.Equal([["a.csv"], ["b.csv"]], Read("log: [a.csv, b.csv]").Events.Select(e => e.Files));
        Assert.Equal("view", Read("log: {events: {files: a.csv, type: view}}").Events.Single().Type);
        Assert.Equal(["x", null], Read("log: {events: [{files: a.csv, type: x}, b.csv]}").Events.Select(e => e.Type));
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same()
    {
        var options = ConfigReader.Read<DataOptions>(Everything, "sundry.yaml");
        var again = ConfigReader.Read<DataOptions>(ConfigWriter.ToYaml(options), "again.yaml");
        Assert.Equal(ConfigWriter.ToCanonical(options), ConfigWriter.ToCanonical(again));
        var changed = ConfigReader.Read<DataOptions>(ConfigWriter.ToYaml(options, changedOnly: true), "changed.yaml");
        Assert.Equal(ConfigWriter.ToCanonical(options), ConfigWriter.ToCanonical(changed));
    }

    [Fact]
    public void Paths_move_and_urls_stay()
    {
        var moved = Read(Everything).Moved(path => "../" + path);
        Assert.Equal(["../a.csv", "../b-*.csv.gz"], moved.Events[0].Files);
        Assert.Equal("cart", moved.Events[0].Types["addtocart"]);
        Assert.Equal(["../c.tsv"], moved.Events[1].Files);
        Assert.Equal(["../shop.db", "postgres://u@h/n"], moved.Events.Skip(2).Select(e => e.Database));
        Assert.Equal(["../items.csv"], moved.Items!.Files);
        Assert.Equal("../shop.db", moved.Categories!.Database);
        Assert.Null(moved.Users);
    }

    [Theory]
    [InlineData("log: {events: {files: a.csv, query: select 1}}", "both 'files' and a query")]
    [InlineData("log: {events: {database: a.db}}", "'database' needs a 'query'")]
    [InlineData("log: {events: {query: select 1}}", "'query' needs a 'database'")]
    [InlineData("log: {events: {files: a.csv, header: false}}", "need 'names'")]
    [InlineData("log: {events: {files: a.csv, names: [a, a]}}", "'names' names 'a' twice")]
    [InlineData("log: {events: {files: a.csv, delimiter: abc}}", "not one character")]
    [InlineData("log: {events: []}", "'events' names no table")]
    [InlineData("log: {events: a.csv, bots: 0}", "at least 1")]
    [InlineData("log: {events: a.csv, late_after: -1h}", "'-1h' is no length of time")]
    [InlineData("log: {events: [{files: a.csv, time_format: dd.MM}]}", "'dd.MM' is none of auto")]
    public void What_makes_no_sense_is_refused(string yaml, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    private static LogOptions Read(string yaml) => ConfigReader.Read<DataOptions>(yaml, "sundry.yaml").Log!;
}
