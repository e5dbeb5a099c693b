using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TaskFactorRecommenderTests
{
    private static readonly TaskFactorOptions s_options = new() { Factors = 3, Iterations = 6, Steps = 12, Alpha = 2.5, Regularization = .2, Attributes = .7, Interests = .4, Friends = .6, Binary = false };

    [Fact]
    public void Without_further_tasks_it_is_als()
    {
        var train = Shop();
        using var joint = Fitted(train, s_options with { Attributes = 0, Interests = 0, Friends = 0, Steps = 3 });
        using var als = new AlsRecommender(new() { Factors = 3, Iterations = 6, Steps = 3, Alpha = 2.5, Regularization = .2 });
        als.Fit(train, new FitRequest());
        Assert.Equal(als.UserFactors, joint.UserFactors);
        Assert.Equal(als.ItemFactors, joint.ItemFactors);
    }

    [Fact]
    public void The_slope_of_the_joint_loss_is_nothing_where_it_was_solved_last()
    {
        var train = Shop();
        using var joint = Fitted(train, s_options);
        // the numerical slope of the loss as it is defined, by every float of the items, which were solved last
        for (var at = 0; at < joint.ItemFactors.Length; at++)
        {
            const float H = 1e-2f;
            var kept = joint.ItemFactors[at];
            joint.ItemFactors[at] = kept + H;
            var above = Loss(joint, train, s_options);
            joint.ItemFactors[at] = kept - H;
            var below = Loss(joint, train, s_options);
            joint.ItemFactors[at] = kept;
            Assert.InRange((above - below) / (2 * H), -2e-3, 2e-3);
        }
    }

    [Fact]
    public void Every_alternation_lowers_the_joint_loss()
    {
        var train = Shop();
        var losses = Enumerable.Range(1, 8).Select(n =>
        {
            using var joint = Fitted(train, s_options with { Iterations = n });
            return Loss(joint, train, s_options);
        }).ToArray();
        for (var i = 1; i < losses.Length; i++) Assert.True(losses[i] < losses[i - 1] + 1e-4, $"{losses[i - 1]} became {losses[i]}");
        Assert.True(losses[^1] < losses[0] - .1);
    }

    [Fact]
    public void The_factors_of_an_item_tell_its_values()
    {
        var train = SmallShop.TwoTastes();
        using var joint = Fitted(train, s_options with { Factors = 8 });
        // the values of items are the third table: even, odd, strange
        for (var item = 0; item < train.ItemCount; item++)
            Assert.True(Product(joint.Tables[2], item % 2, joint.ItemFactors, item, 8) > Product(joint.Tables[2], 1 - item % 2, joint.ItemFactors, item, 8) + .3);
    }

    [Fact]
    public void An_item_that_nobody_took_is_known_by_its_values()
    {
        var tastes = SmallShop.TwoTastes();
        var train = tastes.Where(i => tastes.ItemNumbers[i] is not (4 or 5));
        using var joint = Fitted(train, s_options with { Factors = 8, Attributes = 5 });
        using var plain = Fitted(train, s_options with { Factors = 8, Attributes = 0 });
        var (known, unknown) = (new float[2 * 20], new float[2 * 20]);
        joint.Score([0, 1], known);
        plain.Score([0, 1], unknown);
        Assert.True(known[4] > known[20 + 4] && known[20 + 5] > known[5]);
        Assert.All(new[] { 4, 5, 20 + 4, 20 + 5 }, at => Assert.Equal(0, unknown[at]));
    }

    [Fact]
    public void A_user_who_took_nothing_is_known_by_friends()
    {
        var tastes = SmallShop.TwoTastes();
        var owners = PairOwners.Of(tastes);
        var some = tastes.Where(i => owners[i] < 58);
        var train = With(some, [.. Enumerable.Range(0, 56).Select(u => (u, u + 2)), .. Enumerable.Range(0, 20).Select(u => (u, 58 + u % 2))]);
        using var joint = Fitted(train, s_options with { Factors = 8 });
        foreach (var user in new[] { 58, 59 })
        {
            var scores = new float[20];
            joint.Score([user], scores);
            double Mean(int taste) => scores.Where((_, i) => i % 2 == taste).Average();
            Assert.True(Mean(user % 2) > Mean(1 - user % 2));
        }
    }

    // Σ over the tasks of w Σ c (p − x·y)² over the rows that have entries, + Σ rows' λ (Σ w (α entries + others))^exponent |x|²
    private static double Loss(TaskFactorRecommender joint, Interactions train, TaskFactorOptions options)
    {
        var tasks = new FactorTasks(train, options);
        var loss = 0.0;
        double[][] sizes = [.. tasks.Tables.Select(t => new double[t.Rows])];
        var f = options.Factors;
        foreach (var task in tasks.All)
        {
            var (left, right) = (joint.Tables[task.Left], joint.Tables[task.Right]);
            for (var row = 0; row < task.ByLeft.Count; row++)
            {
                var own = task.ByLeft.ColumnsOf(row);
                if (own.Length == 0) continue;
                sizes[task.Left][row] += task.Weight * options.Alpha * own.Length;
                for (var column = 0; column < task.ByLeft.Width; column++)
                {
                    if (task.ByRight.ColumnsOf(column).Length == 0) continue;
                    var at = own.IndexOf(column);
                    var product = Product(left, row, right, column, f);
                    loss += task.Weight * (at < 0 ? product * product : (1 + options.Alpha * task.ByLeft.WeightsOf(row)[at]) * (1 - product) * (1 - product));
                    sizes[task.Left][row] += task.Weight;
                    sizes[task.Right][column] += task.Weight * (at < 0 ? 1 : 1 + options.Alpha);
                }
            }
        }

        for (var table = 0; table < sizes.Length; table++)
            for (var row = 0; row < sizes[table].Length; row++)
                loss += options.Regularization * Math.Pow(sizes[table][row], options.Exponent) * Product(joint.Tables[table], row, joint.Tables[table], row, f);
        return loss;
    }

    private static double Product(float[] x, int row, float[] y, int other, int f)
    {
        var sum = 0.0;
        for (var i = 0; i < f; i++) sum += (double)x[row * f + i] * y[other * f + i];
        return sum;
    }

    private static TaskFactorRecommender Fitted(Interactions train, TaskFactorOptions options)
    {
        var joint = new TaskFactorRecommender(options);
        joint.Fit(train, new FitRequest());
        return joint;
    }

    // every user and item has entries, so that no row is left at nothing for want of them
    private static Interactions Shop()
    {
        var random = new Random(3);
        var values = new Names();
        foreach (var text in new[] { "red|soft", "red", "blue", "blue|soft" }) values.FindOrAdd(text);
        var kinds = new NamedColumn("kind", values, [.. Enumerable.Range(0, 14).Select(i => i % 4)]);
        var groups = new NamedColumn("group", values, [.. Enumerable.Range(0, 10).Select(i => i % 3)]);
        var pairs = Enumerable.Range(0, 50).Select(n => (n % 10, n < 14 ? n : random.Next(14), 1f + random.Next(3)));
        return With(SmallShop.Of(10, 14, pairs, [kinds], [groups]), [(0, 1), (2, 5), (3, 9), (1, 4)]);
    }

    private static Interactions With(Interactions pairs, IReadOnlyList<(int, int)> friends) =>
        new(pairs.Users, pairs.Items, pairs.Offsets, pairs.ItemNumbers, pairs.Weights, pairs.Times) { ItemColumns = pairs.ItemColumns, UserColumns = pairs.UserColumns, Friends = friends };
}
