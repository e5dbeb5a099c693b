using Sundry.Compute;

namespace Sundry.Tests;

public sealed class GraphTests
{
    [Fact]
    public void A_name_is_given_once()
    {
        var graph = new Graph();
        var x = graph.Input("x", 3);
        Assert.Throws<ArgumentException>(() => graph.Input("x", 2));
        Assert.Throws<ArgumentException>(() => graph.Ids("x", 2));
        Assert.Throws<ArgumentException>(() => graph.Bag("x"));
        Assert.Throws<ArgumentException>(() => graph.Table("x", 2, 2, Initializer.Zeros));
        x.Linear("l", 2);
        Assert.Throws<ArgumentException>(() => x.Linear("l", 2));
    }

    [Fact]
    public void Shapes_follow_their_rules()
    {
        var graph = new Graph();
        var x = graph.Input("x", 6);
        var experts = x.Linear("e", 12, groups: 4);
        Assert.Equal((12, 4), (experts.Width, experts.Groups));
        Assert.Equal((20, 4), (experts.GroupedLinear("f", 5).Width, experts.GroupedLinear("g", 5).Groups));
        Assert.Equal((12, 4), (experts.Relu().Width, experts.LayerNorm("n").Groups));
        Assert.Equal((4, 1), (experts.Sum().Width, experts.Mean().Groups));
        Assert.Equal((3, 1), (x.Slice(0, 4).Softmax().Mix(experts).Width, x.Slice(0, 4).Mix(experts).Groups));
        Assert.Equal((18, 1), (experts.Concat(x).Width, experts.Concat(x).Groups));
        Assert.Equal(10, graph.Table("t", 3, 5, Initializer.Zeros).Lookup(graph.Ids("i", 2)).Width);
        Assert.Same(x, x.Dropout(0));
        Assert.Same(x, x.Concat());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var graph = new Graph();
        var x = graph.Input("x", 6);
        var experts = x.Linear("e", 12, groups: 4);
        Assert.Throws<ArgumentException>(() => x.Linear("odd", 7, groups: 2));
        Assert.Throws<ArgumentException>(() => x.Add(experts));
        Assert.Throws<ArgumentException>(() => x.Multiply(experts));
        Assert.Throws<ArgumentException>(() => x.Mix(experts));
        Assert.Throws<ArgumentException>(() => x.Slice(0, 5).Mix(experts, x));
        Assert.Throws<ArgumentException>(() => x.Mix());
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Dropout(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Dropout(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => graph.Input("empty", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => graph.Table("no rows", 0, 2, Initializer.Zeros));
        Assert.Throws<ArgumentException>(() => new SquaredError("wide", x, graph.Input("l", 1), graph.Input("w", 1)));
        Assert.Throws<ArgumentException>(() => new CrossEntropy("label", x, x, graph.Input("w2", 1)));
        Assert.Throws<ArgumentException>(() => new SquaredError("computed", x.Sum(), x.Mean(), graph.Input("w3", 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss("delta", x.Sum(), graph.Input("l4", 1), graph.Input("w4", 1), 0));
    }

    [Fact]
    public void Another_graph_s_nodes_are_refused()
    {
        var (one, two) = (new Graph(), new Graph());
        var (x, y) = (one.Input("x", 1), two.Input("y", 1));
        Assert.Throws<ArgumentException>(() => x.Add(y));
        Assert.Throws<ArgumentException>(() => x.Concat(y));
        Assert.Throws<ArgumentException>(() => one.Table("t", 3, 2, Initializer.Zeros).Lookup(two.Ids("i", 1)));
        Assert.Throws<ArgumentException>(() => one.Table("u", 3, 2, Initializer.Zeros).Pool(two.Bag("b"), PoolingMode.Sum));
        Assert.Throws<ArgumentException>(() => new SquaredError("loss", x, y, one.Input("w", 1)));
    }

    [Fact]
    public void Weights_are_counted_without_running_statistics()
    {
        var graph = new Graph();
        graph.Table("t", 100, 4, Initializer.Zeros);
        graph.Input("x", 6).Linear("l", 5).BatchNorm("n").PRelu("p").Linear("m", 2, bias: false);
        Assert.Equal(400 + (6 * 5 + 5) + 2 * 5 + 5 + 5 * 2, graph.WeightCount);
    }
}
