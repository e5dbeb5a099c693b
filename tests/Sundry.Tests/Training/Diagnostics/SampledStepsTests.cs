using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SampledStepsTests
{
    [Theory]
    [InlineData(1, 64, 1)]
    [InlineData(63, 64, 1)]
    [InlineData(100, 10, 10)]
    [InlineData(195, 64, 3)]
    [InlineData(7, 1, 7)]
    [InlineData(10, 3, 3)]
    [InlineData(2_000_000, 1_000_000_000, 1)]
    public void So_many_are_taken_and_evenly(int steps, int every, int count)
    {
        var sampled = new SampledSteps(steps, every);
        int[] taken = [.. Enumerable.Range(0, steps).Where(sampled.Has)];
        Assert.Equal(count, taken.Length);
        Assert.Equal(count, sampled.Count);
        var gap = (double)steps / count;
        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, Math.Floor(gap), Math.Ceiling(gap)));
        Assert.InRange(taken[0], Math.Floor(gap / 2) - 1, Math.Ceiling(gap / 2));
    }
}
