using System.Text.Json;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class StoreLoadTests
{
    [Fact]
    public async Task A_log_is_in_the_store_as_it_was_told_and_once_only()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Path("events.csv"), """
            type,user,session,item,time,quantity,price,value,position,scenario,device
            view,ada,s1,tea,2026-01-01T10:00:00Z,,,,,home,phone
            purchase,ada,s1,tea,2026-01-01T10:05:00Z,2,3.1,,,,
            view,bob,s2,cup,2026-01-01T11:00:00Z,,,,3,item,
            """);
        await File.WriteAllTextAsync(folder.Path("items.csv"), "item,category,price,code\ntea,drinks,3.1,007\ncup,dishes,8,12\n");
        await File.WriteAllTextAsync(folder.Path("users.csv"), "user,city\nada,Graz\n");
        await File.WriteAllTextAsync(folder.Path("friends.csv"), "user,friend\nada,bob\n");
        var data = new DataOptions { Log = new LogOptions { Events = [new() { Files = ["events.csv"] }], Items = new() { Files = ["items.csv"] }, Users = new() { Files = ["users.csv"] }, Friends = new() { Files = ["friends.csv"] } } };
        var (log, _) = LogReader.Read(new LogRequest(data, folder.Root, TimeProvider.System, null));
        using var store = ShopStore.Open(folder.Path("shop.db"));

        var result = await StoreLoad.Run(log, store);
        Assert.Equal((2, 1, 1, 3L, 0L, 0L), (result.Items, result.Users, result.Friends, result.Accepted, result.Duplicates, result.Refused));
        var events = await store.Events.After(0, 10);
        Assert.Equal(["view", "purchase", "view"], events.Select(e => e.Event.Type));
        var bought = events[1].Event;
        Assert.Equal(("ada", "s1", "tea", 2.0, 3.1), (bought.User, bought.Session, bought.Item, bought.Quantity, bought.Price));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 10, 5, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), bought.Time);
        Assert.Equal((3, "item"), (events[2].Event.Position, events[2].Event.Scenario));
        Assert.Equal("phone", JsonDocument.Parse(events[0].Event.Context!).RootElement.GetProperty("device").GetString());
        var tea = JsonDocument.Parse((await store.Items.Get("tea"))!.Attributes!).RootElement;
        Assert.Equal((JsonValueKind.Number, "007"), (tea.GetProperty("price").ValueKind, tea.GetProperty("code").GetString()));
        Assert.Equal(["bob"], await store.Friends.Of("ada"));

        var again = await StoreLoad.Run(log, store);
        Assert.Equal((0, 0, 0, 0L, 3L), (again.Items, again.Users, again.Friends, again.Accepted, again.Duplicates));
        Assert.Equal(3, (await store.Counts()).Events);
    }
}
