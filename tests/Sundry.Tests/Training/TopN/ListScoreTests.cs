using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Measures of lists by hand.</summary>
public sealed class ListScoreTests
{
    [Fact]
    public void A_list_by_hand()
    {
        // test items 1, 4, 9; the list of 4 has them at ranks 2 and 4
        var values = Of([7, 4, 3, 1], [1, 4, 9], 4);
        Assert.Equal(2.0 / 3, values[(int)TopNMetric.Recall], 12);
        Assert.Equal(2.0 / 4, values[(int)TopNMetric.Precision], 12);
        Assert.Equal(1.0 / 2, values[(int)TopNMetric.Mrr], 12);
        Assert.Equal((1.0 / 2 + 2.0 / 4) / 3, values[(int)TopNMetric.Map], 12);
        Assert.Equal(1, values[(int)TopNMetric.HitRate]);
        Assert.Equal((1 / Math.Log2(3) + 1 / Math.Log2(5)) / (1 + 1 / Math.Log2(3) + 1 / Math.Log2(4)), values[(int)TopNMetric.Ndcg], 12);
    }

    [Fact]
    public void The_best_list_has_all() => Assert.Equal([2.0 / 3, 1, 1, 1, 1, 1], Of([4, 1], [1, 4, 9], 2));

    [Fact]
    public void An_empty_list_has_nothing() => Assert.All(Of([], [3], 10), v => Assert.Equal(0, v));

    [Fact]
    public void Ties_go_to_the_lower_number_and_what_is_struck_out_never_enters()
    {
        var top = new TopList(3);
        top.Find([1, 5, float.NegativeInfinity, 5, float.NaN, 1, 7]);
        Assert.Equal([6, 1, 3], top.Items);
        top.Find([1, 1, 1, 1]);
        Assert.Equal([0, 1, 2], top.Items);
        top.Find([float.NegativeInfinity, 2]);
        Assert.Equal([1], top.Items);
    }

    [Fact]
    public void The_greatest_of_many_are_those_of_a_sort()
    {
        var random = new Random(1);
        var row = Enumerable.Range(0, 5000).Select(_ => (float)random.Next(700)).ToArray();
        var top = new TopList(50);
        top.Find(row);
        Assert.Equal(Enumerable.Range(0, row.Length).OrderByDescending(i => row[i]).ThenBy(i => i).Take(50), top.Items.ToArray());
    }

    private static double[] Of(int[] list, int[] relevant, int length)
    {
        var values = new double[ListScore.Count];
        ListScore.Of(list, relevant, length, values);
        return values;
    }
}
