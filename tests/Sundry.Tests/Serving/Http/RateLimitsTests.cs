using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>So many a second for each name.</summary>
public sealed class RateLimitsTests
{
    [Fact]
    public void A_name_has_its_requests_a_second_whatever_others_do()
    {
        var clock = new HandClock();
        var limits = new RateLimits(4, clock);
        for (var i = 0; i < 4; i++) Assert.Null(limits.Take("a"));
        Assert.Equal(0.25, limits.Take("a")!.Value.TotalSeconds, 3);
        Assert.Null(limits.Take("b"));
        clock.Seconds += 0.25;
        Assert.Null(limits.Take("a"));
        Assert.NotNull(limits.Take("a"));
        clock.Seconds += 1_000;
        for (var i = 0; i < 4; i++) Assert.Null(limits.Take("a"));
        Assert.NotNull(limits.Take("a"));
        Assert.Null(new RateLimits(0, clock).Take("a"));
    }

    [Fact]
    public void Names_are_forgotten_before_they_are_too_many()
    {
        var clock = new HandClock();
        var limits = new RateLimits(1, clock);
        for (var i = 0; i < 2 * RateLimits.Most + 10; i++) Assert.Null(limits.Take($"n{i}"));
    }
}
