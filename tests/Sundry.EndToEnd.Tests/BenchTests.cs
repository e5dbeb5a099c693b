namespace Sundry.EndToEnd.Tests;

/// <summary><c>bench</c> as a process of its own, at a size that takes no time.</summary>
public sealed class BenchTests
{
    private static readonly string[] s_small = ["--rows", "1000", "--fields", "4", "--embedding", "4", "--experts", "2", "--layers", "8,4", "--tower", "4", "--threads", "1"];

    [Fact]
    public void Training_prints_one_document_and_leaves_nothing()
    {
        using var place = new Workplace();
        var result = Executable.Must(place.Root, ["bench", "train", "--json", "--steps", "2", "--rounds", "2", "--batch", "16", .. s_small]).Json();
        Assert.True(result.GetProperty("samples_per_second").GetDouble() > 0);
        Assert.True(result.GetProperty("peak_gflops").GetDouble() > result.GetProperty("gflops").GetDouble());
        Assert.InRange(result.GetProperty("peak_memory_mb").GetDouble(), 10, 4000);
        Assert.Equal(1, result.GetProperty("parts").EnumerateObject().Sum(p => p.Value.GetProperty("share").GetDouble()), 6);
        Assert.Equal(1000 * 4 * 3 * 4 / 1e6, result.GetProperty("table_mb").GetDouble(), 9);
        Assert.Empty(place.Names());
    }

    [Theory]
    [InlineData("train", "part of a step", "optimizer", " samples/s (", "--steps", "1", "--rounds", "1", "--batch", "8")]
    [InlineData("score", "candidates", "p99 ms", "0 of 4 fields shared", "--rounds", "2", "--candidates", "3")]
    [InlineData("products", "by weight", "2 × head/task0", "1 thread: ", "--rounds", "1", "--batch", "8")]
    public void People_get_a_table_on_stderr(string verb, string first, string second, string third, params string[] more)
    {
        using var place = new Workplace();
        var outcome = Executable.Must(place.Root, ["bench", verb, .. s_small, .. more]);
        Assert.Equal("", outcome.Out);
        foreach (var part in new[] { first, second, third, "vectors of" }) Assert.Contains(part, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        using var place = new Workplace();
        Executable.Run(place.Root, "bench", "train", "--layers", "256,wide").RefusesWith("'wide'", "--layers");
        Executable.Run(place.Root, "bench", "score", "--shared-fields", "99").RefusesWith("shared-fields 99", "26");
    }
}
