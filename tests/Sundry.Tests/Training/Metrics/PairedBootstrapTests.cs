using Sundry.Data;
using Sundry.Training;
using static Sundry.Tests.Training.GoldenRows;

namespace Sundry.Tests.Training;

public class PairedBootstrapTests
{
    private readonly float[] _labels;
    private readonly float[] _good;
    private readonly float[] _better;

    public PairedBootstrapTests()
    {
        var random = new Random(1);
        _labels = new float[4000];
        _good = new float[4000];
        _better = new float[4000];
        for (int i = 0; i < _labels.Length; i++)
        {
            double signal = random.NextDouble(), noise = random.NextDouble();
            _labels[i] = random.NextDouble() < signal ? 1 : 0;
            _good[i] = (float)(.5 * signal + .5 * noise);
            _better[i] = (float)(.6 * signal + .4 * noise);
        }
    }

    [Fact]
    public void Sees_a_small_difference_that_the_intervals_of_each_model_overlap_on()
    {
        var task = Task(TaskType.Binary);
        var difference = PairedBootstrap.Compare(task, "auc", _better, _good, _labels);
        Assert.Equal(Verdict.Gains, difference.Verdict);
        Assert.InRange(difference.Difference, difference.Low, difference.High);
        Assert.True(difference.Low > 0);
        Assert.Equal(Auc.Of(_better, _labels), difference.Model, 1e-12);

        var alone = TaskMetrics.Compute(task, _better, _labels, default)[0];
        Assert.True(difference.High - difference.Low < .8 * (alone.High - alone.Low));
    }

    [Fact]
    public void Turns_over_with_its_sides_and_with_the_metric()
    {
        var task = Task(TaskType.Binary);
        Assert.Equal(Verdict.Loses, PairedBootstrap.Compare(task, "auc", _good, _better, _labels).Verdict);
        float[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 7f)];
        float[] near = [.. labels.Select((y, i) => y + (i % 3 - 1) * .1f)], far = [.. labels.Select((y, i) => y + (i % 3 - 1) * .3f)];
        var lower = PairedBootstrap.Compare(Task(TaskType.Regression), "rmse", near, far, labels);
        Assert.Equal(Verdict.Gains, lower.Verdict);
        Assert.True(lower.High < 0);
    }

    [Fact]
    public void A_model_is_the_same_as_itself()
    {
        var same = PairedBootstrap.Compare(Task(TaskType.Binary), "auc", _good, _good, _labels);
        Assert.Equal(new MetricDifference("auc", same.Model, same.Model, 0, 0, 0, Verdict.Same), same);
    }

    [Fact]
    public void Is_deterministic()
    {
        var first = PairedBootstrap.Compare(Task(TaskType.Binary), "logloss", [_good, _better], [_good], _labels, default, 100, 3);
        var again = PairedBootstrap.Compare(Task(TaskType.Binary), "logloss", [_good, _better], [_good], _labels, default, 100, 3);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Seeds_that_disagree_widen_the_interval()
    {
        float[] Noisy(int seed, double share)
        {
            var random = new Random(seed);
            return [.. _good.Select(p => (float)((1 - share) * p + share * random.NextDouble()))];
        }

        var task = Task(TaskType.Binary);
        var agree = PairedBootstrap.Compare(task, "auc", [_good, _good, _good], [_good, _good, _good], _labels);
        var disagree = PairedBootstrap.Compare(task, "auc", [_good, Noisy(1, .1), Noisy(2, .6)], [_good, _good, _good], _labels);
        Assert.Equal(0, agree.High - agree.Low, 1e-12);
        Assert.Equal(Verdict.Same, disagree.Verdict);
        Assert.True(disagree.Difference < 0 && disagree.Low < disagree.Difference && disagree.High > 0);
    }

    [Fact]
    public void Is_undefined_where_a_side_is()
    {
        var undefined = PairedBootstrap.Compare(Task(TaskType.Binary), "auc", [.1f, .2f], [.2f, .1f], [1, 1]);
        Assert.Equal(double.NaN, undefined.Difference);
        Assert.Equal(Verdict.Same, undefined.Verdict);
        Assert.Equal(double.NaN, PairedBootstrap.Compare(Task(TaskType.Binary), "auc", [.1f, float.NaN], [.2f, .1f], [1, 0]).Difference);
    }

    [Fact]
    public void Refuses_a_metric_of_another_type()
    {
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare(Task(TaskType.Binary), "rmse", _good, _better, _labels));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare(Task(TaskType.Binary), "auc", [], [_better], _labels));
    }
}
