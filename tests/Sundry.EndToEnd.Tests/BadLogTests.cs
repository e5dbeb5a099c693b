namespace Sundry.EndToEnd.Tests;

/// <summary>A log that cannot be used, as a user meets it: one sentence, exit code 2, nothing left.</summary>
public sealed class BadLogTests
{
    private const string Yaml = "name: shop\ndata:\n  log: {events: events.csv, items: items.csv, users: users.csv, friends: friends.csv, categories: categories.csv, SETTING}\n  rows: impressions\n  validation: 10%\n  split: {by: time, test: 10%}\ntasks: {click: {type: binary, within: 1h}}\n";

    [Theory]
    [InlineData("an unknown type", "events.csv", "stare,u1,i1,2025-03-03T10:00:00Z,1,2", "", "events.csv line 602", "'stare'")]
    [InlineData("an unknown user that is refused", "events.csv", "click,nobody,i1,2025-03-03T10:00:00Z,1,2", "on_unknown_user: refuse", "events.csv line 602", "'nobody'")]
    [InlineData("an unknown item that is refused", "events.csv", "click,u1,nothing,2025-03-03T10:00:00Z,1,2", "on_unknown_item: refuse", "events.csv line 602", "'nothing'")]
    [InlineData("a time in the future", "events.csv", "click,u1,i1,2099-03-03T10:00:00Z,1,2", "", "events.csv line 602", "ahead")]
    [InlineData("a time that is none", "events.csv", "click,u1,i1,yesterday,1,2", "", "events.csv line 602", "'yesterday'")]
    [InlineData("a negative quantity", "events.csv", "purchase,u1,i1,2025-03-03T10:00:00Z,-1,2", "", "events.csv line 602", "quantity")]
    [InlineData("a price with a currency", "events.csv", "purchase,u1,i1,2025-03-03T10:00:00Z,1,2 EUR", "", "events.csv line 602", "'2 EUR'")]
    [InlineData("a category below itself", "categories.csv", "c1,c0", "", "categories.csv", "'c0'")]
    [InlineData("a friend whom nobody knows", "friends.csv", "u1,nobody", "", "friends.csv line 3", "'nobody'")]
    [InlineData("a file cut short", "events.csv", "click,\"u1", "", "events.csv", "quote")]
    public void A_log_that_cannot_be_used_is_refused(string what, string file, string line, string setting, params string[] parts)
    {
        using var place = new Workplace();
        Write(place, setting);
        File.AppendAllText(place.Path(file), line + "\n");
        var before = place.Names();
        foreach (var verb in new[] { "prepare", "train" })
        {
            var outcome = Executable.Run(place.Root, verb, "--json");
            Assert.True(outcome.ExitCode == 2, $"{what}: {verb} ended with {outcome.ExitCode}: {outcome.Error}");
            outcome.RefusesWith(parts);
            Assert.Equal(before, place.Names().Where(name => name != ".sundry"));
            Assert.Empty(Directory.Exists(place.Path(".sundry")) ? Directory.GetDirectories(place.Path(".sundry")) : []);
        }
    }

    [Fact]
    public void The_same_log_without_the_mistake_is_prepared()
    {
        using var place = new Workplace();
        Write(place, "");
        Executable.Must(place.Root, "prepare", "--json");
    }

    private static void Write(Workplace place, string setting)
    {
        place.Write("events.csv", "type,user,item,time,quantity,price\n" + string.Concat(Enumerable.Range(0, 600).Select(i =>
            $"{(i % 4 == 3 && i % 8 != 7 ? "click" : "impression")},u{i / 4 % 9},i{(i % 4 == 3 ? i - 1 : i) % 13},{new DateTime(2025, 3, 3).AddMinutes(i * 10):yyyy-MM-ddTHH:mm:ssZ},1,2.5\n")));
        place.Write("items.csv", "item,category\n" + string.Concat(Enumerable.Range(0, 13).Select(i => $"i{i},c{i % 2}\n")));
        place.Write("users.csv", "user,country\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"u{i},{(i % 2 == 0 ? "de" : "fr")}\n")));
        place.Write("friends.csv", "user,friend\nu1,u2\n");
        place.Write("categories.csv", "category,parent\nc0,c1\n");
        place.Write("sundry.yaml", Yaml.Replace(", SETTING", setting.Length == 0 ? "" : ", " + setting, StringComparison.Ordinal));
    }
}
