using Sundry.Serving;

namespace Sundry.Tests.Serving;

public sealed class EventCensusTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_are_counted_once_and_new_ones_when_they_come()
    {
        using var desk = await SampleDesk.Open(new TestClock());
        var census = new EventCensus(() => desk.Store);
        await census.Follow(s_patience, default);
        await census.Follow(s_patience, default);
        var reading = census.Reading();
        Assert.Equal(240, reading.Events.Sum(e => e.Count));
        Assert.Equal("impression", reading.Events[0].Name);
        Assert.Equal((48, 2, 1), (reading.Anonymous, reading.Users, reading.UnknownUsers));     // u1 is described, u3 is not
        Assert.Equal((17, 1), (reading.Items, reading.UnknownItems));
        Assert.Equal(new NamedCount("ghost", 6), reading.UnknownItemNames.Single());

        await desk.Store.Events.Append([new EventRecord { Type = "purchase", User = "u9", Item = "i3", Time = desk.Clock.GetUtcNow().ToUnixTimeMilliseconds() }]);
        await desk.Store.Items.Put([("ghost", "{\"category\":\"tea\",\"stock\":1}")]);
        await census.Follow(s_patience, default);
        Assert.Equal((241, 3, 0), (census.Reading().Events.Sum(e => e.Count), census.Reading().Users, census.Reading().UnknownItems));
    }

    [Fact]
    public async Task An_item_has_a_place_among_all()
    {
        using var desk = await SampleDesk.Open(new TestClock());
        var now = desk.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await desk.Store.Events.Append([.. Enumerable.Range(0, 90).Select(i => new EventRecord { Type = "view", User = "u1", Item = "i7", Time = now - i * 60_000 })]);
        var census = new EventCensus(() => desk.Store);
        await census.Follow(s_patience, default);
        var standing = census.Standing("i7")!;
        Assert.Equal(1, standing.Rank);
        Assert.InRange(standing.Weeks[^1] + standing.Weeks[^2], 90, 200);
        Assert.Null(census.Standing("nothing"));
    }

    [Fact]
    public async Task Who_was_forgotten_is_not_counted_any_more()
    {
        using var desk = await SampleDesk.Open(new TestClock());
        var census = new EventCensus(() => desk.Store);
        await census.Follow(s_patience, default);
        await desk.Store.Forget("u3");
        await census.Follow(s_patience, default);
        Assert.Equal(1, census.Reading().Users);
    }
}
