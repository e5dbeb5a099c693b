using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>The proximal step of an L1 penalty: what it leaves of a weight, which weights it takes, and that 0 is 0.</summary>
public sealed class L1Tests
{
    private const double Rate = 0.1;

    [Fact]
    public void Sgd_shrinks_by_rate_times_l1_and_no_further_than_zero()
    {
        float[] start = [0.5f, -0.5f, 0.01f, -0.01f, 0.02f], gradient = [1, 1, 0.1f, 0, -0.3f];
        // w − η g, then η λ = 0.02 nearer to 0
        double[] expected = [0.38, -0.58, 0, 0, 0.03];
        var found = Step(new Sgd { L1 = 0.2 }, start, gradient, out var bias);
        Compare.Near("weights", expected, found, 1e-7);
        Assert.Equal([0f, 0f], found[2..4]);
        Assert.Equal(0.5f - 0.1f, bias, 6);
    }

    [Fact]
    public void Adam_and_adagrad_keep_at_zero_what_their_gradient_holds_back_less_than_l1()
    {
        float[] start = [0, 0, 0, 1], gradient = [0.05f, -0.19f, 0.4f, 0.4f];
        foreach (var optimizer in new Optimizer[] { new Adam { L1 = 0.2 }, new Adagrad { L1 = 0.2 } })
        {
            var found = Step(optimizer, start, gradient, out _);
            Assert.Equal([0f, 0f], found[..2]);
            // the step is η, and half of it, λ / |g|, goes back
            Compare.Near("beyond", [-0.05, 0.85], found.AsSpan(2), 1e-5);
        }
    }

    [Fact]
    public void Of_a_table_the_rows_of_the_batch_shrink()
    {
        var graph = new Graph();
        var ids = graph.Ids("ids", 1);
        var table = graph.Table("table", 3, 2, Initializer.Constant(0.01f));
        var zero = graph.Input("zero", 2);
        _ = new WeightedSum("sum", table.Lookup(ids), zero);
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd { L1 = 0.05 }, 2, 2, threads: 1, seed: 1);
        plan.Input(ids)[0] = 0;
        plan.Input(ids)[1] = 2;
        plan.Forward(2);
        plan.Backward([1]);
        plan.Update(Rate);
        Compare.Near("touched", [0.005, 0.005], store.Values(table, 0), 1e-8);
        Compare.Near("left alone", [0.01, 0.01], store.Values(table, 1), 1e-8);
        plan.Update(Rate);
        plan.Update(Rate);
        Assert.Equal([0f, 0f], store.Values(table, 2).ToArray());
    }

    private static float[] Step(Optimizer optimizer, float[] start, float[] gradient, out float bias)
    {
        var graph = new Graph();
        var one = graph.Input("one", 1);
        var coefficients = graph.Input("coefficients", start.Length);
        _ = new WeightedSum("sum", one.Linear("l", start.Length), coefficients);
        using var store = new ParameterStore(graph, 1, optimizer.Moments);
        using var plan = new TrainingPlan(store, optimizer, 1, 1, threads: 1, seed: 1);
        start.CopyTo(store.Values(graph.Parameters[0]));
        store.Values(graph.Parameters[1]).Fill(0.5f);
        store.Touch();
        plan.Input(one)[0] = 1;
        gradient.CopyTo(plan.Input(coefficients));
        plan.Forward(1);
        plan.Backward([1]);
        plan.Update(Rate);
        bias = store.Values(graph.Parameters[1])[0];
        return store.Values(graph.Parameters[0]).ToArray();
    }
}
