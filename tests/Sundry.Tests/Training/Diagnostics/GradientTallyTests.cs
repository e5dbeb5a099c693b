using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class GradientTallyTests
{
    [Fact]
    public void Norms_cosines_and_conflicts_are_means_over_the_steps_that_had_them()
    {
        var tally = new GradientTally(["a", "b", "c"], ["layer"]);
        Assert.Null(tally.Record());
        tally.Add(new double[,] { { 4, 3, 0 }, { 3, 9, 0 }, { 0, 0, 0 } });
        tally.Add(0, new double[,] { { 1, 1, 0 }, { 1, 1, 0 }, { 0, 0, 0 } });
        tally.Add(new double[,] { { 16, -4, 2 }, { -4, 4, -1 }, { 2, -1, 1 } });
        var record = tally.Record()!;
        Assert.Equal(2, record.Steps);
        Assert.Equal([3, 2.5, 1], record.Norms.Values);
        Assert.Equal(new PairRecord("a", "b", 2, 0, 0.5, record.Pairs[0].Layers), record.Pairs[0]);
        Assert.Equal(1, record.Pairs[0].Layers["layer"]);
        // c had no row in the first step
        Assert.Equal(("a", "c", 1, 0.5, 0.0), (record.Pairs[1].First, record.Pairs[1].Second, record.Pairs[1].Steps, record.Pairs[1].Cosine, record.Pairs[1].Conflicts));
        Assert.Equal((1, -0.5, 1.0), (record.Pairs[2].Steps, record.Pairs[2].Cosine, record.Pairs[2].Conflicts));
        Assert.Empty(record.Pairs[2].Layers);
        tally.Clear();
        Assert.Null(tally.Record());
    }

    [Fact]
    public void A_pair_that_never_met_is_undefined()
    {
        var tally = new GradientTally(["a", "b"], []);
        tally.Add(new double[,] { { 1, 0 }, { 0, 0 } });
        var pair = tally.Record()!.Pairs[0];
        Assert.Equal(0, pair.Steps);
        Assert.True(double.IsNaN(pair.Cosine) && double.IsNaN(pair.Conflicts));
    }

    [Fact]
    public void Epochs_count_by_their_steps()
    {
        var all = GradientRecord.Over([Epoch(1, 0.5, 0.25, 4), Epoch(3, double.NaN, double.NaN, 0), Epoch(1, -0.5, 1, 12)])!;
        Assert.Equal((5, 16, -0.25, 0.8125), (all.Steps, all.Pairs[0].Steps, all.Pairs[0].Cosine, all.Pairs[0].Conflicts));
        Assert.Equal(-0.25, all.Pairs[0].Layers["bottom/0"]);
        Assert.Equal(all.Pairs[0], all.Between("b", "a"));
        Assert.Null(all.Between("a", "a"));
        Assert.Null(GradientRecord.Over([new EpochRecord(1, new Dictionary<string, double>(), new Dictionary<string, IReadOnlyDictionary<string, double>>(), 0, 0)]));
    }

    private static EpochRecord Epoch(int steps, double cosine, double conflicts, int met) => new(
        1, new Dictionary<string, double>(), new Dictionary<string, IReadOnlyDictionary<string, double>>(), 0, 0,
        Gradients: new GradientRecord(steps, new Dictionary<string, double> { ["a"] = 1, ["b"] = 2 },
            [new("a", "b", met, cosine, conflicts, met == 0 ? new Dictionary<string, double>() : new Dictionary<string, double> { ["bottom/0"] = cosine })]));
}
