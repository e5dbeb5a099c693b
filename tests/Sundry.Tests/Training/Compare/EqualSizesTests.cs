using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class EqualSizesTests
{
    [Fact]
    public void Every_architecture_gets_about_as_many_dense_weights_as_the_configurations()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1}", model: "model: {architecture: mmoe, embedding: 4, experts: {count: 6, layers: [24]}, tower: [12], bottom: [64]}");
        var sizes = new EqualSizes(table.Prepare(options).Layout, options.Model);
        foreach (var name in new[] { "single_task", "shared_bottom", "cross_stitch", "mmoe", "cgc", "ple", "stem" })
        {
            var scaled = sizes.For(name);
            Assert.Equal(name, scaled.Architecture);
            Assert.True(sizes.IsEqual(sizes.Dense(scaled)), $"{name} has {sizes.Dense(scaled)} dense weights, not {sizes.Target}");
            Assert.Equal(options.Model.Embedding, scaled.Embedding);
            Assert.Equal(options.Model.Experts.Count, scaled.Experts.Count);
        }

        Assert.Equal(ConfigWriter(options.Model), ConfigWriter(sizes.For("mmoe")));
    }

    [Fact]
    public void Single_task_models_together_have_the_weights_of_one_that_learns_all()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1}");
        var layout = table.Prepare(options).Layout;
        var single = new EqualSizes(layout, options.Model).For("single_task");
        var together = EqualSizes.Dense(new MultiTaskModel(layout, single));
        Assert.Equal(together, EqualSizes.Dense(new MultiTaskModel(layout, single, ["buy"])) + EqualSizes.Dense(new MultiTaskModel(layout, single, ["spend"])));
    }

    private static string ConfigWriter(ModelOptions options) => Data.ConfigWriter.ToCanonical(options);
}
