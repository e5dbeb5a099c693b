using Sundry.Compute;
using Sundry.Tests.House;

namespace Sundry.Tests;

/// <summary>A scoring plan that works batch norms into the layers before them predicts, up to rounding, what one does that keeps every node.</summary>
public sealed class FoldingTests
{
    private const int Rows = 40;
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Folded_or_not_the_predictions_are_the_same(int threads, bool shared)
    {
        var net = new Net();
        using var store = new ParameterStore(net.Graph, 5);
        net.Disturb(store, 1);
        using var whole = new InferencePlan(store, Rows);
        using var folded = new InferencePlan(store, Rows, threads, net.Outputs, shared ? net.Shared : null);
        Compare(net, whole, folded);
    }

    [Fact]
    public void Weights_and_statistics_that_changed_are_folded_anew()
    {
        var net = new Net();
        using var store = new ParameterStore(net.Graph, 5, moments: 2);
        using var training = new TrainingPlan(store, new Adam(), Rows, 2, 1, seed: 3);
        using var whole = new InferencePlan(store, Rows);
        using var folded = new InferencePlan(store, Rows, 2, net.Outputs);
        using var shared = new InferencePlan(store, Rows, 1, net.Outputs, net.Shared);
        var before = new float[Rows * net.Outputs[0].Width];
        for (var step = 0; step < 4; step++)
        {
            net.Fill(training.Input(net.X), step);
            foreach (var c in net.Coefficients) training.Input(c).Fill(step - 1.5f);
            training.Forward(Rows);
            training.Backward([1, 1, 1]);
            training.Update(0.05);
            Compare(net, whole, folded);
            Compare(net, whole, shared);
            var after = new float[before.Length];
            folded.Copy(net.Outputs[0], after);
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    [Fact]
    public void Folding_leaves_the_stored_weights_alone()
    {
        var net = new Net();
        using var store = new ParameterStore(net.Graph, 5);
        net.Disturb(store, 2);
        var before = net.Graph.Parameters.Select(p => store.Values(p).ToArray()).ToArray();
        using var folded = new InferencePlan(store, Rows, 2, net.Outputs);
        net.Fill(folded.Input(net.X), 1);
        folded.Run(Rows);
        for (var p = 0; p < before.Length; p++) Check.Exact(net.Graph.Parameters[p].Name, before[p], store.Values(net.Graph.Parameters[p]));
    }

    // one input column of 1, so that a result is what the formula makes of the weights of one row
    [Theory]
    [InlineData(1.5f, 0.3f, 0.25f, 0.7f)]
    [InlineData(0f, 0.3f, 0.25f, 0.7f)]
    [InlineData(-2f, 0f, 4f, -3f)]
    [InlineData(1f, 0.1f, 0f, 0.2f)]
    [InlineData(0.5f, -1f, 1e-12f, 100f)]
    public void It_is_the_formula(float scale, float shift, float variance, float mean)
    {
        var graph = new Graph();
        var x = graph.Input("x", 1);
        var y = x.Linear("l", 4, groups: 2).BatchNorm("l/n").GroupedLinear("g", 3).BatchNorm("g/n");
        using var store = new ParameterStore(graph, 3);
        foreach (var parameter in graph.Parameters)
            for (var i = 0; i < parameter.Length; i++)
                store.Values(parameter)[i] = parameter.Name[2..] switch
                {
                    "n/scale" => scale + 0.125f * i,
                    "n/shift" => shift - 0.5f * i,
                    "n/mean" => mean * (i + 1),
                    "n/variance" => variance * (i + 1),
                    _ => store.Values(parameter)[i],
                };
        if (scale == 0) store.Values(graph.Parameters.Single(p => p.Name == "l/n/scale")).Clear();
        using var plan = new InferencePlan(store, 1, 1, [y]);
        plan.Input(x)[0] = 1;
        plan.Run(1);
        var found = new float[6];
        plan.Copy(y, found);

        float[] W(string name) => store.Values(graph.Parameters.Single(p => p.Name == name)).ToArray();
        double Norm(string name, double value, int i) => (value - W(name + "/mean")[i]) / Math.Sqrt(W(name + "/variance")[i] + 1e-5) * W(name + "/scale")[i] + W(name + "/shift")[i];
        double[] hidden = [.. Enumerable.Range(0, 4).Select(i => Norm("l/n", (double)W("l/weight")[i] + W("l/bias")[i], i))];
        double[] expected = [.. Enumerable.Range(0, 6).Select(i => Norm(
            "g/n", Enumerable.Range(0, 2).Sum(k => hidden[i / 3 * 2 + k] * W("g/weight")[(i / 3 * 2 + k) * 3 + i % 3]) + W("g/bias")[i], i))];
        // a deviation of 1 / 316 makes large values of small differences
        Check.Near("y", expected, found, Tolerance, 1 + Math.Abs(mean) / Math.Sqrt(variance + 1e-5));
    }

    [Fact]
    public void What_is_asked_for_or_read_elsewhere_is_not_folded()
    {
        var graph = new Graph();
        var x = graph.Input("x", 3);
        var asked = x.Linear("asked", 5);
        var read = x.Linear("read", 6);
        var active = x.Linear("active", 7).Relu();
        Node[] outputs = [asked, asked.BatchNorm("asked/n"), read.BatchNorm("read/n").Concat(read.Tanh()), active.BatchNorm("active/n").Tanh()];
        using var store = new ParameterStore(graph, 4);
        foreach (var parameter in graph.Parameters.Where(p => p.Name.EndsWith("/mean", StringComparison.Ordinal))) store.Values(parameter).Fill(0.5f);
        using var whole = new InferencePlan(store, Rows);
        using var folded = new InferencePlan(store, Rows, 1, outputs);
        for (var i = 0; i < 3 * Rows; i++) whole.Input(x)[i] = folded.Input(x)[i] = (i * 7 % 11 - 5) / 4f;
        whole.Run(Rows);
        folded.Run(Rows);
        foreach (var output in outputs)
        {
            var (expected, found) = (new float[Rows * output.Width], new float[Rows * output.Width]);
            whole.Copy(output, expected);
            folded.Copy(output, found);
            Check.Exact($"{output}", expected, found);
        }
    }

    [Fact]
    public void What_was_folded_away_has_no_value()
    {
        var graph = new Graph();
        var linear = graph.Input("x", 3).Linear("l", 4);
        var grouped = linear.BatchNorm("l/n").GroupedLinear("g", 5);
        using var store = new ParameterStore(graph, 4);
        using var folded = new InferencePlan(store, Rows, 1, [grouped.BatchNorm("g/n").Tanh()]);
        folded.Run(Rows);
        Assert.Throws<ArgumentException>(() => folded.Copy(linear, new float[Rows * 4]));
        Assert.Throws<ArgumentException>(() => folded.Copy(grouped, new float[Rows * 5]));
    }

    [Fact]
    public void A_call_allocates_nothing_even_where_it_folds_anew()
    {
        var net = new Net();
        using var store = new ParameterStore(net.Graph, 5);
        using var folded = new InferencePlan(store, Rows, 1, net.Outputs);
        folded.Run(Rows);
        store.Touch();
        folded.Run(Rows);
        Assert.Equal(0, AllocationBudget.BytesOnThisThread(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                store.Touch();
                folded.Run(Rows);
            }
        }));
    }

    private static void Compare(Net net, InferencePlan whole, InferencePlan folded)
    {
        net.Fill(whole.Input(net.X), 7);
        net.Fill(folded.Input(net.X), 7);
        whole.Run(Rows);
        folded.Run(Rows);
        foreach (var output in net.Outputs)
        {
            var (expected, found) = (new float[Rows * output.Width], new float[Rows * output.Width]);
            whole.Copy(output, expected);
            folded.Copy(output, found);
            Check.Near($"{output}", [.. expected.Select(v => (double)v)], found, Tolerance);
        }
    }

    /// <summary>Norms behind layers of each kind, with and without bias, relu and dropout, wide enough to be split where columns are shared; and one behind no layer.</summary>
    private sealed class Net
    {
        public Net()
        {
            X = Graph.Input("x", 9);
            var experts = X.Linear("a", 3 * 16, groups: 3).BatchNorm("a/n").Relu().Dropout(0.2).GroupedLinear("b", 5).BatchNorm("b/n").Relu();
            var bare = X.Linear("c", 35, bias: false).BatchNorm("c/n").Tanh();
            var alone = X.Slice(0, 3).Linear("d", 8).BatchNorm("d/n").Relu();
            var input = X.BatchNorm("x/n");
            var twice = X.Linear("e", 4).BatchNorm("e/n").BatchNorm("e/m");
            Outputs = [experts.Concat(bare, alone, input).Linear("first", 2).BatchNorm("first/n"), bare.Linear("second", 6), twice];
            Coefficients = [.. Outputs.Select((o, i) => Graph.Input($"c{i}", o.Width))];
            for (var i = 0; i < Outputs.Length; i++) _ = new WeightedSum($"loss {i}", Outputs[i].Tanh(), Coefficients[i]);
            for (var c = 0; c < 4; c++) Shared.Add(X, c);
        }

        public Graph Graph { get; } = new();

        public Node X { get; }

        public Node[] Outputs { get; }

        public Node[] Coefficients { get; }

        public SharedInputs Shared { get; } = new();

        /// <summary>Rows that agree in the first four columns.</summary>
        public void Fill(Span<float> x, int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < x.Length; i++) x[i] = i >= 9 && i % 9 < 4 ? x[i % 9] : 2 * random.NextSingle() - 1;
        }

        /// <summary>Gives every norm constants that show.</summary>
        public void Disturb(ParameterStore store, int seed)
        {
            var random = new Random(seed);
            foreach (var parameter in Graph.Parameters.Where(p => p.Name.Contains("/n/", StringComparison.Ordinal)))
                foreach (ref var value in store.Values(parameter))
                    value = parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? 0.01f + random.NextSingle() : 2 * random.NextSingle() - 1;
            store.Touch();
        }
    }
}
