namespace Sundry.Training;

/// <summary>
/// Divides tasks among models so that each gets as much help as can be from those it is learned with. Onto a task counts the mean affinity of the
/// others of its group, as in Fifty et al., NeurIPS 2021; each task belongs to one group, and one that is alone counts 0: it is neither helped nor hindered.
/// </summary>
public static class TaskGrouping
{
    /// <summary>Up to so many tasks every division is looked at; there are 4,213,597 of 12.</summary>
    public const int MostExact = 12;

    /// <summary>The best division into exactly 1, 2, … groups.</summary>
    /// <param name="affinity">[i, j]: what a step for task i does for task j; NaN counts as 0.</param>
    /// <param name="tasks">Names of the tasks.</param>
    /// <param name="models">The most groups.</param>
    public static IReadOnlyList<Grouping> Best(double[,] affinity, IReadOnlyList<string> tasks, int models)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(models, 1);
        var count = tasks.Count;
        var most = Math.Min(models, count);
        var exact = count <= MostExact;
        var best = exact ? Exhaustive(affinity, count, most) : Climbed(affinity, count, most);
        return [.. best.Select((of, k) => new Grouping(
            [.. Enumerable.Range(0, k + 1).Select(g => (IReadOnlyList<string>)[.. Enumerable.Range(0, count).Where(t => of[t] == g).Select(t => tasks[t])])],
            Score(affinity, of), exact))];
    }

    /// <summary>How many models to take: the fewest whose score is within the tolerance of the best one.</summary>
    /// <param name="groupings">By number of models, from 1.</param>
    /// <param name="tolerance">What may be chance.</param>
    public static int Advise(IReadOnlyList<Grouping> groupings, double tolerance)
    {
        var reach = groupings.Max(g => g.Score) - Math.Max(0, tolerance);
        for (var k = 0; k < groupings.Count; k++)
            if (groupings[k].Score >= reach)
                return k + 1;
        return 1;
    }

    internal static double Score(double[,] affinity, int[] of)
    {
        var score = 0.0;
        for (var j = 0; j < of.Length; j++)
        {
            var (sum, others) = (0.0, 0);
            for (var i = 0; i < of.Length; i++)
            {
                if (i == j || of[i] != of[j]) continue;
                sum += double.IsNaN(affinity[i, j]) ? 0 : affinity[i, j];
                others++;
            }

            if (others > 0) score += sum / others;
        }

        return score;
    }

    // a division as the group of each task, groups numbered in the order of their first tasks; of equal scores the first one stays
    private static int[][] Exhaustive(double[,] affinity, int count, int most)
    {
        var best = new int[most][];
        var scores = new double[most];
        var of = new int[count];
        Divide(0, 0);
        return best;

        void Divide(int task, int groups)
        {
            if (task == count)
            {
                var score = Score(affinity, of);
                if (best[groups - 1] is not null && score <= scores[groups - 1] + 1e-12) return;
                best[groups - 1] = [.. of];
                scores[groups - 1] = score;
                return;
            }

            for (var g = 0; g <= Math.Min(groups, most - 1); g++)
            {
                of[task] = g;
                Divide(task + 1, Math.Max(groups, g + 1));
            }
        }
    }

    // from one group on: take out the task whose leaving helps most, then move single tasks while that helps
    private static int[][] Climbed(double[,] affinity, int count, int most)
    {
        var best = new List<int[]> { new int[count] };
        for (var groups = 2; groups <= most; groups++)
        {
            var of = Enumerable.Range(0, count).Select(t => Moved(best[^1], t, groups - 1)).Where(o => Groups(o) == groups).MaxBy(o => Score(affinity, o))!;
            for (var better = true; better;)
            {
                var next = Enumerable.Range(0, count).SelectMany(t => Enumerable.Range(0, groups).Select(g => Moved(of, t, g))).Where(o => Groups(o) == groups).MaxBy(o => Score(affinity, o))!;
                better = Score(affinity, next) > Score(affinity, of) + 1e-12;
                if (better) of = next;
            }

            best.Add(Renumbered(of));
        }

        return [.. best];
    }

    private static int Groups(int[] of) => of.Distinct().Count();

    private static int[] Moved(int[] of, int task, int to)
    {
        int[] moved = [.. of];
        moved[task] = to;
        return moved;
    }

    private static int[] Renumbered(int[] of)
    {
        int[] order = [.. of.Distinct()];
        return [.. of.Select(g => Array.IndexOf(order, g))];
    }
}
