using Sundry.Data;

namespace Sundry.Tests;

public sealed class ReservoirTests
{
    [Fact]
    public void Keeps_everything_while_there_is_room()
    {
        var sample = new Reservoir(1);
        for (int i = 5000; i > 0; i--) sample.Add(i);
        Assert.Equal(Enumerable.Range(1, 5000).Select(i => (float)i), sample.Sorted().ToArray());
    }

    [Fact]
    public void Is_uniform_and_repeatable_beyond()
    {
        var (first, second) = (new Reservoir(1), new Reservoir(1));
        const int Count = 2_000_000;
        for (int i = 0; i < Count; i++)
        {
            first.Add(i);
            second.Add(i);
        }

        var sorted = first.Sorted();
        Assert.Equal(Reservoir.Capacity, sorted.Length);
        for (int tenth = 1; tenth < 10; tenth++) Assert.InRange(sorted[sorted.Length * tenth / 10] / Count, tenth / 10.0 - 0.005, tenth / 10.0 + 0.005);
        Assert.True(sorted.SequenceEqual(second.Sorted()));
    }
}
