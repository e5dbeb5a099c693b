using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2024-02-29", "2024-02-29T00:00:00")]
    [InlineData("2024/02/29", "2024-02-29T00:00:00")]
    [InlineData("20240229", "2024-02-29T00:00:00")]
    [InlineData("29.2.2024", "2024-02-29T00:00:00")]
    [InlineData("2/29/2024 8:05", "2024-02-29T08:05:00")]
    [InlineData("2010-12-01 08:26:00", "2010-12-01T08:26:00")]
    [InlineData("2010-12-01T08:26:00.123456Z", "2010-12-01T08:26:00.123")]
    [InlineData("2010-12-01T08:26:00+02:00", "2010-12-01T06:26:00")]
    [InlineData("2010-12-01 08:26:00 UTC", "2010-12-01T08:26:00")]
    [InlineData("2010-12-01T08:26:00-0130", "2010-12-01T09:56:00")]
    [InlineData("1700000000", "2023-11-14T22:13:20")]
    [InlineData("1700000000.5", "2023-11-14T22:13:20")]
    [InlineData("1700000000123", "2023-11-14T22:13:20.123")]
    [InlineData("1969-12-31", "1969-12-31T00:00:00")]
    public void Reads_times(string text, string expected)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), out long read));
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), DateTime.UnixEpoch.AddMilliseconds(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024-02-30")]
    [InlineData("2024-13-01")]
    [InlineData("31/12/2024")]
    [InlineData("2024-12-31 25:00")]
    [InlineData("2024-12-31 10:61")]
    [InlineData("2024-12-31x")]
    [InlineData("2024-12-31 10:00:00+99:00")]
    [InlineData("12345")]
    [InlineData("1700000000.x")]
    [InlineData("yesterday")]
    public void Refuses_what_is_none(string text) => Assert.False(TimeText.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
