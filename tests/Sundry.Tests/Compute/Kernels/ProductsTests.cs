using Sundry.Compute;

namespace Sundry.Tests;

public sealed class ProductsTests
{
    [Fact]
    public void A_graph_tells_its_layers_by_size()
    {
        var graph = new Graph();
        var x = graph.Input("x", 12);
        var experts = x.Linear("experts", 3 * 5, groups: 3).GroupedLinear("deeper", 4);
        foreach (var task in new[] { "a", "b" }) x.Linear($"gate {task}", 3).Softmax().Mix(experts).Linear($"head {task}", 1);
        Assert.Equal(
            [
                new ProductShape("experts/weight", 12, 15),
                new ProductShape("deeper/weight", 5, 4, Groups: 3),
                new ProductShape("gate a/weight", 12, 3, Count: 2),
                new ProductShape("head a/weight", 4, 1, Count: 2),
            ],
            Products.Of(graph));
    }

    [Fact]
    public void Operations_are_two_for_each_weight_and_row() => Assert.Equal(2 * 7 * (5 * 4 * 3), new ProductShape("", 5, 4, Groups: 3, Count: 2).Operations(7));

    [Theory]
    [InlineData(ProductForm.Forward)]
    [InlineData(ProductForm.InputGradient)]
    [InlineData(ProductForm.WeightGradient)]
    public void Every_form_runs_at_odd_sizes(ProductForm form)
    {
        foreach (var (k, n, groups) in new[] { (1, 1, 1), (5, 3, 1), (17, 33, 2), (64, 1, 1) })
            Assert.InRange(Products.Measure(new ProductShape("", k, n, groups), form, rows: 7, threads: 2, tries: 1), 1e-6, 1e6);
    }
}
