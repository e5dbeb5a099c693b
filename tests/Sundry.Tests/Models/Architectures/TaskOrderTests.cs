using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>What architectures make of the order of tasks: chains of events, terms that keep their probabilities in order, and refusals.</summary>
public sealed class TaskOrderTests
{
    private const int Rows = 40;

    public static TheoryData<string> Names => [.. Architectures.Names];

    [Theory, MemberData(nameof(Names))]
    public void The_order_in_which_tasks_are_written_changes_nothing(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Binary, TaskType.Binary);
        var other = world.Layout with { Tasks = [world.Layout.Tasks[2], world.Layout.Tasks[0], world.Layout.Tasks[1]] };
        var (one, two) = (new MultiTaskModel(world.Layout, Options(name)), new MultiTaskModel(other, Options(name)));
        Assert.Equal(one.Graph.WeightCount, two.Graph.WeightCount);
        Assert.Equal(one.Graph.Parameters.Select(p => p.Name).Order(), two.Graph.Parameters.Select(p => p.Name).Order());
        // its gates are over the experts of all tasks, which are drawn by their place
        if (name == "stem") return;
        using var first = new ParameterStore(one.Graph, 1);
        using var second = new ParameterStore(two.Graph, 1);
        var (a, b) = (Predictions(one, first, world.Rows(0, Rows)), Predictions(two, second, Moved(world.Rows(0, Rows), other)));
        foreach (var task in (string[])["a", "b", "c"]) Check.Near(task, [.. a[task].Select(v => (double)v)], b[task], 1e-6);
    }

    [Theory]
    [InlineData("esmm")]
    [InlineData("escm2")]
    public void An_event_is_as_likely_as_all_that_leads_to_it(string name)
    {
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary, TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, Options(name));
        using var store = new ParameterStore(model.Graph, 1, 2);
        ToyWorld.Train(model, store, world.Rows(), 5);
        var p = Predictions(model, store, world.Rows(0, Rows));
        for (var row = 0; row < Rows; row++)
        {
            Assert.InRange(p["b"][row], 0, p["a"][row]);
            Assert.InRange(p["c"][row], 0, p["b"][row]);
        }
    }

    [Theory]
    [InlineData("aitm", 0, 1)]
    [InlineData("esmm", 0, 1)]
    [InlineData("dbmtl", 0, 1)]
    public void A_later_task_learns_from_an_earlier_ones_layers_and_not_the_other_way(string name, int earlier, int later)
    {
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, Options(name));
        var byLater = Gradients(model, world, later);
        var byEarlier = Gradients(model, world, earlier);
        Assert.Contains(byLater, g => g.Key.Contains("/a", StringComparison.Ordinal) && g.Value.Any(v => v != 0));
        Assert.All(byEarlier.Where(g => (g.Key + "/").Contains("/b/", StringComparison.Ordinal)), g => Assert.True(g.Value.All(v => v == 0), g.Key));
    }

    [Fact]
    public void Rows_that_say_that_something_happened_before_what_it_needs_teach_nothing()
    {
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary);
        foreach (var name in (string[])["esmm", "escm2", "aitm", "dbmtl"])
        {
            var model = new MultiTaskModel(world.Layout, Options(name));
            using var store = new ParameterStore(model.Graph, 1);
            using var plan = new TrainingPlan(store, new Sgd(), 4, 1, 1, seed: 1);
            var batch = world.Rows(0, 4);
            float[] labels = [1, 1, 1, 0, 0, 0, 0, 1];
            labels.CopyTo(batch.Labels, 0);
            var totals = new double[2];
            model.Fill(plan, batch, totals);
            Assert.Equal(name == "dbmtl" ? [4, 4] : (double[])[4, 3], totals);
        }
    }

    [Theory]
    [InlineData(CounterfactualEstimator.Ips, true)]
    [InlineData(CounterfactualEstimator.Ips, false)]
    [InlineData(CounterfactualEstimator.Dr, false)]
    public void A_counterfactual_term_is_what_its_formula_says(CounterfactualEstimator estimator, bool normalized)
    {
        const double floor = 0.4;
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, Options("escm2") with { Counterfactual = new CounterfactualOptions { Estimator = estimator, Normalized = normalized, Floor = floor, Weight = 0.25 } });
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), Rows, 2, 1, seed: 1);
        var batch = world.Rows(0, Rows);
        for (var row = 0; row < Rows; row++) batch.Weights[row] = 1 + row % 3;
        // a click without a purchase, and a click of which it is not known
        (batch.Labels[0], batch.Labels[1]) = (1, 0);
        (batch.Labels[2], batch.Labels[3]) = (1, float.NaN);
        model.Fill(plan, batch, new double[2]);
        var found = plan.Forward(Rows).ToArray();

        var p = Predictions(model, store, batch);
        var robust = estimator == CounterfactualEstimator.Dr;
        // ê is the value of its penalty where nothing was seen; taken from the model by its own weights
        var imputed = robust ? Imputed(model, plan) : new double[Rows];
        double total = batch.Weights.Take(Rows).Sum(), error = 0, miss = 0, norm = 0;
        for (var row = 0; row < Rows; row++)
        {
            var share = batch.Weights[row] / total;
            double click = p["a"][row], given = p["b"][row] / click;
            var seen = batch.Labels[2 * row] == 1 && !float.IsNaN(batch.Labels[2 * row + 1]) ? 1 : 0;
            var inverse = seen / Math.Max(click, floor);
            var e = seen == 0 ? 0 : batch.Labels[2 * row + 1] == 1 ? -Math.Log(given) : -Math.Log(1 - given);
            error += share * (imputed[row] + inverse * (e - imputed[row]));
            miss += share * inverse * (e - imputed[row]) * (e - imputed[row]);
            norm += share * inverse;
        }

        Assert.Equal(robust ? (string[])["dr/b", "dr/b/imputation"] : ["ips/b"], model.Penalties.Select(term => term.Name));
        Assert.All(model.Penalties, term => Assert.Equal(0.25, term.Weight));
        Check.Near("term", 0, normalized ? error / norm : error, found[2], 1e-5);
        if (robust) Check.Near("imputation", 0, miss, found[3], 1e-5);
    }

    [Fact]
    public void The_chance_to_be_seen_is_measured_and_not_learned_by_the_counterfactual_term()
    {
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, Options("escm2"));
        var gradients = Gradients(model, world, 2);
        Assert.All(gradients.Where(g => (g.Key + "/").Contains("/a/", StringComparison.Ordinal)), g => Assert.True(g.Value.All(v => v == 0), g.Key));
        Assert.Contains(gradients, g => g.Key.Contains("/b/", StringComparison.Ordinal) && g.Value.Any(v => v != 0));
    }

    [Fact]
    public void At_most_draws_a_probability_down_to_the_one_that_it_should_not_exceed()
    {
        // b happens more often than a: without the term its probability is greater, with a great one it is not
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        var layout = world.Layout with { Tasks = [world.Layout.Tasks[0], world.Layout.Tasks[1] with { AtMost = ["a"] }] };
        double Excess(double calibration)
        {
            var model = new MultiTaskModel(layout, Options("shared_bottom") with { Calibration = calibration });
            Assert.Equal(calibration > 0 ? 1 : 0, model.Penalties.Count);
            using var store = new ParameterStore(model.Graph, 1, 2);
            var batch = world.Rows();
            for (var row = 0; row < batch.Count; row++) (batch.Labels[2 * row], batch.Labels[2 * row + 1]) = (row % 4 == 0 ? 1 : 0, row % 4 < 2 ? 1 : 0);
            ToyWorld.Train(model, store, batch, 60);
            var p = Predictions(model, store, batch);
            return Enumerable.Range(0, batch.Count).Average(row => Math.Max(0, p["b"][row] - p["a"][row]));
        }

        var (without, with) = (Excess(0), Excess(20));
        Assert.True(without > 0.1, $"{without}");
        Assert.True(with < 0.05, $"{with}");
    }

    [Theory]
    [InlineData("esmm", "none says what it comes after")]
    [InlineData("escm2", "none says what it comes after")]
    [InlineData("aitm", "none says what it comes after")]
    [InlineData("dbmtl", "none says what it comes after")]
    public void Without_an_order_those_that_follow_it_refuse(string name, string part)
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        Assert.Contains(part, Assert.Throws<InputException>(() => new MultiTaskModel(world.Layout, Options(name))).Message, StringComparison.Ordinal);
        // a task by itself has none, and needs none
        Assert.Single(new MultiTaskModel(world.Layout, Options(name), ["b"]).Heads);
    }

    [Fact]
    public void What_is_no_chain_of_events_over_all_rows_is_refused_by_those_that_need_one()
    {
        var tasks = new ToyWorld(TaskType.Binary, TaskType.Binary, TaskType.Binary).Layout.Tasks;
        TaskSchema[] two = [tasks[0], tasks[1], tasks[2] with { After = ["a", "b"] }];
        foreach (var name in (string[])["esmm", "escm2", "aitm"])
            Assert.Contains("a and b", Architectures.Create(name).Refuse(two, Options(name)), StringComparison.Ordinal);
        Assert.Null(Architectures.Create("dbmtl").Refuse(two, Options("dbmtl")));

        TaskSchema[] part = [tasks[0], tasks[1] with { After = ["a"], Where = "a = 1" }, tasks[2]];
        Assert.Contains("remove its 'where'", Architectures.Create("esmm").Refuse(part, Options("esmm")), StringComparison.Ordinal);
        Assert.Null(Architectures.Create("aitm").Refuse(part, Options("aitm")));

        var spend = ToyWorld.Chain(TaskType.Binary, TaskType.Regression).Layout.Tasks;
        Assert.Contains("not binary", Architectures.Create("esmm").Refuse(spend, Options("esmm")), StringComparison.Ordinal);
        Assert.Null(Architectures.Create("esmm").Refuse([.. ToyWorld.Chain(TaskType.Binary, TaskType.Binary).Layout.Tasks, ToyLayout.Task("spend", TaskType.Regression)], Options("esmm")));
    }

    private static double[] Imputed(MultiTaskModel model, TrainingPlan plan)
    {
        // the error term is ê + o / p (e − ê): its first input
        var sum = model.Penalties.Single(term => term.Name == "dr/b").Loss.Prediction;
        var imputed = new float[Rows];
        plan.CopyValue(sum.Op.Inputs[0], imputed);
        return [.. imputed.Select(v => (double)v)];
    }

    private static Dictionary<string, float[]> Gradients(MultiTaskModel model, ToyWorld world, int loss)
    {
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), Rows, 2, 1, seed: 1);
        model.Fill(plan, world.Rows(0, Rows), new double[model.Heads.Count]);
        plan.Forward(Rows);
        plan.Backward([.. model.LossWeights().Select((_, l) => l == loss ? 1.0 : 0)]);
        plan.Update(0);
        return model.Graph.Parameters.ToDictionary(p => p.Name, p =>
        {
            var gradient = new float[p.Length];
            plan.CopyGradient(p, gradient);
            return gradient;
        });
    }

    private static Dictionary<string, float[]> Predictions(MultiTaskModel model, ParameterStore store, Batch batch)
    {
        using var predictor = new Predictor(model, store, batch.Capacity);
        predictor.Run(batch);
        return model.Heads.ToDictionary(h => h.Task.Name, h =>
        {
            var values = new float[batch.Count];
            predictor.Predictions(h, values);
            return values;
        });
    }

    private static Batch Moved(Batch batch, Layout layout)
    {
        var moved = new Batch(layout, batch.Capacity) { Count = batch.Count };
        batch.Ids.CopyTo(moved.Ids, 0);
        batch.Numbers.CopyTo(moved.Numbers, 0);
        batch.BagOffsets[0].CopyTo(moved.BagOffsets[0], 0);
        batch.BagIds[0].CopyTo(moved.BagIds[0], 0);
        return moved;
    }

    private static ModelOptions Options(string name) => ToyWorld.Options(name) with
    {
        Bottom = [12, 8],
        Experts = new ExpertOptions { Count = 4, Levels = 1, Layers = [8] },
        Tower = [6],
        Dropout = 0,
        Normalization = Normalization.None,
        Activation = Activation.Tanh,
        EmbeddingDeviation = 0.3,
    };
}
