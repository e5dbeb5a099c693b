using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class RetrieveBenchmarkTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 2)]
    public void A_small_measurement_finds_nearly_all(int directions, int threads)
    {
        using var folder = new TemporaryFolder();
        var result = RetrieveBenchmark.Run(new() { Items = 20_000, Width = 32, Top = 50, Queries = 20, Directions = directions, Threads = threads, Folder = folder.Root });
        Assert.InRange(result.Recall, 0.99, 1);
        Assert.True(result.MedianMs > 0 && result.MedianMs <= result.P99Ms);
        Assert.Equal(20_000 * 32 * 4, new FileInfo(folder.Path("items.f32")).Length);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused() =>
        Assert.Equal("width 0 is not from 1 to 1024", Assert.Throws<InputException>(() => RetrieveBenchmark.Run(new() { Width = 0 })).Message);
}
