using Sundry.Data;

namespace Sundry.Tests;

public sealed class PairFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(30_000)]
    public void Holds_what_was_added_and_little_else(int count)
    {
        var filter = new PairFilter(count);
        for (long i = 0; i < count; i++) filter.Add(i * 7 << 32 | i % 100);
        for (long i = 0; i < count; i++) Assert.True(filter.MayHold(i * 7 << 32 | i % 100));
        int others = Enumerable.Range(0, 10_000).Count(i => filter.MayHold((long)(i * 7) << 32 | 101));
        Assert.InRange(others, 0, 800);
    }
}
