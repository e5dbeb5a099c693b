using Sundry.Training;

namespace Sundry.Tests.Training;

public class CurveTests
{
    [Fact]
    public void Roc_has_exact_ends_rises_and_stays_small()
    {
        var (scores, labels, weights) = GoldenRows.Random(20_000, 1);
        var points = RocCurve.Of(scores, labels, weights);
        Assert.Equal(new CurvePoint(0, 0), points[0]);
        Assert.Equal(new CurvePoint(1, 1), points[^1]);
        Assert.InRange(points.Count, 100, 200);
        for (int i = 1; i < points.Count; i++) Assert.True(points[i].X >= points[i - 1].X && points[i].Y >= points[i - 1].Y);

        double area = 0;
        for (int i = 1; i < points.Count; i++) area += (points[i].X - points[i - 1].X) * (points[i].Y + points[i - 1].Y) / 2;
        Assert.Equal(Auc.Of(scores, labels, weights), area, .002);
    }

    [Fact]
    public void Roc_of_a_perfect_order_passes_the_corner()
    {
        Assert.Equal([new(0, 0), new(0, .5), new(0, 1), new(.5, 1), new(1, 1)], RocCurve.Of([.1f, .2f, .8f, .9f], [0, 0, 1, 1]));
    }

    [Fact]
    public void Roc_of_equal_scores_is_the_diagonal()
    {
        Assert.Equal([new(0, 0), new(1, 1)], RocCurve.Of([.5f, .5f, .5f], [0, 1, 1]));
    }

    [Fact]
    public void Precision_recall_ends_at_full_recall_and_stays_small()
    {
        var (scores, labels, weights) = GoldenRows.Random(20_000, 2, share: .01);
        var points = PrecisionRecallCurve.Of(scores, labels, weights);
        Assert.InRange(points.Count, 20, 200);
        Assert.Equal(1, points[^1].X);
        for (int i = 1; i < points.Count; i++) Assert.True(points[i].X > points[i - 1].X);
        Assert.All(points, p => Assert.InRange(p.Y, 0, 1));
    }

    [Fact]
    public void Precision_recall_by_hand()
    {
        Assert.Equal([new(.5, 1), new(1, 2.0 / 3)], PrecisionRecallCurve.Of([.9f, .8f, .7f, .1f], [1, 0, 1, 0]));
    }

    [Fact]
    public void Undefined_curves_are_empty()
    {
        Assert.Empty(RocCurve.Of([.1f, .2f], [1, 1]));
        Assert.Empty(RocCurve.Of([float.NaN, .2f], [1, 0]));
        Assert.Empty(PrecisionRecallCurve.Of([.1f, .2f], [0, 0]));
        Assert.Empty(PrecisionRecallCurve.Of([], []));
    }

    [Fact]
    public void Reliability_interval_is_Wilsons()
    {
        // statsmodels proportion_confint(2, 10, method="wilson") = .056682, .509838
        var bin = Assert.Single(ReliabilityDiagram.Of([.2f, .2f, .2f, .2f, .2f, .2f, .2f, .2f, .2f, .2f], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal(.2, bin.Observed, 1e-12);
        Assert.Equal(.056682, bin.Low, 1e-6);
        Assert.Equal(.509838, bin.High, 1e-6);
    }

    [Fact]
    public void All_of_them_know_the_share_of_positives()
    {
        var curves = Curves.Of([.1f, .2f, .3f, .4f], [0, 1, float.NaN, 0]);
        Assert.Equal(1.0 / 3, curves.Positives, 1e-12);
        Assert.NotEmpty(curves.Roc);
        Assert.NotEmpty(curves.PrecisionRecall);
        Assert.Equal(3, curves.Reliability.Sum(bin => bin.Rows));
    }
}
