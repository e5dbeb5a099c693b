using System.Text.Json;

namespace Sundry.Tests.Cli;

/// <summary><c>sundry log</c>, and every kind of wrong log, each refused in one sentence that says what, where and how to mend it.</summary>
[Collection(CommandLine.Name)]
public sealed class LogVerbTests : IDisposable
{
    private const string Header = "id,type,user,item,time,quantity,price,position\n";
    private const string Good = Header + "1,view,anna,lamp,2025-03-03T09:00:00Z,,,\n2,purchase,anna,lamp,2025-03-03T09:05:00Z,1,9.5,\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A row or further settings, and what the sentence has to hold.</summary>
    public static TheoryData<string, string, string, string[]> Events => new()
    {
        { "an unknown type", "3,purchse,anna,lamp,2025-03-03,,,", "", ["events.csv line 4, column 2", "'purchse'", "{purchse: purchase}", "on_unknown_type"] },
        { "no type", "3,,anna,lamp,2025-03-03,,,", "", ["line 4, column 2", "no type"] },
        { "an unknown item", "3,view,anna,sofa,2025-03-03,,,", "items: items.csv, on_unknown_item: refuse", ["line 4, column 4", "'sofa'", "catalogue", "on_unknown_item"] },
        { "an unknown user", "3,view,bert,lamp,2025-03-03,,,", "users: users.csv, on_unknown_user: refuse", ["line 4, column 3", "'bert'", "customers", "on_unknown_user"] },
        { "neither user nor session", "3,view,,lamp,2025-03-03,,,", "", ["line 4, column 3", "neither a user nor a session"] },
        { "the future", "3,view,anna,lamp,2199-01-01,,,", "", ["line 4, column 5", "'2199-01-01'", "future", "5m", "clock_skew"] },
        { "no time that can be read", "3,view,anna,lamp,last week,,,", "", ["line 4, column 5", "'last week'", "not a time", "time_format"] },
        { "a time in another format", "3,view,anna,lamp,1741000000,,,", "time_format: dd.MM.yyyy", ["line 2, column 5", "dd.MM.yyyy"] },
        { "no time", "3,view,anna,lamp,,,,", "", ["line 4, column 5", "no time"] },
        { "a negative quantity", "3,purchase,anna,lamp,2025-03-03,-1,,", "", ["line 4", "quantity is below 0", "negative_quantity: return"] },
        { "a negative quantity of a view", "3,view,anna,lamp,2025-03-03,-1,,", "negative_quantity: return", ["line 4", "quantity is below 0"] },
        { "a quantity that is none", "3,purchase,anna,lamp,2025-03-03,many,,", "", ["line 4, column 6", "'many'", "not a number"] },
        { "a currency before the price", "3,purchase,anna,lamp,2025-03-03,1,$9.50,", "", ["line 4, column 7", "'$9.50'", "currency"] },
        { "a currency behind the price", "3,purchase,anna,lamp,2025-03-03,1,9.50 EUR,", "", ["line 4, column 7", "'9.50 EUR'", "currency"] },
        { "a currency of two bytes", "3,purchase,anna,lamp,2025-03-03,1,£9.50,", "", ["line 4, column 7", "'£9.50'", "currency"] },
        { "a negative price", "3,purchase,anna,lamp,2025-03-03,1,-9.50,", "", ["line 4, column 7", "below 0"] },
        { "a position that is none", "3,view,anna,lamp,2025-03-03,,,1.5", "", ["line 4, column 8", "'1.5'", "position"] },
        { "a row too short", "3,view", "", ["line 4", "2", "8"] },
        { "a column that is gone", "", "columns: {user: visitor}", ["events.csv: ", "'visitor'", "columns.user"] },
        { "a context that is gone", "", "context: [agnt]", ["events.csv: ", "'agnt'", "context"] },
        { "a clock skew that is none", "", "clock_skew: 5 minutes", ["'5 minutes'", "30m", "line 4"] },
        { "an until that is none", "", "until: soon", ["'soon'", "no time"] },
        { "a format that is none", "", "time_format: unixms", ["'unixms'", "unix_ms"] },
        { "an unknown key", "", "on_unknown_itm: count", ["'on_unknown_itm'", "'on_unknown_item'"] },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void A_log_that_cannot_be_used_is_refused(string what, string row, string settings, string[] parts)
    {
        Write(row.Length == 0 ? Good : Good + row + "\n", settings);
        var sentence = CommandLine.Refusal("log", "-c", _folder.Path("sundry.yaml"));
        Assert.All(parts, part => Assert.True(sentence.Contains(part, StringComparison.Ordinal), $"{what}: {sentence}"));
    }

    [Theory]
    [InlineData("categories", "category,parent\nlights,home\nhome,all\nall,lights\n", "'lights' is below 'home' is below 'all' is below 'lights'")]
    [InlineData("categories", "category,parent\nhome,home\n", "'home' is below 'home'")]
    [InlineData("categories", "category,parent\na,b\na,c\n", "line 3, column 2: the category 'a' has the parent 'c' here and 'b' above")]
    [InlineData("categories", "category,above\na,b\n", "no column 'parent'")]
    [InlineData("friends", "user,friend\nanna,zoe\n", "line 2, column 2: 'zoe' is nobody")]
    [InlineData("friends", "user,friend\nzoe,anna\n", "line 2, column 1: 'zoe' is nobody")]
    [InlineData("friends", "user,friend\nanna,anna\n", "line 2, column 2: 'anna' is named as a friend of themselves")]
    [InlineData("items", "name,brand\nlamp,Lux\n", "no column 'item'")]
    [InlineData("users", "user,age\n,30\n", "line 2, column 1: the user has no name")]
    public void Tables_beside_the_events_that_cannot_be_used_are_refused(string table, string text, string part)
    {
        _folder.Write(table + "-2.csv", text);
        Write(Good, $"{table}: {table}-2.csv");
        var sentence = CommandLine.Refusal("log", "-c", _folder.Path("sundry.yaml"));
        Assert.StartsWith(table + "-2.csv", sentence, StringComparison.Ordinal);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_skipped_counted_and_listed_where_that_is_asked_for_but_not_most_of_them()
    {
        _folder.Write("friends.csv", "user,friend\nanna,zoe\n");
        Write(Good + Good[Header.Length..].Replace("1,", "5,", StringComparison.Ordinal) + "3,purchse,anna,lamp,2025-03-03,,,\n4,view,anna,lamp,soon,,,\n", "friends: friends.csv");
        var (code, output, error) = CommandLine.Run("log", "-c", _folder.Path("sundry.yaml"), "--set", "data.on_bad_row=skip", "--json");
        Assert.True(code == 0, error);
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(3, summary.RootElement.GetProperty("rows_refused").GetInt64());
        Assert.Equal(4, summary.RootElement.GetProperty("refused")[0].GetProperty("line").GetInt64() - 2);
        Assert.Equal(3, summary.RootElement.GetProperty("events").GetInt64());
        Assert.Equal(1, summary.RootElement.GetProperty("duplicates").GetInt64());
        Assert.Equal(1, summary.RootElement.GetProperty("types").GetProperty("purchase").GetInt64());
        Write(Header + "1,view,a,x,2025-03-03,,,\n2,view,a,x,2025-03-03,,,\n3,wish,a,x,2025-03-03,,,\n4,wish,a,x,2025-03-03,,,\n5,wish,a,x,2025-03-03,,,\n", "");
        Assert.Contains("3 of 5 rows cannot be used, more than data.max_bad_rows allows", CommandLine.Refusal("log", "-c", _folder.Path("sundry.yaml"), "--set", "data.on_bad_row=skip"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_the_log_is_told_before_there_is_anything_to_predict()
    {
        Write(Good, "items: items.csv, users: users.csv");
        var (code, output, error) = CommandLine.Run("log", "-c", _folder.Path("sundry.yaml"));
        Assert.True(code == 0, error);
        Assert.Equal("", output);
        Assert.Contains("2 events from 2025-03-03 09:00:00 to 2025-03-03 09:05:00", error, StringComparison.Ordinal);
        Assert.Contains("1 users, 1 items, 0 sessions", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Either_a_table_or_a_log_is_trained_on()
    {
        _folder.Write("both.yaml", "data: {train: events.csv, log: events.csv}\ntasks: {buy: binary}\n");
        Assert.Contains("both 'train' and 'log'", CommandLine.Refusal("prepare", "-c", _folder.Path("both.yaml")), StringComparison.Ordinal);
        _folder.Write("none.yaml", "data: {seed: 1}\ntasks: {buy: binary}\n");
        Assert.Contains("'train' names no file", CommandLine.Refusal("prepare", "-c", _folder.Path("none.yaml")), StringComparison.Ordinal);
        _folder.Write("table.yaml", "data: {train: events.csv}\n");
        Assert.Contains("no 'data.log'", CommandLine.Refusal("log", "-c", _folder.Path("table.yaml")), StringComparison.Ordinal);
        _folder.Write("neither.yaml", "data: {log: {events: {type: view}}}\n");
        Assert.Contains("neither 'files' nor a 'query'", CommandLine.Refusal("log", "-c", _folder.Path("neither.yaml")), StringComparison.Ordinal);
    }

    private void Write(string events, string settings)
    {
        _folder.Write("events.csv", events);
        _folder.Write("items.csv", "item,brand\nlamp,Lux\n");
        _folder.Write("users.csv", "user,age\nanna,30\n");
        // the settings stand on lines of their own
        var lines = settings.Length == 0 ? "" : settings.Replace(", on_", "\n    on_", StringComparison.Ordinal).Replace(", users:", "\n    users:", StringComparison.Ordinal);
        _folder.Write("sundry.yaml", $"data:\n  log:\n    events: events.csv\n    {lines}\n");
    }
}
