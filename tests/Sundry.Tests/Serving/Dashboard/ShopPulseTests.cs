using Sundry.Serving;

namespace Sundry.Tests.Serving;

public sealed class ShopPulseTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void Quantiles_are_within_a_twentieth()
    {
        var counts = new TimingCounts();
        for (var i = 1; i <= 1000; i++) counts.Add(i * 0.01);
        Assert.InRange(counts.Quantile(0.5), 5 * 0.95, 5 * 1.05);
        Assert.InRange(counts.Quantile(0.99), 9.9 * 0.95, 9.9 * 1.05);
        Assert.True(double.IsNaN(new TimingCounts().Quantile(0.5)));
        counts.Add(double.MaxValue);
        counts.Add(0);
        Assert.Equal(1002, counts.Count);
    }

    [Fact]
    public void Minutes_pass_and_are_forgotten_after_an_hour()
    {
        var pulse = new ShopPulse(_clock);
        pulse.Requested("POST /v1/events", 200, TimeSpan.FromMilliseconds(3));
        pulse.Requested("POST /v1/events", 422, TimeSpan.FromMilliseconds(3));
        _clock.Advance(TimeSpan.FromMinutes(2));
        pulse.Requested("POST /v1/recommend", 503, TimeSpan.FromMilliseconds(40));
        pulse.Staged("score", TimeSpan.FromMilliseconds(2));
        var reading = pulse.Read();
        Assert.Equal([2, 0, 1], reading.Minutes.Select(m => m.Requests));
        Assert.Equal([1, 0, 0], reading.Minutes.Select(m => m.Refused));
        Assert.Equal([0, 0, 1], reading.Minutes.Select(m => m.Errors));
        Assert.True(double.IsNaN(reading.Minutes[1].P50));
        Assert.Equal([("POST /v1/events", 2L, 0L), ("POST /v1/recommend", 1L, 1L)], reading.Paths.Select(p => (p.Name, p.Count, p.Errors)));
        Assert.InRange(reading.Stages.Single().P99, 1.9, 2.1);

        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, pulse.Read().Minutes.Sum(m => m.Requests));
        _clock.Advance(TimeSpan.FromMinutes(1));
        reading = pulse.Read();
        Assert.Equal(ShopPulse.KeptMinutes, reading.Minutes.Count);
        Assert.Equal(0, reading.Minutes.Sum(m => m.Requests));
        Assert.Empty(reading.Paths);
    }

    [Fact]
    public void Reasons_are_counted_without_names()
    {
        var pulse = new ShopPulse(_clock);
        var record = new EventRecord { Type = "view", User = "u1", Time = _clock.Now };
        pulse.Told(
            [record, record with { Time = _clock.Now - 7_200_000 }, record, record, record],
            [
                new(EventOutcome.Accepted, "1", 1, null), new(EventOutcome.Accepted, "2", 2, null), new(EventOutcome.Duplicate, "1", 0, null),
                new(EventOutcome.Refused, null, 0, "the time 2031-01-01T00:00:00Z of 'anna' is 7 minutes ahead"), new(EventOutcome.Refused, null, 0, "the time 2032-02-01T00:00:00Z of 'bert' is 9 minutes ahead"),
            ]);
        var reading = pulse.Read();
        Assert.Equal(new NamedCount("view", 2), reading.Accepted.Single());
        Assert.Equal((1, 1, 2), (reading.Duplicates, reading.Late, reading.Minutes[^1].Events));
        var refused = Assert.Single(reading.Refused);
        Assert.Equal(2, refused.Count);
        Assert.DoesNotContain("anna", refused.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Ever_new_words_do_not_fill_the_memory()
    {
        var pulse = new ShopPulse(_clock);
        for (var i = 0; i < 1000; i++)
        {
            pulse.Answered([$"word_{(char)('a' + i % 26)}{(char)('a' + i / 26)}"]);
            pulse.Requested($"GET /{i}", 200, TimeSpan.Zero);
        }

        var reading = pulse.Read();
        Assert.InRange(reading.Degraded.Count, 1, 65);
        Assert.Equal(1000, reading.Degraded.Sum(d => d.Count));
        Assert.InRange(reading.Paths.Count, 1, 65);
    }
}
