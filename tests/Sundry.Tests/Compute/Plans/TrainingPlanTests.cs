using Sundry.Compute;

namespace Sundry.Tests;

public sealed class TrainingPlanTests
{
    private static readonly int[] s_batches = [48, 48, 31, 1, 48, 2, 17, 48, 3, 48];

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(4, 3)]
    [InlineData(4, 4)]
    public void Threads_never_change_a_bit(int shards, int threads)
    {
        Check.Exact("weights and moments", Train(shards, 1), Train(shards, threads));

        static float[] Train(int shards, int threads)
        {
            var net = new EverythingNet();
            using var store = new ParameterStore(net.Graph, 3, 2);
            using var plan = new TrainingPlan(store, new Adam(0.01, decoupled: true), EverythingNet.Capacity, shards, threads, seed: 5);
            for (var step = 0; step < 40; step++) net.Step(plan, EverythingNet.Draw(step, s_batches[step % s_batches.Length]));
            var all = EverythingNet.Everything(store);
            Assert.All(all, value => Assert.True(float.IsFinite(value)));
            return all;
        }
    }

    [Fact]
    public void Shards_change_hardly_anything()
    {
        var one = Train(1);
        for (var shards = 2; shards <= 5; shards++)
            Check.Near($"{shards} shards", [.. one.Select(v => (double)v)], Train(shards), 1e-4);

        // a rate that falls on the gradient itself, for which small differences stay small
        static float[] Train(int shards)
        {
            var net = new EverythingNet();
            using var store = new ParameterStore(net.Graph, 3);
            using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, threads: 1, seed: 5);
            for (var step = 0; step < 5; step++) net.Step(plan, EverythingNet.Draw(step, 40));
            return EverythingNet.Everything(store);
        }
    }

    [Fact]
    public void A_run_goes_on_where_it_stopped()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var whole = new TrainingPlan(store, new Adam(), EverythingNet.Capacity, 2, 1, seed: 5);
        using var other = new ParameterStore(net.Graph, 3, 2);
        for (var step = 0; step < 6; step++) net.Step(whole, EverythingNet.Draw(step, 40));
        for (var half = 0; half < 2; half++)
        {
            using var plan = new TrainingPlan(other, new Adam(), EverythingNet.Capacity, 2, 2, seed: 5) { Steps = 3 * half };
            for (var step = 0; step < 3; step++) net.Step(plan, EverythingNet.Draw(3 * half + step, 40));
        }

        Check.Exact("weights and moments", EverythingNet.Everything(store), EverythingNet.Everything(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_row_is_a_batch(int shards)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(), EverythingNet.Capacity, shards, 1, seed: 5);
        for (var step = 0; step < 5; step++) net.Step(plan, EverythingNet.Draw(step, 1));
        Assert.All(EverythingNet.Everything(store), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void No_row_changes_nothing()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(0.1), EverythingNet.Capacity, 2, 2, seed: 5);
        net.Step(plan, EverythingNet.Draw(1, 40));
        var before = EverythingNet.Everything(store);
        net.Step(plan, EverythingNet.Draw(2, 0));
        Check.Exact("weights and moments", before, EverythingNet.Everything(store));
    }

    [Fact]
    public void A_batch_without_a_label_moves_no_weight()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, 2, 2, seed: 5);
        net.Step(plan, EverythingNet.Draw(1, 40));
        var before = Trained(store);
        net.Set(plan, EverythingNet.Draw(2, 40, masked: true));
        Assert.Equal(new double[3], plan.Forward(40).ToArray());
        plan.Backward([1, 1, 1]);
        Assert.Equal(0, plan.Update(0.1, clip: 1));
        Check.Exact("weights", before, Trained(store));
    }

    [Fact]
    public void A_loss_of_weight_zero_is_left_out_altogether()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(0.1), EverythingNet.Capacity, 2, 2, seed: 5);
        for (var step = 0; step < 3; step++) net.Step(plan, EverythingNet.Draw(step, 40));
        var weight = net.Graph.Parameters.Single(p => p.Name == "kind/weight");
        var other = net.Graph.Parameters.Single(p => p.Name == "click/weight");
        var (before, otherBefore) = (store.Values(weight).ToArray(), store.Values(other).ToArray());
        net.Set(plan, EverythingNet.Draw(9, 40));
        plan.Forward(40);
        plan.Backward([1, 1, 0]);
        plan.Update(0.1);
        // neither momentum nor decay acts on what no gradient reached
        Check.Exact("kind", before, store.Values(weight));
        Assert.False(otherBefore.AsSpan().SequenceEqual(store.Values(other)));
    }

    [Fact]
    public void Empty_bags_leave_their_table_alone()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(0.1), EverythingNet.Capacity, 2, 2, seed: 5);
        var rows = EverythingNet.Draw(1, 40) with { Offsets = new int[41], BagIds = [] };
        float[] Table() => [.. Enumerable.Range(0, EverythingNet.BagRows).SelectMany(r => store.ValuesAndMoments(net.BagEmbedding, r).ToArray())];
        var before = Table();
        net.Step(plan, rows);
        Check.Exact("bag embedding", before, Table());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(EverythingNet.TableRows)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_id_that_its_table_does_not_have_is_refused(int id)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(), EverythingNet.Capacity, 2, 2, seed: 5);
        using var inference = new InferencePlan(store, EverythingNet.Capacity, 2);
        var before = EverythingNet.Everything(store);
        var good = EverythingNet.Draw(1, 40);
        var wrong = good with { Ids = [.. good.Ids[..^1], id] };
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Step(plan, wrong));
        net.Set(inference, wrong);
        Assert.Throws<ArgumentOutOfRangeException>(() => inference.Run(40));
        wrong = good with { BagIds = [id, .. good.BagIds[1..]] };
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Step(plan, wrong));
        net.Set(inference, wrong);
        Assert.Throws<ArgumentOutOfRangeException>(() => inference.Run(40));
        Check.Exact("weights and moments", before, EverythingNet.Everything(store));
        net.Step(plan, good);
    }

    [Fact]
    public void Ids_of_rows_that_are_not_there_do_not_matter()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(), EverythingNet.Capacity, 2, 2, seed: 5);
        plan.Input(net.Ids).Fill(-5);
        net.Step(plan, EverythingNet.Draw(1, 40));
    }

    [Fact]
    public void Bags_that_contradict_themselves_are_refused()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), 4, 1, 1, seed: 5);
        Assert.Throws<ArgumentException>(() => plan.SetBag(net.Bag, [], []));
        Assert.Throws<ArgumentException>(() => plan.SetBag(net.Bag, [1, 2], [0, 0]));
        Assert.Throws<ArgumentException>(() => plan.SetBag(net.Bag, [0, 2, 1], [0, 0]));
        Assert.Throws<ArgumentException>(() => plan.SetBag(net.Bag, [0, 3], [0, 0]));
        Assert.Throws<ArgumentException>(() => plan.SetBag(net.Bag, [0, -1], [0, 0]));
        Assert.Throws<ArgumentException>(() => plan.SetBag(net.Bag, [0, 0, 0, 0, 0, 0], []));
        plan.SetBag(net.Bag, [0, 1, 1], [3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Forward(3).ToArray());
        plan.Forward(2);
    }

    [Fact]
    public void Rows_beyond_the_capacity_are_refused()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), 4, 1, 1, seed: 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Forward(5).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Forward(-1).ToArray());
        Assert.Throws<ArgumentException>(() => plan.Backward([1]));
        Assert.Throws<ArgumentException>(() => new TrainingPlan(store, new Adam(), 4, 1, 1, seed: 5));
        Assert.Throws<ArgumentException>(() => plan.Input(net.Click.Prediction).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Clipping_scales_every_gradient_to_the_norm(int shards)
    {
        var net = new EverythingNet(noise: false);
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, 1, seed: 5);
        net.Set(plan, EverythingNet.Draw(1, 40));
        plan.Forward(40);
        plan.Backward([1, 1, 1]);
        Assert.Equal(double.NaN, plan.Update(0));
        List<float> gradient = [];
        foreach (var parameter in net.Graph.Parameters)
        {
            var part = new float[parameter.Length];
            plan.CopyGradient(parameter, part);
            gradient.AddRange(part);
        }

        foreach (var table in net.Graph.Tables)
            for (var row = 0; row < table.Rows; row++)
            {
                var part = new float[table.Width];
                plan.CopyGradient(table, row, part);
                gradient.AddRange(part);
            }

        var norm = Math.Sqrt(gradient.Sum(g => (double)g * g));
        var before = EverythingNet.Everything(store);
        foreach (var clip in (double[])[norm / 3, norm * 3])
        {
            plan.Forward(40);
            plan.Backward([1, 1, 1]);
            Check.Near("norm", 0, norm, plan.Update(0.01, clip), 1e-6);
            var scale = Math.Min(1, clip / norm);
            Check.Near("weights", [.. before.Zip(gradient, (w, g) => w - 0.01 * scale * g)], EverythingNet.Everything(store), 1e-6);
            Restore(store, before);
        }
    }

    [Fact]
    public void A_failing_worker_s_exception_reaches_the_caller_and_the_plan_lives_on()
    {
        foreach (var shard in (int[])[0, 1])
        {
            var graph = new Graph();
            var x = graph.Input("x", 3);
            var failing = new FailingOp(x.Linear("l", 4).BatchNorm("first"));
            var y = graph.Add(failing).BatchNorm("second").Linear("m", 1);
            var share = graph.Input("share", 1);
            _ = new WeightedSum("sum", y, share);
            using var store = new ParameterStore(graph, 1);
            using var plan = new TrainingPlan(store, new Sgd(), 8, 2, 2, seed: 1);
            plan.Input(share).Fill(1);
            for (var i = 0; i < plan.Input(x).Length; i++) plan.Input(x)[i] = i % 7;
            for (var round = 0; round < 50; round++)
            {
                failing.Fails = frame => frame.FirstRow > 0 == (shard == 1);
                Assert.Equal("told to", Assert.Throws<InvalidOperationException>(() => plan.Forward(8).ToArray()).Message);
                failing.Fails = null;
                var before = plan.Forward(8)[0];
                plan.Backward([1]);
                failing.Fails = frame => frame.FirstRow > 0 == (shard == 1);
                Assert.Equal("told to", Assert.Throws<InvalidOperationException>(() => plan.Backward([1])).Message);
                failing.Fails = null;
                Assert.Equal(before, plan.Forward(8)[0]);
            }
        }
    }

    [Fact]
    public void A_disposed_plan_says_so()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        foreach (var threads in (int[])[1, 2])
        {
            var plan = new TrainingPlan(store, new Sgd(), 4, 2, threads, seed: 5);
            plan.Dispose();
            plan.Dispose();
            Assert.Throws<ObjectDisposedException>(() => plan.Forward(0).ToArray());
        }
    }

    private static float[] Trained(ParameterStore store)
    {
        List<float> all = [];
        foreach (var parameter in store.Graph.Parameters.Where(p => p.Trainable)) all.AddRange(store.Values(parameter));
        foreach (var table in store.Graph.Tables)
            for (var row = 0; row < table.Rows; row++) all.AddRange(store.Values(table, row));
        return [.. all];
    }

    private static void Restore(ParameterStore store, float[] all)
    {
        var at = 0;
        foreach (var parameter in store.Graph.Parameters)
        {
            all.AsSpan(at, parameter.Length).CopyTo(store.Values(parameter));
            at += parameter.Length;
        }

        foreach (var table in store.Graph.Tables)
            for (var row = 0; row < table.Rows; row++, at += table.Width)
                all.AsSpan(at, table.Width).CopyTo(store.Values(table, row));
        store.Touch();
    }
}
