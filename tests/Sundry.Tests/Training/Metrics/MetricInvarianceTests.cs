using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>What must not change a metric, over all of them: the cast of functions is below, the rules are the tests.</summary>
public class MetricInvarianceTests
{
    public static TheoryData<string> All =>
    [
        "auc", "pr_auc", "logloss", "normalized_entropy", "calibration", "ece", "accuracy", "precision", "recall", "f1",
        "rmse", "mae", "r2", "poisson_deviance",
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Order_of_the_rows(string metric)
    {
        var (scores, labels, weights) = GoldenRows.Random(300, 7, .01);
        double value = Value(metric, scores, labels, weights);
        var order = Enumerable.Range(0, scores.Length).ToArray();
        new Random(8).Shuffle(order);
        Assert.Equal(value, Value(metric, Take(scores, order), Take(labels, order), Take(weights, order)), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_weight_is_that_many_copies_of_the_row(string metric)
    {
        var (scores, labels, weights) = GoldenRows.Random(300, 9, .01);
        int[] copies = [.. Enumerable.Range(0, scores.Length).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        Assert.Equal(Value(metric, Take(scores, copies), Take(labels, copies), null), Value(metric, scores, labels, weights), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_scale_of_the_weights(string metric)
    {
        var (scores, labels, weights) = GoldenRows.Random(300, 10, .01);
        float[] tripled = [.. weights.Select(w => 3 * w)];
        Assert.Equal(Value(metric, scores, labels, weights), Value(metric, scores, labels, tripled), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Rows_outside_the_sample_space(string metric)
    {
        var (scores, labels, weights) = GoldenRows.Random(300, 11, .01);
        float[] masked = [.. labels.Select((y, i) => i % 3 == 0 ? float.NaN : y)];
        int[] kept = [.. Enumerable.Range(0, scores.Length).Where(i => i % 3 != 0)];
        Assert.Equal(Value(metric, Take(scores, kept), Take(labels, kept), Take(weights, kept)), Value(metric, scores, masked, weights));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Without_rows_it_is_undefined_and_never_zero(string metric)
    {
        Assert.Equal(double.NaN, Value(metric, [], [], null));
        Assert.Equal(double.NaN, Value(metric, [.5f], [float.NaN], null));
        Assert.Equal(double.NaN, Value(metric, [.5f, .5f], [1, 0], [0, 0]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_NaN_prediction_undoes_it(string metric)
    {
        var (scores, labels, _) = GoldenRows.Random(30, 12);
        scores[4] = float.NaN;
        Assert.Equal(double.NaN, Value(metric, scores, labels, null));
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("logloss")]
    [InlineData("normalized_entropy")]
    [InlineData("accuracy")]
    public void Swapping_the_classes(string metric)
    {
        var (scores, labels, weights) = GoldenRows.Random(300, 13);
        float[] other = [.. scores.Select(p => 1 - p)];
        float[] flipped = [.. labels.Select(y => 1 - y)];
        Assert.Equal(Value(metric, scores, labels, weights), Value(metric, other, flipped, weights), 1e-7);
    }

    internal static double Value(string metric, float[] p, float[] y, float[]? w) => metric switch
    {
        "auc" => Auc.Of(p, y, w),
        "pr_auc" => PrAuc.Of(p, y, w),
        "logloss" => LogLoss.Of(p, y, w),
        "normalized_entropy" => NormalizedEntropy.Of(p, y, w),
        "calibration" => Calibration.Of(p, y, w),
        "ece" => ExpectedCalibrationError.Of(p, y, w),
        "accuracy" => Accuracy.Of(p, y, w),
        "precision" => Precision.Of(p, y, w),
        "recall" => Recall.Of(p, y, w),
        "f1" => F1.Of(p, y, w),
        "rmse" => Rmse.Of(p, y, w),
        "mae" => Mae.Of(p, y, w),
        "r2" => RSquared.Of(p, y, w),
        "poisson_deviance" => PoissonDeviance.Of(p, y, w),
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    private static float[] Take(float[] values, int[] rows) => [.. rows.Select(i => values[i])];
}
