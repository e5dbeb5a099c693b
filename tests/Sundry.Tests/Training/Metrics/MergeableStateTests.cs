using Sundry.Training;
using static Sundry.Tests.Training.GoldenRows;

namespace Sundry.Tests.Training;

/// <summary>The states of two parts of the rows, merged, are the state of both.</summary>
public class MergeableStateTests
{
    private const int Cut = 137;

    [Fact]
    public void Weighted_means()
    {
        var state = LogLoss.State(Probabilities.AsSpan(0, Cut), Labels.AsSpan(0, Cut), Weights.AsSpan(0, Cut));
        state.Merge(LogLoss.State(Probabilities.AsSpan(Cut), Labels.AsSpan(Cut), Weights.AsSpan(Cut)));
        Assert.Equal(LogLoss.Of(Probabilities, Labels, Weights), state.Value, 1e-13);
        Assert.Equal(double.NaN, new WeightedMean().Value);
    }

    [Fact]
    public void Confusion()
    {
        var both = BinaryCounts.Of(Probabilities.AsSpan(0, Cut), Labels.AsSpan(0, Cut)) + BinaryCounts.Of(Probabilities.AsSpan(Cut), Labels.AsSpan(Cut));
        Assert.Equal(BinaryCounts.Of(Probabilities, Labels), both);
    }

    [Fact]
    public void Classes_of_a_multiclass_task()
    {
        var state = ClassCounts.Of(ClassProbabilities.AsSpan(0, 3 * Cut), 3, Classes.AsSpan(0, Cut));
        state.Merge(ClassCounts.Of(ClassProbabilities.AsSpan(3 * Cut), 3, Classes.AsSpan(Cut)));
        Assert.Equal(MacroF1.Of(ClassProbabilities, 3, Classes), state.MacroF1, 1e-13);
        Assert.Throws<ArgumentException>(() => state.Merge(new ClassCounts(2)));
    }

    [Fact]
    public void Explained_variation_keeps_its_digits_beside_a_large_mean()
    {
        float[] values = [.. Values.Select(v => 1_000_000 + v)];
        float[] estimates = [.. values.Select((v, i) => v + (i % 2 == 0 ? .5f : -.5f))];
        var state = RSquared.State(estimates.AsSpan(0, Cut), values.AsSpan(0, Cut));
        state.Merge(RSquared.State(estimates.AsSpan(Cut), values.AsSpan(Cut)));
        state.Merge(new ExplainedVariation());
        double mean = values.Average(v => (double)v);
        Assert.Equal(1 - values.Length * .25 / values.Sum(v => (v - mean) * (v - mean)), state.Value, 1e-12);
    }
}
