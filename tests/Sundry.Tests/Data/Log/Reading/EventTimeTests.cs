using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class EventTimeTests
{
    private const long March = 1_740_994_245_000;      // 2025-03-03T09:30:45Z

    [Theory]
    [InlineData("auto", "2025-03-03T09:30:45Z", 0)]
    [InlineData("auto", "2025-03-03T09:30:45.678Z", 678)]
    [InlineData("auto", "2025-03-03 09:30:45", 0)]
    [InlineData("auto", "2025-03-03T10:30:45+01:00", 0)]
    [InlineData("auto", "2025-03-03T09:30:45.67", 670)]
    [InlineData("auto", "1740994245", 0)]
    [InlineData("auto", "1740994245678", 678)]
    [InlineData("iso", "2025-03-03T09:30:45Z", 0)]
    [InlineData("unix", "1740994245", 0)]
    [InlineData("unix", "1740994245.678", 678)]
    [InlineData("unix_ms", "1740994245678", 678)]
    [InlineData("dd.MM.yyyy HH:mm:ss", "03.03.2025 09:30:45", 0)]
    [InlineData("ddd MMM dd HH:mm:ss 'UTC' yyyy", "Mon Mar 03 09:30:45 UTC 2025", 0)]
    public void Times_are_read_in_their_format(string format, string text, int milliseconds)
    {
        Assert.Null(EventTime.Explain(format));
        var times = new EventTime(format);
        // twice, for the second reading remembers the first one's date
        for (int i = 0; i < 2; i++)
        {
            Assert.True(times.TryParse(Encoding.UTF8.GetBytes(text), out long time));
            Assert.Equal(March + milliseconds, time);
        }
    }

    [Theory]
    [InlineData("auto", "yesterday")]
    [InlineData("auto", "2025-02-30T00:00:00Z")]
    [InlineData("auto", "2025-03-03T09:61:45Z")]
    [InlineData("auto", "2025-03-03T09:30:4xZ")]
    [InlineData("auto", "")]
    [InlineData("iso", "1740994245")]
    [InlineData("unix", "2025-03-03")]
    [InlineData("unix", "1e18")]
    [InlineData("unix_ms", "")]
    [InlineData("dd.MM.yyyy", "2025-03-03")]
    public void What_is_no_time_is_refused(string format, string text) => Assert.False(new EventTime(format).TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_date_that_is_remembered_is_told_from_the_next()
    {
        var times = new EventTime("auto");
        foreach (var day in new[] { 1, 2, 1, 28 })
        {
            Assert.True(times.TryParse(Encoding.UTF8.GetBytes($"2025-02-{day:00}T00:00:01Z"), out long time));
            Assert.Equal(new DateTimeOffset(2025, 2, day, 0, 0, 1, TimeSpan.Zero).ToUnixTimeMilliseconds(), time);
        }
    }

    [Theory]
    [InlineData("unixms")]
    [InlineData("HH:mm")]
    [InlineData("yy\\")]
    public void What_is_no_format_is_explained(string format) => Assert.Contains($"'{format}'", EventTime.Explain(format), StringComparison.Ordinal);
}
