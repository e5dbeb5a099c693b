using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>What a step costs and changes of a table is the rows that its batch touches, and nothing else.</summary>
public sealed class LazyRowsTests
{
    public static TheoryData<string> Optimizers => ["sgd", "momentum", "adagrad", "adam", "adamw"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Untouched_rows_keep_value_and_moments(string name)
    {
        Optimizer optimizer = name switch
        {
            "sgd" => new Sgd(weightDecay: 0.1),
            "momentum" => new Sgd(0.9, 0.1),
            "adagrad" => new Adagrad(0.1),
            "adam" => new Adam(0.1),
            _ => new Adam(0.1, decoupled: true),
        };
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, optimizer.Moments);
        using var plan = new TrainingPlan(store, optimizer, EverythingNet.Capacity, 3, 2, seed: 5);
        for (var step = 0; step < 12; step++)
        {
            var rows = EverythingNet.Draw(step, 5);
            var before = Rows(net.Embedding);
            var bagsBefore = Rows(net.BagEmbedding);
            net.Step(plan, rows);
            Compare(net.Embedding, before, rows.Ids);
            Compare(net.BagEmbedding, bagsBefore, rows.BagIds);
        }

        float[][] Rows(Table table) => [.. Enumerable.Range(0, table.Rows).Select(r => store.ValuesAndMoments(table, r).ToArray())];

        void Compare(Table table, float[][] before, int[] ids)
        {
            var touched = ids.ToHashSet();
            for (var row = 0; row < table.Rows; row++)
                Assert.Equal(touched.Contains(row), !before[row].AsSpan().SequenceEqual(store.ValuesAndMoments(table, row)));
        }
    }

    /// <summary>A plain program of lazy Adam beside the plan, over steps that touch rows anew after pauses.</summary>
    [Fact]
    public void A_row_goes_the_way_of_scalar_lazy_Adam()
    {
        var graph = new Graph();
        var ids = graph.Ids("ids", 1);
        var table = graph.Table("table", 4, 3, Initializer.Normal(1));
        var seed = graph.Input("seed", 3);
        _ = new WeightedSum("sum", table.Lookup(ids), seed);
        using var store = new ParameterStore(graph, 1, 2);
        using var plan = new TrainingPlan(store, new Adam(weightDecay: 0.05), 6, 2, 1, seed: 1);
        var random = new Random(1);
        var (w, m, v) = (new double[12], new double[12], new double[12]);
        for (var i = 0; i < 12; i++) w[i] = store.Values(table, i / 3)[i % 3];
        for (var step = 1; step <= 30; step++)
        {
            var gradient = new double[12];
            var touched = new HashSet<int>();
            for (var r = 0; r < 6; r++)
            {
                var row = random.Next(3) + step / 20;
                plan.Input(ids)[r] = row;
                touched.Add(row);
                for (var j = 0; j < 3; j++)
                {
                    var g = random.NextSingle() - 0.5f;
                    plan.Input(seed)[r * 3 + j] = g;
                    gradient[row * 3 + j] += g;
                }
            }

            plan.Forward(6);
            plan.Backward([1]);
            plan.Update(0.02);
            foreach (var i in Enumerable.Range(0, 12).Where(i => touched.Contains(i / 3)))
            {
                var g = gradient[i] + 0.05 * w[i];
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                var (c1, c2) = (1 - Math.Pow(0.9, step), 1 - Math.Pow(0.999, step));
                w[i] -= 0.02 * Math.Sqrt(c2) / c1 * m[i] / (Math.Sqrt(v[i]) + 1e-8);
            }

            for (var row = 0; row < 4; row++) Check.Near($"step {step}, row {row}", w.AsSpan(row * 3, 3), store.Values(table, row), 1e-5);
        }
    }
}
