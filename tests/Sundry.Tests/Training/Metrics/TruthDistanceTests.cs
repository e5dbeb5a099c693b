using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public class TruthDistanceTests
{
    [Fact]
    public void Measures_the_distance_and_the_ceiling()
    {
        var random = new Random(4);
        float[] truth = [.. Enumerable.Range(0, 5000).Select(_ => random.NextSingle())];
        float[] labels = [.. truth.Select(p => random.NextDouble() < p ? 1f : 0)];
        float[] shifted = [.. truth.Select((p, i) => p + (i % 2 == 0 ? .1f : -.1f))];
        var distance = TruthDistance.Of(GoldenRows.Task(TaskType.Binary), shifted, truth, labels);
        Assert.Equal(.1, distance.Rmse, 1e-6);
        Assert.Equal("auc", distance.Metric);
        Assert.Equal(Auc.Of(truth, labels), distance.Ceiling, 1e-12);
        Assert.True(distance.Value < distance.Ceiling);
    }

    [Fact]
    public void A_row_without_a_label_still_has_a_truth()
    {
        var distance = TruthDistance.Of(GoldenRows.Task(TaskType.Binary), [.5f, .7f], [.4f, .4f], [0, float.NaN]);
        Assert.Equal(Math.Sqrt((.01 + .09) / 2), distance.Rmse, 1e-6);
        Assert.Equal(double.NaN, distance.Value);
    }
}
