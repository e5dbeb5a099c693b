using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TaskGroupingTests
{
    private static readonly string[] s_names = [.. "abcdefghijklmnop".Select(c => c.ToString())];

    [Fact]
    public void Tasks_that_help_each_other_come_together()
    {
        // a and c, b and d help each other; across they hinder
        var affinity = Table(4, (i, j) => (i - j) % 2 == 0 ? .02 : -.01);
        var best = TaskGrouping.Best(affinity, s_names[..4], 3);
        Assert.Equal(3, best.Count);
        Assert.Equal("abcd", Text(best[0]));
        Assert.Equal("ac|bd", Text(best[1]));
        Assert.Equal(0.08, best[1].Score, 1e-12);
        Assert.Equal(0, best[0].Score, 1e-12);
        Assert.Equal(2, TaskGrouping.Advise(best, 0.001));
        Assert.All(best, g => Assert.True(g.Exact));
    }

    [Fact]
    public void Affinity_has_a_direction()
    {
        // c does harm and takes none: it is better alone, and nothing is lost by that
        var affinity = Table(3, (i, j) => i == 2 ? -.1 : .01);
        Assert.Equal("ab|c", Text(TaskGrouping.Best(affinity, s_names[..3], 2)[1]));
    }

    [Fact]
    public void Where_all_hinder_each_is_alone()
    {
        var best = TaskGrouping.Best(Table(3, (_, _) => -.1), s_names[..3], 9);
        Assert.Equal(3, best.Count);
        Assert.Equal("a|b|c", Text(best[2]));
        Assert.Equal(0, best[2].Score);
        Assert.Equal(3, TaskGrouping.Advise(best, 0));
    }

    [Fact]
    public void What_may_be_chance_is_no_reason_for_another_model()
    {
        var best = TaskGrouping.Best(Table(4, (i, j) => (i < 2) == (j < 2) ? .01 : .0099), s_names[..4], 2);
        Assert.Equal("ab|cd", Text(best[1]));
        Assert.Equal(2, TaskGrouping.Advise(best, 0));
        Assert.Equal(1, TaskGrouping.Advise(best, 0.01));
        // a tie: fewer models, and of equal divisions the first
        var tied = TaskGrouping.Best(Table(4, (_, _) => 0), s_names[..4], 4);
        Assert.Equal(1, TaskGrouping.Advise(tied, 0));
        Assert.Equal("abc|d", Text(tied[1]));
        Assert.Equal(1, TaskGrouping.Advise(tied, double.NaN));
    }

    [Fact]
    public void What_is_unknown_counts_nothing()
    {
        var affinity = Table(3, (i, j) => i + j == 1 ? .5 : double.NaN);
        Assert.Equal("ab|c", Text(TaskGrouping.Best(affinity, s_names[..3], 2)[1]));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    public void It_is_the_best_of_all_divisions(int count, int seed)
    {
        var random = new Random(seed);
        var affinity = Table(count, (_, _) => random.NextDouble() - .5);
        var best = TaskGrouping.Best(affinity, s_names[..count], count);
        // every function from tasks to groups, counted in a number system
        var expected = new double[count];
        Array.Fill(expected, double.NegativeInfinity);
        for (long code = 0; code < (long)Math.Pow(count, count); code++)
        {
            var (rest, of) = (code, new int[count]);
            for (var t = 0; t < count; t++, rest /= count) of[t] = (int)(rest % count);
            var groups = of.Distinct().Count();
            var score = of.Select((g, j) => of.Select((h, i) => (h, i)).Where(o => o.h == g && o.i != j).Select(o => affinity[o.i, j]).DefaultIfEmpty(0).Average()).Sum();
            expected[groups - 1] = Math.Max(expected[groups - 1], score);
        }

        Assert.Equal(expected, best.Select(g => g.Score), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Many_tasks_are_climbed_to_and_that_is_said()
    {
        var affinity = Table(16, (i, j) => i % 3 == j % 3 ? .02 : -.01);
        var best = TaskGrouping.Best(affinity, s_names, 4);
        Assert.All(best, g => Assert.False(g.Exact));
        Assert.Equal("adgjmp|behkn|cfilo", Text(best[2]));
        Assert.Equal(3, TaskGrouping.Advise(best, 1e-9));
    }

    private static double[,] Table(int count, Func<int, int, double> value)
    {
        var table = new double[count, count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                table[i, j] = i == j ? 7 : value(i, j);
        return table;
    }

    private static string Text(Grouping grouping) => string.Join('|', grouping.Groups.Select(g => string.Concat(g)));
}
