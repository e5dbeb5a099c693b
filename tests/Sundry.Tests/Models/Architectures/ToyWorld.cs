using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>
/// Rows whose labels follow from their features by a rule, so that it is known how small each loss can become: a score of one id and one number
/// decides a binary label by its sign, is a regression's label itself, and the logarithm of a count; another id is a class.
/// </summary>
internal sealed class ToyWorld(params TaskType[] types)
{
    public const int Count = 256;

    private static readonly double[] s_taste = [-1.5, -0.5, 0.5, 1.5, 0, 1];

    public Layout Layout { get; private init; } = new(
        [new IdField("user", "user", 6, null), new IdField("item", "item", 3, 5)],
        [new BagField("tags", "tags", 4, null, Pooling.Mean)],
        ["price", "age"],
        [.. types.Select((type, i) => ToyLayout.Task($"{(char)('a' + i)}", type))]);

    /// <summary>The tasks' types.</summary>
    public IReadOnlyList<TaskType> Types => types;

    /// <summary>
    /// A world that an architecture does not refuse: these tasks as they are, else each after the one before it, else as many events, each after the one before it.
    /// </summary>
    public static ToyWorld For(string architecture, params TaskType[] types)
    {
        ToyWorld[] worlds = [new(types), Chain(types), Chain([.. types.Select(_ => TaskType.Binary)])];
        return worlds.First(world => Architectures.Create(architecture).Refuse(world.Layout.Tasks, Options(architecture)) is null);
    }

    /// <summary>Options that name what some architectures have to know of the world.</summary>
    public static ModelOptions Options(string architecture) => new() { Architecture = architecture, Scenario = "user", Personal = ["item"], Experts = new ExpertOptions { LoadBalance = 0.01 } };

    /// <summary>Each task after the one before it.</summary>
    public static ToyWorld Chain(params TaskType[] types)
    {
        var world = new ToyWorld(types);
        var tasks = world.Layout.Tasks;
        return new(types) { Layout = world.Layout with { Tasks = [.. tasks.Select((task, t) => t == 0 ? task : task with { After = [tasks[t - 1].Name] })] } };
    }

    /// <summary>The least that each task's mean loss can be on these rows.</summary>
    public double Least(int task) => types[task] == TaskType.Count
        ? Enumerable.Range(0, Count).Average(row => Math.Exp(Score(row)) * (1 - Score(row)))
        : 0;

    public Batch Rows(int first, int count)
    {
        var batch = new Batch(Layout, count) { Count = count };
        for (var i = 0; i < count; i++)
        {
            var row = first + i;
            batch.Ids[2 * i] = User(row);
            batch.Ids[2 * i + 1] = Item(row);
            batch.Numbers[2 * i] = (float)Price(row);
            batch.Numbers[2 * i + 1] = (float)CounterRandom.Normal(2, (ulong)row);
            batch.BagOffsets[0][i + 1] = batch.BagOffsets[0][i] + row % 3;
            for (var j = 0; j < row % 3; j++) batch.BagIds[0][batch.BagOffsets[0][i] + j] = (row + j) % 4;
            batch.Weights[i] = 1;
            for (var t = 0; t < types.Length; t++)
                batch.Labels[i * types.Length + t] = types[t] switch
                {
                    TaskType.Binary => Score(row) > 0 ? 1 : 0,
                    TaskType.Multiclass => Item(row),
                    TaskType.Count => (float)Math.Exp(Score(row)),
                    _ => (float)Score(row),
                };
        }

        return batch;
    }

    public Batch Rows() => Rows(0, Count);

    /// <summary>Steps over all rows; what is returned is each task's mean loss before the last one.</summary>
    public static double[] Train(MultiTaskModel model, ParameterStore store, Batch batch, int steps, double rate = 0.02, int shards = 2, int threads = 1)
    {
        using var plan = new TrainingPlan(store, new Adam(), batch.Capacity, shards, threads, seed: 9);
        var weights = model.LossWeights();
        var losses = new double[model.Heads.Count];
        for (var step = 0; step < steps; step++)
        {
            model.Fill(plan, batch, new double[model.Heads.Count]);
            plan.Forward(batch.Count)[..losses.Length].CopyTo(losses);
            plan.Backward(weights);
            plan.Update(rate * LearningRate.Cosine(step, steps, 0.01));
        }

        return losses;
    }

    /// <summary>Each head's predictions, one after the other.</summary>
    public static float[] Predict(MultiTaskModel model, ParameterStore store, Batch batch)
    {
        using var predictor = new Predictor(model, store, batch.Capacity);
        predictor.Run(batch);
        List<float> all = [];
        foreach (var head in model.Heads)
        {
            var part = new float[batch.Count * head.Outputs];
            predictor.Predictions(head, part);
            all.AddRange(part);
        }

        return [.. all];
    }

    private static int User(int row) => (int)(CounterRandom.Bits(1, (ulong)row) % 6);

    private static int Item(int row) => (int)(CounterRandom.Bits(3, (ulong)row) % 3);

    private static double Price(int row) => 2 * CounterRandom.Uniform(4, (ulong)row) - 1;

    private static double Score(int row) => 0.6 * (s_taste[User(row)] + Price(row));
}
