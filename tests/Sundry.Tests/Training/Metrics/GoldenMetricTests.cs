using Sundry.Training;
using static Sundry.Tests.Training.GoldenRows;

namespace Sundry.Tests.Training;

/// <summary>Every metric beside scikit-learn's, without and with weights; how the values were made is said in <see cref="GoldenRows"/>.</summary>
public class GoldenMetricTests
{
    [Theory]
    [InlineData("auc", 0.74171256629946958, 0.74806749209452317)]
    [InlineData("pr_auc", 0.77970717326914141, 0.77964682643462768)]
    [InlineData("logloss", 0.73850596585347938, 0.73024388859088296)]
    [InlineData("accuracy", 0.67500000000000004, 0.69148174659985684)]
    [InlineData("precision", 0.74257425742574257, 0.75744680851063828)]
    [InlineData("recall", 0.65789473684210531, 0.67254408060453397)]
    [InlineData("f1", 0.69767441860465118, 0.71247498332221482)]
    public void Binary(string metric, double plain, double weighted)
    {
        Assert.Equal(plain, Value(default), 1e-12);
        Assert.Equal(weighted, Value(Weights), 1e-12);

        double Value(ReadOnlySpan<float> weights) => metric switch
        {
            "auc" => Auc.Of(Probabilities, Labels, weights),
            "pr_auc" => PrAuc.Of(Probabilities, Labels, weights),
            "logloss" => LogLoss.Of(Probabilities, Labels, weights),
            "accuracy" => Accuracy.Of(Probabilities, Labels, weights),
            "precision" => Precision.Of(Probabilities, Labels, weights),
            "recall" => Recall.Of(Probabilities, Labels, weights),
            _ => F1.Of(Probabilities, Labels, weights),
        };
    }

    [Theory]
    [InlineData("rmse", 0.53187023279109646, 0.53451743790800421)]
    [InlineData("mae", 0.43981250459328292, 0.44200966359198135)]
    [InlineData("r2", 0.87926941103601608, 0.8768148472740519)]
    [InlineData("poisson_deviance", 2.241263245891612, 2.1920041940485988)]
    public void Values_and_counts(string metric, double plain, double weighted)
    {
        Assert.Equal(plain, Value(default), 1e-12);
        Assert.Equal(weighted, Value(Weights), 1e-12);

        double Value(ReadOnlySpan<float> weights) => metric switch
        {
            "rmse" => Rmse.Of(Estimates, Values, weights),
            "mae" => Mae.Of(Estimates, Values, weights),
            "r2" => RSquared.Of(Estimates, Values, weights),
            _ => PoissonDeviance.Of(Estimates, Counts, weights),
        };
    }

    [Theory]
    [InlineData("accuracy", 0.35749999999999998, 0.34323550465282748)]
    [InlineData("f1", 0.28847896120478944, 0.27396130691493698)]
    [InlineData("logloss", 1.2427251968021547, 1.2759400897440147)]
    public void Multiclass(string metric, double plain, double weighted)
    {
        // scikit-learn divides each row by its sum, which float32 leaves a rounding away from one
        double tolerance = metric == "logloss" ? 1e-7 : 1e-12;
        Assert.Equal(plain, Value(default), tolerance);
        Assert.Equal(weighted, Value(Weights), tolerance);

        double Value(ReadOnlySpan<float> weights) => metric switch
        {
            "accuracy" => Accuracy.Of(ClassProbabilities, 3, Classes, weights),
            "f1" => MacroF1.Of(ClassProbabilities, 3, Classes, weights),
            _ => MulticlassLogLoss.Of(ClassProbabilities, 3, Classes, weights),
        };
    }

    [Fact]
    public void Roc_curve_holds_every_threshold_where_the_points_suffice()
    {
        var points = RocCurve.Of(Probabilities, Labels, default, 1000);
        var weighted = RocCurve.Of(Probabilities, Labels, Weights, 1000);
        Assert.Contains(points, p => Near(p, 0.029069767441860465, 0.15350877192982457));
        Assert.Contains(weighted, p => Near(p, 0.03233830845771144, 0.1517632241813602));

        static bool Near(CurvePoint point, double x, double y) => Math.Abs(point.X - x) < 1e-12 && Math.Abs(point.Y - y) < 1e-12;
    }
}
