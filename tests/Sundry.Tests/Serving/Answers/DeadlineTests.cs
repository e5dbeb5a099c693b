using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Deadlines by a clock that a test owns: each look at it takes as long as the test says.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public async Task An_answer_that_is_late_from_the_start_is_what_is_popular()
    {
        var clock = new SlowClock();
        await using var shop = await AnswerShop.Open(clock: clock);
        clock.EachLook = TimeSpan.FromMilliseconds(60);
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 5, Deadline = TimeSpan.FromMilliseconds(50) });
        Assert.Contains("popular", answer.Degraded);
        Assert.Null(answer.Model);
        Assert.Equal(5, answer.Items.Count);
        Assert.All(answer.Items, i => Assert.Equal(["popular"], i.Sources));
    }

    [Fact]
    public async Task A_late_answer_of_a_young_shop_is_filled_with_what_is_new()
    {
        var clock = new SlowClock();
        await using var shop = await AnswerShop.Open(clock: clock, past: false);
        await shop.Tell("view", "u2", "i4");
        clock.EachLook = TimeSpan.FromMilliseconds(60);
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 5, Deadline = TimeSpan.FromMilliseconds(50) });
        Assert.Contains("popular", answer.Degraded);
        Assert.Equal(5, answer.Items.Select(i => i.Id).Distinct().Count());
        Assert.Equal(["popular"], answer.Items.Single(i => i.Id == "i4").Sources);
        Assert.All(answer.Items.Where(i => i.Id != "i4"), i => Assert.Equal(["new"], i.Sources));
    }

    [Fact]
    public async Task An_answer_that_is_late_after_retrieval_keeps_the_order_of_its_sources()
    {
        var clock = new SlowClock();
        await using var shop = await AnswerShop.Open(clock: clock);
        // the looks before the features: start, mark, late?, end of retrieval, fits?
        clock.EachLook = TimeSpan.FromMilliseconds(10);
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 5, Deadline = TimeSpan.FromMilliseconds(25) });
        Assert.Equal(["not_scored"], answer.Degraded);
        Assert.Equal(5, answer.Items.Count);
        Assert.All(answer.Items, i => Assert.Empty(i.Tasks));
    }

    [Fact]
    public async Task As_many_candidates_are_scored_as_time_allows()
    {
        var clock = new SlowClock();
        await using var shop = await AnswerShop.Open(clock: clock);
        // one answer teaches what a candidate takes: looks during features and scoring, by some 55 candidates
        clock.EachLook = TimeSpan.FromMilliseconds(100);
        var whole = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 50, Deadline = TimeSpan.FromSeconds(60) });
        Assert.Empty(whole.Degraded);
        var all = (await shop.Server.Explain(whole.Id))!.Scored;
        clock.EachLook = TimeSpan.FromTicks(1);
        var some = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 50, Deadline = TimeSpan.FromMilliseconds(150) });
        Assert.Equal(["fewer_candidates"], some.Degraded);
        Assert.InRange((await shop.Server.Explain(some.Id))!.Scored, 10, all - 1);
        Assert.NotNull(some.Model);
        // room that is left is filled
        Assert.Contains(some.Items, i => i.Notes.Contains("filled"));
    }

    private sealed class SlowClock : TimeProvider
    {
        private readonly TestClock _clock = new();
        private long _ticks;

        public TimeSpan EachLook { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, EachLook.Ticks);
    }
}
