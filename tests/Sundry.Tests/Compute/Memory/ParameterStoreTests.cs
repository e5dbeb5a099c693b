using Sundry.Compute;

namespace Sundry.Tests;

public sealed unsafe class ParameterStoreTests
{
    [Fact]
    public void Views_lie_on_whole_lines_and_do_not_overlap()
    {
        var graph = new Graph();
        foreach (var (rows, columns) in ((int, int)[])[(1, 1), (3, 5), (4, 4), (1, 17), (130, 2)])
            graph.Parameter($"{rows} x {columns}", rows, columns, Initializer.Zeros);
        graph.Table("t", 5, 3, Initializer.Zeros);
        graph.Table("u", 1, 1, Initializer.Zeros);
        using var store = new ParameterStore(graph, 1, 2);
        var mark = 1f;
        foreach (var parameter in graph.Parameters)
        {
            store.Values(parameter).Fill(mark++);
            for (var m = 0; m < 2; m++) store.MomentValues(parameter, m).Fill(mark++);
            Assert.Equal(0, (nint)(store.ValueBlock + parameter.Offset) % 64);
        }

        foreach (var table in graph.Tables)
            for (var row = 0; row < table.Rows; row++) store.ValuesAndMoments(table, row).Fill(mark++);
        mark = 1f;
        foreach (var parameter in graph.Parameters)
        {
            Assert.Equal(parameter.Length, store.Values(parameter).Length);
            Assert.True(store.Values(parameter).IndexOfAnyExcept(mark++) < 0);
            for (var m = 0; m < 2; m++) Assert.True(store.MomentValues(parameter, m).IndexOfAnyExcept(mark++) < 0);
        }

        foreach (var table in graph.Tables)
            for (var row = 0; row < table.Rows; row++)
            {
                Assert.Equal(3 * table.Width, store.ValuesAndMoments(table, row).Length);
                Assert.Equal(table.Width, store.Values(table, row).Length);
                Assert.True(store.ValuesAndMoments(table, row).IndexOfAnyExcept(mark++) < 0);
            }
    }

    [Fact]
    public void Moments_begin_at_zero_beside_the_values()
    {
        var graph = new Graph();
        var table = graph.Table("t", 6, 3, Initializer.Ones);
        var parameter = graph.Parameter("p", 4, 4, Initializer.Ones);
        using var store = new ParameterStore(graph, 1, 2);
        Assert.Equal((float[])[1, 1, 1, 0, 0, 0, 0, 0, 0], store.ValuesAndMoments(table, 5).ToArray());
        Assert.True(store.MomentValues(parameter, 0).IndexOfAnyExcept(0f) < 0);
        Assert.True(store.MomentValues(parameter, 1).IndexOfAnyExcept(0f) < 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void Rows_that_a_table_does_not_have_are_refused(int row)
    {
        var graph = new Graph();
        var table = graph.Table("t", 6, 3, Initializer.Ones);
        using var store = new ParameterStore(graph, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Values(table, row).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.ValuesAndMoments(table, row).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100_003)]
    public void A_block_is_zeroed_and_aligned(long length)
    {
        using var block = new AlignedBlock(length);
        Assert.Equal(0, (nint)block.Pointer % 64);
        Assert.True(new ReadOnlySpan<float>(block.Pointer, (int)length).IndexOfAnyExcept(0f) < 0);
        Assert.Equal(0, AlignedBlock.Round(length) % 16);
        Assert.InRange(AlignedBlock.Round(length) - length, 0, 15);
    }
}
