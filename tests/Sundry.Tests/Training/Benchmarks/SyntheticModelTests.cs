using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SyntheticModelTests
{
    public static TheoryData<SyntheticModel, string> Wrong => new()
    {
        { new() { Fields = 0 }, "fields 0" },
        { new() { Rows = 25 }, "rows 25" },
        { new() { Rows = -1 }, "rows -1" },
        { new() { Embedding = 0 }, "embedding 0" },
        { new() { Experts = 0 }, "experts 0" },
        { new() { Tasks = -2 }, "tasks -2" },
        { new() { Seed = -1 }, "seed -1" },
        { new() { Layers = [] }, "at least one layer" },
        { new() { Layers = [256, 0] }, "layers 0" },
        { new() { Bottom = [-1] }, "bottom -1" },
        { new() { Tower = [70_000] }, "tower 70000" },
        { new() { Dropout = 1 }, "dropout 1" },
        { new() { Dropout = double.NaN }, "dropout NaN" },
        { new() { Architecture = "mmeo" }, "did you mean 'mmoe'" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_size_that_cannot_be_is_refused_by_name(SyntheticModel model, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => model.Create()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_model_of_the_defaults_is_the_one_that_peers_are_measured_with()
    {
        var graph = new SyntheticModel().Create().Graph;
        var table = Assert.Single(graph.Tables);
        Assert.Equal((1_000_000, 16), (table.Rows, table.Width));
        const int experts = 8 * ((416 * 256) + 256 + (256 * 128) + 128), gates = 2 * 416 * 8, towers = 2 * ((128 * 64) + 64 + 64 + 1);
        Assert.Equal(experts + gates + towers, graph.Parameters.Sum(p => p.Length));
    }

    [Theory]
    [InlineData(10, 3, new[] { 4, 3, 3 })]
    [InlineData(3, 3, new[] { 1, 1, 1 })]
    public void All_rows_are_given_to_fields(int rows, int fields, int[] expected)
    {
        var layout = new SyntheticModel { Rows = rows, Fields = fields }.Create().Layout;
        Assert.Equal(expected, layout.Ids.Select(f => f.Rows));
    }

    [Fact]
    public void Batches_hold_ids_of_their_fields_and_labels_of_both_kinds()
    {
        var layout = new SyntheticModel { Rows = 31, Fields = 5, Tasks = 3 }.Create().Layout;
        var batches = SyntheticBatches.Draw(layout, 40, 0, seed: 7);
        Assert.Equal(SyntheticBatches.Count, batches.Length);
        foreach (var batch in batches)
        {
            Assert.Equal(40, batch.Count);
            for (var i = 0; i < batch.Ids.Length; i++) Assert.InRange(batch.Ids[i], 0, layout.Ids[i % 5].Rows - 1);
            Assert.Equal([0f, 1f], batch.Labels.Distinct().Order());
            Assert.All(batch.Weights, w => Assert.Equal(1f, w));
        }

        Assert.Equal(31, Enumerable.Range(0, 5).Sum(f => batches.SelectMany(b => b.Ids.Where((_, i) => i % 5 == f)).Distinct().Count()));
        Assert.NotEqual(batches[0].Ids, batches[1].Ids);
        Assert.Equal(batches[3].Ids, SyntheticBatches.Draw(layout, 40, 0, seed: 7)[3].Ids);
        Assert.NotEqual(batches[3].Ids, SyntheticBatches.Draw(layout, 40, 0, seed: 8)[3].Ids);
    }

    [Fact]
    public void Shared_fields_have_one_value_a_batch_and_the_others_have_many()
    {
        var layout = new SyntheticModel { Rows = 4000, Fields = 4 }.Create().Layout;
        var batches = SyntheticBatches.Draw(layout, 50, 3, seed: 1);
        foreach (var batch in batches)
        {
            int[] different = [.. Enumerable.Range(0, 4).Select(f => batch.Ids.Where((_, i) => i % 4 == f).Distinct().Count())];
            Assert.Equal([1, 1, 1], different[..3]);
            Assert.InRange(different[3], 30, 50);
        }

        Assert.True(batches.Select(b => b.Ids[0]).Distinct().Count() > 30);
    }
}
