using Sundry.Data;
using Sundry.Models;
using Sundry.Tests.House;

namespace Sundry.Tests.Models.Ranking;

public sealed class ValueFormulaTests
{
    // three items, two terms: by hand below
    private static readonly float[] s_outputs = [.2f, .1f, .4f, /* second term */ 3, 1, 1];

    [Fact]
    public void A_weighted_sum_is_a_sum() => Near([.2 * 2 + 3 * .5, .1 * 2 + .5, .4 * 2 + .5], Values(new(ValueMethod.WeightedSum, [2, .5])));

    [Fact]
    public void A_power_product_is_a_product() =>
        Near([Math.Pow(.21, 2) * Math.Sqrt(3.01), Math.Pow(.11, 2) * Math.Sqrt(1.01), Math.Pow(.41, 2) * Math.Sqrt(1.01)], Values(new(ValueMethod.PowerProduct, [2, .5], epsilon: .01)));

    [Fact]
    public void A_negative_output_counts_as_none_in_a_product() =>
        Near([.5, 1.5], Values(new(ValueMethod.PowerProduct, [1], epsilon: .5), [-7, 1], 2));

    // first term: shares beaten ½, 0, 1; second: 1, ¼ and ¼, since those two tie with each other
    [Fact]
    public void A_rank_average_is_the_share_that_is_beaten() =>
        Near([(1 * .5 + 3 * 1) / 4, (0 + 3 * .25) / 4, (1 + 3 * .25) / 4], Values(new(ValueMethod.RankAverage, [1, 3])));

    [Fact]
    public void A_lone_item_beats_all_there_are() => Near([1], Values(new(ValueMethod.RankAverage, [1]), [.3f], 1));

    [Fact]
    public void A_vote_counts_the_tasks_in_whose_top_an_item_stands()
    {
        var values = Values(new(ValueMethod.Vote, [1, 1], top: 1));
        // the third leads the first task, the first the second; the first has the better mean rank
        Near([.5, 0, .5], values, 1e-5);
        Assert.True(values[0] > values[2], "the tie is broken by the rank average");
        // with two places the two that tie for the second both stand in them
        Near([1, .5, 1], Values(new(ValueMethod.Vote, [1, 1], top: 2)), 1e-5);
    }

    [Theory]
    [InlineData(ValueMethod.RankAverage)]
    [InlineData(ValueMethod.Vote)]
    public void Ranks_do_not_see_an_increasing_function_of_the_outputs(ValueMethod method)
    {
        var random = new Random(3);
        float[] outputs = [.. Enumerable.Range(0, 60).Select(_ => MathF.Round(random.NextSingle(), 1))];
        float[] bent = [.. outputs.Select(y => MathF.Exp(3 * y) - 20)];
        var formula = new ValueFormula(method, [.3, .6, .1], top: 4);
        Assert.Equal(Values(formula, outputs, 20), Values(formula, bent, 20));
    }

    [Fact]
    public void The_scale_of_the_weights_does_not_change_the_order()
    {
        var random = new Random(4);
        float[] outputs = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        foreach (var method in Enum.GetValues<ValueMethod>())
        {
            var values = Values(new(method, [.3, .6, .1]), outputs, 20);
            var scaled = Values(new(method, [3, 6, 1]), outputs, 20);
            Assert.Equal(Order(values), Order(scaled));
        }
    }

    [Fact]
    public void A_list_is_valued_by_itself_wherever_it_stands()
    {
        var formula = new ValueFormula(ValueMethod.RankAverage, [1, 1]);
        // items 1 and 2 of five, terms five apart
        var values = new double[2];
        formula.Evaluate([9, .1f, .2f, 9, 9, 9, 5, 6, 9, 9], 5, 1, values, new float[2], new int[2]);
        Near([0, 1], values);
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        foreach (var method in Enum.GetValues<ValueMethod>())
        {
            var formula = new ValueFormula(method, [1, 2]);
            var (values, keys, order) = (new double[3], new float[3], new int[3]);
            formula.Evaluate(s_outputs, 3, 0, values, keys, order);
            Assert.Equal(0, AllocationBudget.BytesOnThisThread(() =>
            {
                for (var i = 0; i < 100; i++) formula.Evaluate(s_outputs, 3, 0, values, keys, order);
            }));
        }
    }

    [Fact]
    public void Weights_that_rank_nothing_are_refused()
    {
        Assert.Contains("below 0", Assert.Throws<InputException>(() => new ValueFormula(ValueMethod.Vote, [1, -1])).Message, StringComparison.Ordinal);
        Assert.Contains("below 0", Assert.Throws<InputException>(() => new ValueFormula(ValueMethod.Vote, [double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains("every weight is 0", Assert.Throws<InputException>(() => new ValueFormula(ValueMethod.Vote, [0, 0])).Message, StringComparison.Ordinal);
    }

    private static double[] Values(ValueFormula formula) => Values(formula, s_outputs, 3);

    private static double[] Values(ValueFormula formula, float[] outputs, int items)
    {
        var values = new double[items];
        formula.Evaluate(outputs, items, 0, values, new float[items], new int[items]);
        return values;
    }

    private static int[] Order(double[] values) => [.. Enumerable.Range(0, values.Length).OrderByDescending(i => Math.Round(values[i], 12))];

    private static void Near(double[] expected, double[] actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }
}
