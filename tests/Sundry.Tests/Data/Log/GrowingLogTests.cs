using Sundry.Data;

namespace Sundry.Tests;

public sealed class GrowingLogTests
{
    [Fact]
    public void Names_grow_and_what_means_missing_has_none()
    {
        var log = new GrowingLog(null);
        Assert.Equal([0, 1, 0, -1, -1], new[] { "anna", new string('x', 1000), "anna", "NA", null }.Select(name => log.Number(log.Known.Users, name)));
        Assert.Equal([0, 1, -1, -1], new[] { "anna", new string('x', 1000), "bert", null }.Select(name => GrowingLog.Find(log.Known.Users, name)));
        Assert.Equal([true, true, false], new[] { null, "?", "anna" }.Select(log.IsMissing));
        Assert.Equal((EventTypes.Cart, 11, 11), (log.TypeOf("cart"), log.TypeOf("wish"), log.TypeOf("wish")));
        Assert.Equal("category", Assert.Single(log.Known.ItemColumns).Name);
    }

    [Fact]
    public void An_erased_name_is_nowhere_and_comes_back_as_another()
    {
        var names = new Names();
        for (var i = 0; i < 100; i++) names.FindOrAdd($"user {i}");
        for (var i = 0; i < 100; i += 3)
        {
            names.Erase(i);
            names.Erase(i);
        }

        for (var i = 0; i < 100; i++) Assert.Equal(i % 3 == 0 ? -1 : i, names.Find($"user {i}"));
        Assert.All(names[3].ToArray(), b => Assert.Equal(0, b));
        Assert.Equal(-1, names.Find(new byte[names[3].Length]));
        Assert.Equal(100, names.FindOrAdd("user 3"));
        // and while it grows
        for (var i = 100; i < 5000; i++) names.FindOrAdd($"user {i}");
        for (var i = 100; i < 5000; i++) Assert.True(names.Find($"user {i}") > 99);
        Assert.Equal(-1, names.Find("user 6"));
    }

    [Fact]
    public void A_column_grows_with_its_items()
    {
        var column = new NamedColumn("category", new Names(), []);
        column.Set(7, -1);
        Assert.Empty(column.Numbers);
        column.Set(7, 2);
        column.Set(1, 0);
        column.Set(7, 3);
        Assert.Equal([-1, 0, -1, 3, -1], new[] { 0, 1, 6, 7, 100 }.Select(i => column[i]));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.Set(-1, 0));
    }
}
